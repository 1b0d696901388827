"""Files of shapes: unit grids, and the coordinate system that was stated."""

from django.db import migrations, models

KINDS = [
    ("organisations", "机构"),
    ("posts", "岗位"),
    ("people", "人员"),
    ("officers", "机构责任人"),
    ("duties", "责任清单"),
    ("area_levels", "区域等级"),
    ("holidays", "节假日"),
    ("standard_rows", "立案结案规范"),
    ("grids", "单元网格"),
]


class Migration(migrations.Migration):

    dependencies = [
        ("imports", "0003_standard_rows"),
    ]

    operations = [
        migrations.AddField("importrun", "system", models.CharField(blank=True, db_default="", max_length=120)),
        *(
            migrations.AlterField(
                model_name=name, name="kind", field=models.CharField(choices=KINDS, max_length=20)
            )
            for name in ("importrun", "kepthead")
        ),
    ]

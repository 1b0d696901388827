"""Files of shapes: the coordinate system that was stated."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("imports", "0003_standard_rows"),
    ]

    operations = [
        migrations.AddField("importrun", "system", models.CharField(blank=True, db_default="", max_length=120)),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desks", "0002_under_the_journal")]

    operations = [
        migrations.CreateModel(
            name="CaseReading",
            fields=[
                ("user_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("role", models.TextField()),
                ("case_id", models.UUIDField(db_index=True)),
                ("read_at", models.DateTimeField()),
            ],
            options={"db_table": "desks_case_reading"},
        ),
    ]

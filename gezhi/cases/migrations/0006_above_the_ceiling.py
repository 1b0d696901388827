"""An application says itself whether it stood above its ceiling; those asked before say no."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_case_indexes")]

    operations = [
        migrations.AddField("caseapplication", "above", models.BooleanField(db_default=False)),
    ]

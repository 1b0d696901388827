"""An application has the code of its reason, the number of its signed form, and how long it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0019_one_running_sequence")]

    operations = [
        migrations.AddField("caseapplication", "minutes", models.IntegerField(null=True)),
        migrations.AddField("caseapplication", "minutes_before", models.IntegerField(db_default=0)),
        migrations.AddField("caseapplication", "reason_code", models.TextField(db_default="")),
        migrations.AddField("caseapplication", "form_no", models.TextField(db_default="")),
    ]

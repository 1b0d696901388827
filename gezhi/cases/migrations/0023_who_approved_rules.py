"""A version of a rule names who changed it and who approved."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0022_corrected_contacts")]

    operations = [
        migrations.AddField("approvalrowversion", "approved_by", models.BigIntegerField(null=True)),
        migrations.AddField("localpolicyversion", "changed_by", models.BigIntegerField(db_default=0)),
        migrations.AddField("localpolicyversion", "approved_by", models.BigIntegerField(null=True)),
        migrations.AddField("localpolicyversion", "reason", models.TextField(db_default="")),
    ]

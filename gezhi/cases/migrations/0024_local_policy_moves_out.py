"""The local policy is kept by the capability `policy` from now on; its table stays as it is."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0023_who_approved_rules")]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel("LocalPolicyVersion")]),
    ]

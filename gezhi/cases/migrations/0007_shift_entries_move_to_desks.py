"""The hand-overs of shifts are kept by the capability `desks` from now on; their table is renamed there."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_above_the_ceiling")]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel("ShiftEntry")]),
    ]

"""Case numbers come from one sequence one by one, and go on after the blocks of a hundred that were taken. Nothing runs
while tables are brought up to date, so nobody asks for the old name.
"""

from django.db import migrations

UP = """
SELECT setval('cases_serial_block', CASE WHEN is_called THEN last_value * 100 + 1 ELSE 1 END, false)
FROM cases_serial_block;
-- squawk-ignore renaming-object
ALTER SEQUENCE cases_serial_block RENAME TO cases_serial;
"""
DOWN = """
ALTER SEQUENCE cases_serial RENAME TO cases_serial_block;
SELECT setval('cases_serial_block', last_value / 100 + 2, false) FROM cases_serial_block;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0018_sought_reports")]

    operations = [migrations.RunSQL(UP, DOWN)]

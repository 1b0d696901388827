"""What each unit was given and when, in rows of its own; filled for the cases that stand."""

from django.db import migrations, models

# As the state was written when this migration was.
FILL = """
INSERT INTO cases_dispatch (case_id, no, area_code, unit_id, dispatched_at)
SELECT c.id, (part->>'no')::smallint, c.area_code, (part->>'unit')::bigint, to_timestamp((part->>'dispatched')::bigint)
FROM cases_case c CROSS JOIN jsonb_array_elements(c.state->'assignments') part
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0015_refused_pictures")]

    operations = [
        migrations.CreateModel(
            name="CaseDispatch",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "case_id", "no", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("case_id", models.UUIDField()),
                ("no", models.SmallIntegerField()),
                ("area_code", models.TextField()),
                ("unit_id", models.BigIntegerField()),
                ("dispatched_at", models.DateTimeField()),
            ],
            options={"db_table": "cases_dispatch"},
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddIndex(
            "casedispatch",
            models.Index(fields=["unit_id", "dispatched_at"], include=["case_id"], name="cases_dispatch_unit"),
        ),
        migrations.AddIndex(
            "casedispatch",
            models.Index(
                fields=["dispatched_at"], include=["unit_id", "area_code", "case_id"], name="cases_dispatch_month"
            ),
        ),
    ]

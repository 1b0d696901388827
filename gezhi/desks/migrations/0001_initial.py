"""Takes over the table of hand-overs, which the migrations of cases have made, under a name of its own."""

from django.db import migrations, models


RENAME = """
-- squawk-ignore-file renaming-table, renaming-object
ALTER TABLE cases_shift_entry RENAME TO desks_shift_entry;
ALTER INDEX cases_shift_newest RENAME TO desks_shift_newest;
ALTER INDEX cases_shift_once RENAME TO desks_shift_once;
ALTER TRIGGER cases_shift_append_only ON desks_shift_entry RENAME TO desks_shift_append_only;
"""
BACK = """
ALTER TRIGGER desks_shift_append_only ON desks_shift_entry RENAME TO cases_shift_append_only;
ALTER INDEX desks_shift_once RENAME TO cases_shift_once;
ALTER INDEX desks_shift_newest RENAME TO cases_shift_newest;
ALTER TABLE desks_shift_entry RENAME TO cases_shift_entry;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("cases", "0007_shift_entries_move_to_desks")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="ShiftEntry",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "handover_id", "seq", blank=True, editable=False, primary_key=True, serialize=False
                            ),
                        ),
                        ("handover_id", models.UUIDField()),
                        ("seq", models.SmallIntegerField()),
                        ("kind", models.TextField()),
                        ("command_id", models.UUIDField(unique=True)),
                        ("organisation_id", models.BigIntegerField()),
                        ("role", models.TextField()),
                        ("starts_at", models.DateTimeField()),
                        ("ends_at", models.DateTimeField()),
                        ("user_id", models.BigIntegerField()),
                        ("post_id", models.BigIntegerField()),
                        ("recorded_at", models.DateTimeField()),
                        ("text", models.TextField(blank=True)),
                        ("sheet", models.JSONField(null=True)),
                    ],
                    options={
                        "db_table": "desks_shift_entry",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("seq", 1)),
                                fields=["-starts_at", "-handover_id"],
                                name="desks_shift_newest",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("seq", 1)),
                                fields=("organisation_id", "role", "starts_at"),
                                name="desks_shift_once",
                            )
                        ],
                    },
                ),
            ],
            database_operations=[migrations.RunSQL(RENAME, BACK)],
        ),
    ]

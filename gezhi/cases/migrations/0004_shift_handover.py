"""Hand-overs of the desks; what was signed refuses every change."""

from django.db import migrations, models

APPEND_ONLY = """
CREATE TRIGGER cases_shift_append_only BEFORE UPDATE OR DELETE ON cases_shift_entry
    FOR EACH ROW EXECUTE FUNCTION cases_refuse_change();
"""
UNDO = "DROP TRIGGER cases_shift_append_only ON cases_shift_entry;"


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_applications")]

    operations = [
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
                "db_table": "cases_shift_entry",
                "indexes": [
                    models.Index(
                        condition=models.Q(("seq", 1)),
                        fields=["-starts_at", "-handover_id"],
                        name="cases_shift_newest",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("seq", 1)),
                        fields=("organisation_id", "role", "starts_at"),
                        name="cases_shift_once",
                    )
                ],
            },
        ),
        migrations.RunSQL(APPEND_ONLY, UNDO),
    ]

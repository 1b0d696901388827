"""A text is sent when the gateway has taken it; what failed says how, and some are told by telephone."""

from django.db import migrations, models
from django.db.models import Q

from gezhi.notices.rules.sending import STATE_NAMES, State

FAILED = """
UPDATE notices_message SET state = CASE WHEN error ~ '^HTTP (400|413|422)' THEN 'refused' ELSE 'given_up' END
WHERE state = 'failed'
"""
BACK = """
UPDATE notices_message SET state = CASE state WHEN 'called' THEN 'sent' ELSE 'failed' END
WHERE state NOT IN ('waiting', 'sent')
"""
DROP = """-- squawk-ignore ban-drop-constraint
ALTER TABLE notices_message DROP CONSTRAINT notices_message_word;
"""


def words(*states: str) -> str:
    """The next migration looks at the rows that stand."""
    listed = ", ".join(f"'{state}'" for state in states)
    return f"""
    ALTER TABLE notices_message ADD CONSTRAINT notices_message_word CHECK ("state" IN ({listed})) NOT VALID;
    """


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_texts_as_shown")]

    operations = [
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL([DROP], [words("waiting", "sent", "failed")])],
            [migrations.RemoveConstraint("message", "notices_message_word")],
        ),
        migrations.RunSQL(FAILED, BACK),
        migrations.AddField("message", "reference", models.TextField(blank=True, db_default="")),
        migrations.AlterField(
            "message", "state", models.TextField(choices=[(state.value, STATE_NAMES[state][0]) for state in State])
        ),
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL([words(*(state.value for state in State))], [DROP])],
            [
                migrations.AddConstraint(
                    "message",
                    models.CheckConstraint(
                        condition=Q(state__in=[state.value for state in State]), name="notices_message_word"
                    ),
                )
            ],
        ),
    ]

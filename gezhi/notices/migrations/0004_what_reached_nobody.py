"""The list of what is to be told by telephone has its index; built while people work."""

from django.contrib.postgres.operations import AddIndexConcurrently, ValidateConstraint
from django.db import migrations, models
from django.db.models import Q

UNSAID = Q(state__in=["refused", "given_up", "to_call"])


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("notices", "0003_sent_refused_called")]

    operations = [
        ValidateConstraint("message", "notices_message_word"),
        AddIndexConcurrently(
            "message",
            models.Index(fields=["-created_at", "-id"], name="notices_message_unsaid", condition=UNSAID),
        ),
    ]

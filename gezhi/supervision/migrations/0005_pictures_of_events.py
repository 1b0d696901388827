"""By which event a picture is used: asked before it is shown to anybody; built while people work."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("supervision", "0004_under_the_journal")]

    operations = [
        AddIndexConcurrently("event", GinIndex(fields=["pictures"], name="supervision_event_pictures")),
    ]

"""Which pictures are shown as a drawing; built while people work."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("plumbing", "0007_picture_looks")]

    operations = [
        AddIndexConcurrently(
            "picture", models.Index(fields=["shown_as"], name="plumbing_picture_drawn", condition=~Q(shown_as=""))
        ),
    ]

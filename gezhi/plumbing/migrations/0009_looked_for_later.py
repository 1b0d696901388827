"""A picture is looked for after its upload; until then what is to be looked for stands beside its keys."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("plumbing", "0008_drawn_pictures")]

    operations = [
        migrations.AddField("picturelook", "sought", ArrayField(models.IntegerField(), null=True)),
        AddIndexConcurrently(
            "picturelook",
            models.Index(fields=["number"], name="plumbing_picture_sought", condition=Q(sought__isnull=False)),
        ),
    ]

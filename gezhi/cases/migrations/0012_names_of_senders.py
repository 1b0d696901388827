"""Indexes by which a search sees that its words are the name of a sender; built while people work."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Left, Lower, Substr

NAMED = ~Q(name="")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0011_sender_openings")]

    operations = [
        AddIndexConcurrently("sentreport", models.Index(Lower("name"), name="cases_report_name", condition=NAMED)),
        AddIndexConcurrently(
            "sentreport", models.Index(Lower(Substr("name", 2)), name="cases_report_given", condition=NAMED)
        ),
        AddIndexConcurrently(
            "sentreport", models.Index(Lower(Left("name", 2)), name="cases_report_family", condition=NAMED)
        ),
    ]

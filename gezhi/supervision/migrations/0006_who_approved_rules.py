"""A version of a rule names who approved it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("supervision", "0005_pictures_of_events")]

    operations = [migrations.AddField("ruleversion", "approved_by", models.BigIntegerField(null=True))]

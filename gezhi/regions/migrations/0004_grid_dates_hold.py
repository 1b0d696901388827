"""The days of all grids that stand are in order."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("regions", "0003_grid_changes")]

    operations = [ValidateConstraint("unitgrid", "regions_grid_dates")]

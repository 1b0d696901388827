"""网格变更: splits and merges on record, under the journal; a grid that was withdrawn before its day."""

from datetime import timedelta

import django.contrib.postgres.fields
from django.db import migrations, models
from django.db.models import F, Q

from gezhi.plumbing.journal.triggers import under_journal

# The next migration looks at the rows that stand.
DATES = """-- squawk-ignore ban-drop-constraint
ALTER TABLE regions_unit_grid DROP CONSTRAINT regions_grid_dates;
ALTER TABLE regions_unit_grid ADD CONSTRAINT regions_grid_dates
    CHECK ("valid_to" IS NULL OR "valid_to" >= ("valid_from" - '1 day'::interval)) NOT VALID;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('regions', '0002_under_the_journal'),
    ]

    operations = [
        migrations.CreateModel(
            name='GridChange',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('split', '拆分'), ('merge', '合并')], max_length=5)),
                ('community_code', models.CharField(max_length=12)),
                ('on', models.DateField()),
                ('ended', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=15), size=None)),
                ('begun', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=15), size=None)),
                ('reason', models.CharField(max_length=200)),
                ('user_id', models.BigIntegerField()),
                ('user_name', models.TextField()),
                ('recorded_at', models.DateTimeField()),
                ('withdrawn_by', models.TextField(blank=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_why', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'verbose_name': '网格变更',
                'verbose_name_plural': '网格变更',
                'db_table': 'regions_grid_change',
            },
        ),
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL(DATES, migrations.RunSQL.noop)],
            [
                migrations.RemoveConstraint(model_name='unitgrid', name='regions_grid_dates'),
                migrations.AddConstraint(
                    model_name='unitgrid',
                    constraint=models.CheckConstraint(
                        condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F('valid_from') - timedelta(days=1)),
                        name='regions_grid_dates',
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name='gridchange',
            index=models.Index(fields=['-recorded_at', 'id'], name='regions_change_newest'),
        ),
        under_journal('regions_grid_change'),
    ]

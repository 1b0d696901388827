"""网格变更: splits and merges on record, under the journal; a grid that was withdrawn before its day."""

import datetime
import django.contrib.postgres.fields
import django.db.models.expressions
from django.db import migrations, models

from gezhi.plumbing.journal.triggers import under_journal


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
        migrations.RemoveConstraint(
            model_name='unitgrid',
            name='regions_grid_dates',
        ),
        migrations.AddConstraint(
            model_name='unitgrid',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', django.db.models.expressions.CombinedExpression(models.F('valid_from'), '-', models.Value(datetime.timedelta(days=1)))), _connector='OR'), name='regions_grid_dates'),
        ),
        migrations.AddIndex(
            model_name='gridchange',
            index=models.Index(fields=['-recorded_at', 'id'], name='regions_change_newest'),
        ),
        under_journal('regions_grid_change'),
    ]

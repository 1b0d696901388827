import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Calendar',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, unique=True)),
                ('title', models.CharField(max_length=60)),
                ('title_en', models.CharField(blank=True, max_length=100)),
                ('keeps_public_holidays', models.BooleanField(default=True)),
                ('published_through', models.DateField()),
                ('work_day_rule', models.CharField(choices=[('same_position', 'same_position'), ('end_of_business', 'end_of_business')], max_length=20)),
                ('zone_offset_s', models.IntegerField(default=28800)),
                ('day_ticks', models.IntegerField()),
            ],
            options={
                'verbose_name': '工作日历',
                'verbose_name_plural': '工作日历',
                'db_table': 'calendars_calendar',
                'constraints': [models.CheckConstraint(condition=models.Q(('day_ticks__gt', 0)), name='calendars_day_ticks'), models.CheckConstraint(condition=models.Q(('zone_offset_s__gte', -50400), ('zone_offset_s__lte', 50400)), name='calendars_zone')],
            },
        ),
        migrations.CreateModel(
            name='DayOverride',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('kind', models.CharField(choices=[('off', 'off'), ('work', 'work')], max_length=4)),
                ('windows', models.CharField(blank=True, max_length=80)),
                ('name', models.CharField(blank=True, max_length=60)),
                ('recorded_at', models.DateTimeField()),
                ('superseded_at', models.DateTimeField(blank=True, null=True)),
                ('calendar', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='overrides', to='calendars.calendar')),
            ],
            options={
                'verbose_name': '自定日期',
                'verbose_name_plural': '自定日期',
                'db_table': 'calendars_day_override',
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at__isnull', True)), fields=('calendar', 'on'), name='calendars_override_once'), models.CheckConstraint(condition=models.Q(('kind', 'work'), ('windows', ''), _connector='OR'), name='calendars_override_off')],
            },
        ),
        migrations.CreateModel(
            name='Timetable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40)),
                ('weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(blank=True, max_length=80), size=7)),
                ('season_first', models.CharField(blank=True, max_length=5)),
                ('season_last', models.CharField(blank=True, max_length=5)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('calendar', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='timetables', to='calendars.calendar')),
            ],
            options={
                'verbose_name': '作息时间表',
                'verbose_name_plural': '作息时间表',
                'db_table': 'calendars_timetable',
                'constraints': [models.UniqueConstraint(fields=('calendar', 'name', 'valid_from'), name='calendars_timetable_once'), models.CheckConstraint(condition=models.Q(('weekdays__len', 7)), name='calendars_timetable_week'), models.CheckConstraint(condition=models.Q(models.Q(('season_first', ''), ('season_last', '')), models.Q(models.Q(('season_first', ''), _negated=True), models.Q(('season_last', ''), _negated=True)), _connector='OR'), name='calendars_timetable_season'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='calendars_timetable_dates')],
            },
        ),
    ]

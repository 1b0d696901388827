"""年度节假日安排: years entered by an administrator, under the journal; own days know the year that they belong to."""

from django.db import migrations, models

from gezhi.plumbing.journal.triggers import under_journal


class Migration(migrations.Migration):

    dependencies = [
        ('calendars', '0002_under_the_journal'),
    ]

    operations = [
        migrations.AddField(
            model_name='dayoverride',
            name='year',
            field=models.SmallIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name='dayoverride',
            name='kind',
            field=models.CharField(choices=[('off', 'off'), ('work', 'work'), ('week', 'week')], max_length=4),
        ),
        migrations.CreateModel(
            name='HolidayYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.SmallIntegerField()),
                ('days', models.JSONField()),
                ('version', models.BigIntegerField()),
                ('basis', models.TextField()),
                ('reason', models.TextField(blank=True)),
                ('user_id', models.BigIntegerField()),
                ('user_name', models.TextField()),
                ('recorded_at', models.DateTimeField()),
                ('superseded_at', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': '年度节假日安排',
                'verbose_name_plural': '年度节假日安排',
                'db_table': 'calendars_holiday_year',
                'constraints': [models.UniqueConstraint(condition=models.Q(('superseded_at__isnull', True)), fields=('year',), name='calendars_holiday_year_once')],
            },
        ),
        under_journal('calendars_holiday_year'),
    ]

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ConditionCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=24)),
                ('kind', models.CharField(choices=[('defect', 'defect'), ('closing', 'closing')], max_length=8)),
                ('zh', models.CharField(max_length=60)),
                ('en', models.CharField(max_length=100)),
            ],
            options={
                'verbose_name': '立案、结案条件用语',
                'verbose_name_plural': '立案、结案条件用语',
                'db_table': 'catalog_condition_code',
                'constraints': [models.UniqueConstraint(fields=('kind', 'code'), name='catalog_condition_once')],
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('code', models.CharField(max_length=4, primary_key=True, serialize=False)),
                ('standard', models.CharField(max_length=40)),
                ('title', models.CharField(max_length=100)),
                ('title_en', models.CharField(blank=True, max_length=200)),
                ('minor_digits', models.SmallIntegerField()),
            ],
            options={
                'verbose_name': '目录版本',
                'verbose_name_plural': '目录版本',
                'db_table': 'catalog_edition',
                'constraints': [models.CheckConstraint(condition=models.Q(('minor_digits__in', (2, 3))), name='catalog_edition_digits')],
            },
        ),
        migrations.CreateModel(
            name='MajorClass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('part', 'part'), ('matter', 'matter')], max_length=8)),
                ('code', models.CharField(max_length=2)),
                ('name', models.CharField(max_length=40)),
                ('name_en', models.CharField(blank=True, max_length=100)),
                ('default_value', models.SmallIntegerField()),
                ('default_unit', models.CharField(choices=[('minute', 'minute'), ('urgent_hour', 'urgent_hour'), ('urgent_day', 'urgent_day'), ('work_hour', 'work_hour'), ('work_day', 'work_day')], max_length=12)),
                ('default_calendar', models.CharField(max_length=40)),
                ('default_closing', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), size=None)),
                ('local', models.BooleanField(default=False)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='majors', to='catalog.edition')),
            ],
            options={
                'verbose_name': '大类',
                'verbose_name_plural': '大类',
                'db_table': 'catalog_major_class',
            },
        ),
        migrations.CreateModel(
            name='MinorClass',
            fields=[
                ('key', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('code', models.CharField(max_length=5)),
                ('name', models.CharField(blank=True, max_length=60)),
                ('name_en', models.CharField(blank=True, max_length=120)),
                ('local', models.BooleanField(default=False)),
                ('confidence', models.CharField(choices=[('sourced', 'sourced'), ('known', 'known'), ('uncertain', 'uncertain')], max_length=10)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('major', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='minors', to='catalog.majorclass')),
            ],
            options={
                'verbose_name': '小类',
                'verbose_name_plural': '小类',
                'db_table': 'catalog_minor_class',
            },
        ),
        migrations.CreateModel(
            name='StandardRow',
            fields=[
                ('key', models.CharField(max_length=24, primary_key=True, serialize=False)),
                ('seq', models.SmallIntegerField()),
                ('defects', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), blank=True, default=list, size=None)),
                ('condition_zh', models.CharField(max_length=200)),
                ('condition_en', models.CharField(blank=True, max_length=300)),
                ('limit_value', models.SmallIntegerField()),
                ('limit_unit', models.CharField(choices=[('minute', 'minute'), ('urgent_hour', 'urgent_hour'), ('urgent_day', 'urgent_day'), ('work_hour', 'work_hour'), ('work_day', 'work_day')], max_length=12)),
                ('calendar', models.CharField(max_length=40)),
                ('closing', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), size=None)),
                ('season', models.CharField(blank=True, max_length=20)),
                ('local', models.BooleanField(default=False)),
                ('confidence', models.CharField(choices=[('sourced', 'sourced'), ('known', 'known'), ('uncertain', 'uncertain')], max_length=10)),
                ('derived_from', models.CharField(blank=True, max_length=24)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('minor_class', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='catalog.minorclass')),
            ],
            options={
                'verbose_name': '立案、处置和结案标准行',
                'verbose_name_plural': '立案、处置和结案标准行',
                'db_table': 'catalog_standard_row',
            },
        ),
        migrations.CreateModel(
            name='RowLevelLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.CharField(max_length=1)),
                ('value', models.SmallIntegerField()),
                ('unit', models.CharField(choices=[('minute', 'minute'), ('urgent_hour', 'urgent_hour'), ('urgent_day', 'urgent_day'), ('work_hour', 'work_hour'), ('work_day', 'work_day')], max_length=12)),
                ('calendar', models.CharField(max_length=40)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('row', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='level_limits', to='catalog.standardrow')),
            ],
            options={
                'verbose_name': '区域等级时限',
                'verbose_name_plural': '区域等级时限',
                'db_table': 'catalog_row_level_limit',
            },
        ),
        migrations.CreateModel(
            name='EditionPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(unique=True)),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='periods', to='catalog.edition')),
            ],
            options={
                'verbose_name': '版本施行期',
                'verbose_name_plural': '版本施行期',
                'db_table': 'catalog_edition_period',
                'constraints': [models.UniqueConstraint(fields=('valid_to',), name='catalog_period_one_open', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='catalog_period_dates')],
            },
        ),
        migrations.AddConstraint(
            model_name='majorclass',
            constraint=models.UniqueConstraint(fields=('edition', 'kind', 'code'), name='catalog_major_once'),
        ),
        migrations.AddConstraint(
            model_name='majorclass',
            constraint=models.CheckConstraint(condition=models.Q(('default_value__gt', 0)), name='catalog_major_limit'),
        ),
        migrations.AddConstraint(
            model_name='majorclass',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('part', 'matter'))), name='catalog_major_kind'),
        ),
        migrations.AddConstraint(
            model_name='minorclass',
            constraint=models.UniqueConstraint(fields=('major', 'code'), name='catalog_minor_once'),
        ),
        migrations.AddConstraint(
            model_name='minorclass',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='catalog_minor_dates'),
        ),
        migrations.AddConstraint(
            model_name='standardrow',
            constraint=models.UniqueConstraint(fields=('minor_class', 'seq'), name='catalog_row_once'),
        ),
        migrations.AddConstraint(
            model_name='standardrow',
            constraint=models.CheckConstraint(condition=models.Q(('limit_value__gt', 0)), name='catalog_row_limit'),
        ),
        migrations.AddConstraint(
            model_name='standardrow',
            constraint=models.CheckConstraint(condition=models.Q(('seq__gt', 0)), name='catalog_row_seq'),
        ),
        migrations.AddConstraint(
            model_name='standardrow',
            constraint=models.CheckConstraint(condition=models.Q(('closing__len__gt', 0)), name='catalog_row_closing'),
        ),
        migrations.AddConstraint(
            model_name='standardrow',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='catalog_row_dates'),
        ),
        migrations.AddConstraint(
            model_name='rowlevellimit',
            constraint=models.UniqueConstraint(fields=('row', 'level', 'valid_from'), name='catalog_level_limit_once'),
        ),
        migrations.AddConstraint(
            model_name='rowlevellimit',
            constraint=models.CheckConstraint(condition=models.Q(('level__in', ('A', 'B', 'C'))), name='catalog_level_word'),
        ),
        migrations.AddConstraint(
            model_name='rowlevellimit',
            constraint=models.CheckConstraint(condition=models.Q(('value__gt', 0)), name='catalog_level_value'),
        ),
        migrations.AddConstraint(
            model_name='rowlevellimit',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='catalog_level_dates'),
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AreaLevel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('area_code', models.CharField(max_length=15)),
                ('level', models.CharField(max_length=1)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
            ],
            options={
                'verbose_name': '区域等级',
                'verbose_name_plural': '区域等级',
                'db_table': 'duties_area_level',
                'constraints': [models.UniqueConstraint(fields=('area_code', 'valid_from'), name='duties_level_once'), models.CheckConstraint(condition=models.Q(('level__in', ('A', 'B', 'C'))), name='duties_level_word'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='duties_level_dates')],
            },
        ),
        migrations.CreateModel(
            name='DutyRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition', models.CharField(max_length=4)),
                ('kind', models.CharField(max_length=8)),
                ('selector', models.CharField(max_length=6)),
                ('area_code', models.CharField(blank=True, max_length=15)),
                ('platform_level', models.SmallIntegerField(default=1)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('basis_kind', models.CharField(choices=[('law', '法律法规'), ('standard', '标准规范'), ('minutes', '会议纪要'), ('local', '本地确权')], max_length=10)),
                ('basis', models.CharField(blank=True, max_length=300)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('added_because', models.CharField(blank=True, max_length=300)),
                ('added_by', models.BigIntegerField()),
                ('added_at', models.DateTimeField()),
                ('ended_because', models.CharField(blank=True, max_length=300)),
                ('ended_by', models.BigIntegerField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'verbose_name': '责任清单',
                'verbose_name_plural': '责任清单',
                'db_table': 'duties_duty_row',
                'indexes': [models.Index(fields=['edition', 'kind', 'selector', 'area_code'], name='duties_row_class'), models.Index(fields=['area_code', 'id'], name='duties_row_area')],
                'constraints': [models.UniqueConstraint(fields=('edition', 'kind', 'selector', 'area_code', 'unit', 'valid_from'), name='duties_row_once'), models.CheckConstraint(condition=models.Q(('kind__in', ('part', 'matter'))), name='duties_row_kind'), models.CheckConstraint(condition=models.Q(('platform_level__in', (1, 2, 3))), name='duties_row_level'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='duties_row_dates')],
            },
        ),
    ]

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=60, unique=True)),
                ('display_name', models.CharField(max_length=60)),
                ('phone', models.CharField(blank=True, max_length=20)),
                ('language', models.CharField(choices=[('zh', '中文'), ('en', 'English')], default='zh', max_length=2)),
                ('active_from', models.DateField()),
                ('active_to', models.DateField(blank=True, null=True)),
            ],
            options={
                'verbose_name': '用户',
                'verbose_name_plural': '用户',
                'db_table': 'people_user',
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True)),
                ('name', models.CharField(max_length=100)),
                ('name_en', models.CharField(blank=True, max_length=200)),
                ('kind', models.CharField(choices=[('government', '人民政府'), ('supervision-centre', '监督中心'), ('command-centre', '指挥中心'), ('department', '专业部门'), ('street', '街道办事处'), ('utility', '公用企业'), ('contractor', '养护单位'), ('collection-company', '采集公司')], max_length=24)),
                ('platform_level', models.SmallIntegerField(default=1)),
                ('path', models.CharField(max_length=400)),
                ('region_code', models.CharField(blank=True, max_length=12)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='people.organisation')),
            ],
            options={
                'verbose_name': '机构',
                'verbose_name_plural': '机构',
                'db_table': 'people_organisation',
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60, unique=True)),
                ('title', models.CharField(max_length=60)),
                ('title_en', models.CharField(blank=True, max_length=100)),
                ('role', models.CharField(choices=[('collector', 'collector'), ('acceptor', 'acceptor'), ('duty-officer', 'duty-officer'), ('dispatcher', 'dispatcher'), ('handler', 'handler'), ('supervisor', 'supervisor'), ('leader', 'leader'), ('administrator', 'administrator'), ('channel', 'channel'), ('system', 'system')], max_length=20)),
                ('region_codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=15), blank=True, default=list, size=None)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='people.organisation')),
            ],
            options={
                'verbose_name': '岗位',
                'verbose_name_plural': '岗位',
                'db_table': 'people_post',
            },
        ),
        migrations.CreateModel(
            name='DeskShift',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(max_length=20)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
            options={
                'verbose_name': '席位班次',
                'verbose_name_plural': '席位班次',
                'db_table': 'people_desk_shift',
            },
        ),
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='people.post')),
            ],
            options={
                'verbose_name': '任职',
                'verbose_name_plural': '任职',
                'db_table': 'people_appointment',
            },
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('name', models.CharField(max_length=60)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('last_used_at', models.DateTimeField(blank=True, null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tokens', to=settings.AUTH_USER_MODEL)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.post')),
            ],
            options={
                'verbose_name': '接口令牌',
                'verbose_name_plural': '接口令牌',
                'db_table': 'people_api_token',
            },
        ),
        migrations.AddField(
            model_name='user',
            name='last_post',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.post'),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(fields=['path'], name='people_org_path', opclasses=['varchar_pattern_ops']),
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=models.Index(fields=['kind', 'id'], name='people_org_kind'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('platform_level__in', (1, 2, 3))), name='people_org_level'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='people_org_dates'),
        ),
        migrations.AddConstraint(
            model_name='post',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='people_post_dates'),
        ),
        migrations.AddIndex(
            model_name='deskshift',
            index=models.Index(fields=['organisation', 'role', 'starts_at'], name='people_shift_desk'),
        ),
        migrations.AddIndex(
            model_name='deskshift',
            index=models.Index(fields=['starts_at'], name='people_shift_start'),
        ),
        migrations.AddConstraint(
            model_name='deskshift',
            constraint=models.UniqueConstraint(fields=('organisation', 'role', 'user', 'starts_at'), name='people_shift_once'),
        ),
        migrations.AddConstraint(
            model_name='deskshift',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='people_shift_span'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.UniqueConstraint(fields=('user', 'post', 'valid_from'), name='people_appointment_once'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='people_appointment_dates'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('active_to__isnull', True), ('active_to__gte', models.F('active_from')), _connector='OR'), name='people_user_dates'),
        ),
    ]

"""数据更新: surveys and keepers of registers, append-only and under the journal."""

from django.db import migrations, models

from gezhi.plumbing.journal.triggers import append_only, under_journal


class Migration(migrations.Migration):

    initial = True

    dependencies = [('plumbing', '0002_journal')]

    operations = [
        migrations.CreateModel(
            name='UpkeepEntry',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('dataset', models.TextField(choices=[('base-map', '地理底图与区划边界'), ('divisions', '行政区划'), ('unit-grids', '单元网格'), ('classes', '部件事件分类与立案条件'), ('duties', '部件事件责任清单'), ('calendars', '节假日与调休安排')])),
                ('on', models.DateField(null=True)),
                ('changed', models.BooleanField(null=True)),
                ('keeper_id', models.BigIntegerField(null=True)),
                ('text', models.TextField(blank=True)),
                ('user_id', models.BigIntegerField()),
                ('user_name', models.TextField()),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'verbose_name': '数据更新记录',
                'verbose_name_plural': '数据更新记录',
                'db_table': 'upkeep_entry',
                'indexes': [models.Index(fields=['dataset', '-recorded_at', 'id'], name='upkeep_entry_newest')],
            },
        ),
        under_journal('upkeep_entry'),
        append_only('upkeep_entry'),
    ]

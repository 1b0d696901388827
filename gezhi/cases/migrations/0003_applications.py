"""Applications with their ledger, the approval matrix, and what lists filter cases by besides."""

import django.contrib.postgres.fields
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0002_append_only'),
    ]

    operations = [
        migrations.CreateModel(
            name='ApprovalRowVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('node', models.TextField()),
                ('kind', models.TextField()),
                ('valid_from', models.DateField()),
                ('document', models.JSONField()),
                ('changed_by', models.BigIntegerField()),
                ('changed_at', models.DateTimeField()),
                ('reason', models.TextField(blank=True)),
            ],
            options={
                'db_table': 'cases_approval_row',
            },
        ),
        migrations.CreateModel(
            name='CaseApplication',
            fields=[
                ('pk', models.CompositePrimaryKey('case_id', 'no', blank=True, editable=False, primary_key=True, serialize=False)),
                ('case_id', models.UUIDField()),
                ('no', models.SmallIntegerField()),
                ('case_no', models.TextField()),
                ('class_key', models.TextField()),
                ('area_code', models.TextField()),
                ('kind', models.TextField()),
                ('unit_id', models.BigIntegerField(null=True)),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.BigIntegerField()),
                ('role', models.TextField()),
                ('organisation_id', models.BigIntegerField()),
                ('late', models.BooleanField()),
                ('times', models.SmallIntegerField()),
                ('steps', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
                ('deciding', models.TextField(null=True)),
                ('opinions', models.JSONField()),
                ('outcome', models.TextField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('value', models.IntegerField(null=True)),
                ('value_unit', models.TextField(null=True)),
                ('until_at', models.DateTimeField(null=True)),
                ('old_due_at', models.DateTimeField(null=True)),
                ('new_due_at', models.DateTimeField(null=True)),
                ('share', models.IntegerField(null=True)),
                ('ceiling', models.IntegerField(null=True)),
                ('exempt', models.BooleanField()),
                ('shirking', models.BooleanField()),
                ('reason', models.TextField()),
                ('pictures', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), size=None)),
            ],
            options={
                'db_table': 'cases_application',
            },
        ),
        migrations.AddField(
            model_name='case',
            name='deciding',
            field=models.TextField(null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='difficulty',
            field=models.TextField(null=True),
        ),
        migrations.AddField(
            model_name='case',
            name='major',
            field=models.SmallIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name='case',
            name='supervision',
            field=models.SmallIntegerField(db_default=0),
        ),
        migrations.AddField(
            model_name='case',
            name='suspended_until',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name='approvalrowversion',
            constraint=models.UniqueConstraint(fields=('node', 'kind', 'valid_from'), name='cases_approval_row_once'),
        ),
        migrations.AddIndex(
            model_name="caseapplication",
            index=models.Index(
                fields=["kind", "-asked_at", "-case_id", "-no"],
                include=["outcome", "late", "unit_id", "area_code"],
                name="cases_application_ledger",
            ),
        ),
        migrations.AddIndex(
            model_name="caseapplication",
            index=GinIndex(
                OpClass("case_no", name="gin_trgm_ops"),
                OpClass("reason", name="gin_trgm_ops"),
                name="cases_application_words",
            ),
        ),
        migrations.AddIndex(
            model_name='caseapplication',
            index=models.Index(fields=['unit_id', 'kind', '-asked_at'], name='cases_application_unit'),
        ),
        migrations.AddIndex(
            model_name='caseapplication',
            index=models.Index(condition=models.Q(('outcome__isnull', True)), fields=['kind', 'deciding', 'asked_at'], name='cases_application_open'),
        ),
    ]

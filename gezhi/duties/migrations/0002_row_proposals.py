"""Proposals for the duty table, and the opinions given on them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('duties', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='RowProposal',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('state', models.CharField(choices=[('pending', '待审批'), ('approved', '已批准'), ('refused', '未批准')], max_length=10)),
                ('edition', models.CharField(max_length=4)),
                ('kind', models.CharField(max_length=8)),
                ('selector', models.CharField(max_length=6)),
                ('area_code', models.CharField(blank=True, max_length=15)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('basis_kind', models.CharField(choices=[('law', '法律法规'), ('standard', '标准规范'), ('minutes', '会议纪要'), ('local', '本地确权')], max_length=10)),
                ('basis', models.CharField(blank=True, max_length=300)),
                ('reason', models.CharField(max_length=300)),
                ('overlap', models.CharField(choices=[('ask', 'ask'), ('end', 'end'), ('keep', 'keep')], max_length=4)),
                ('case_id', models.UUIDField(blank=True, null=True)),
                ('case_no', models.CharField(blank=True, max_length=40)),
                ('proposed_by', models.BigIntegerField()),
                ('proposed_at', models.DateTimeField()),
                ('anew_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='duties.rowproposal')),
                ('row', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='duties.dutyrow')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.organisation')),
            ],
            options={
                'verbose_name': '责任清单修订申请',
                'verbose_name_plural': '责任清单修订申请',
                'db_table': 'duties_row_proposal',
                'indexes': [models.Index(fields=['state', '-id'], name='duties_proposal_state'), models.Index(condition=models.Q(('case_id__isnull', False)), fields=['case_id'], name='duties_proposal_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ('part', 'matter'))), name='duties_proposal_kind'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='duties_proposal_dates')],
            },
        ),
        migrations.CreateModel(
            name='ProposalOpinion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('proposed', '提出申请'), ('approved', '批准'), ('refused', '不予批准')], max_length=10)),
                ('user_id', models.BigIntegerField()),
                ('post_id', models.BigIntegerField()),
                ('organisation_id', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('text', models.CharField(max_length=300)),
                ('key', models.UUIDField()),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opinions', to='duties.rowproposal')),
            ],
            options={
                'verbose_name': '责任清单审批意见',
                'verbose_name_plural': '责任清单审批意见',
                'db_table': 'duties_proposal_opinion',
                'constraints': [models.UniqueConstraint(fields=('user_id', 'key'), name='duties_opinion_once')],
            },
        ),
    ]

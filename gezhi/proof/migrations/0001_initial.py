"""存证: the tables of the tree, and what refuses every change of them."""

from django.db import migrations, models

from gezhi.plumbing.journal.triggers import append_only


class Migration(migrations.Migration):

    initial = True

    dependencies = [("plumbing", "0002_journal")]

    operations = [
        migrations.CreateModel(
            name='ProofBatch',
            fields=[
                ('pk', models.CompositePrimaryKey('tree', 'size', blank=True, editable=False, primary_key=True, serialize=False)),
                ('tree', models.SmallIntegerField()),
                ('size', models.BigIntegerField()),
                ('root', models.BinaryField()),
                ('sealed_at', models.DateTimeField()),
                ('changed_before', models.BigIntegerField()),
            ],
            options={
                'db_table': 'proof_batch',
            },
        ),
        migrations.CreateModel(
            name='ProofCheckpoint',
            fields=[
                ('pk', models.CompositePrimaryKey('tree', 'size', blank=True, editable=False, primary_key=True, serialize=False)),
                ('tree', models.SmallIntegerField()),
                ('size', models.BigIntegerField()),
                ('origin', models.TextField()),
                ('note', models.TextField()),
                ('kept_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'proof_checkpoint',
            },
        ),
        migrations.CreateModel(
            name='ProofTile',
            fields=[
                ('pk', models.CompositePrimaryKey('tree', 'level', 'number', blank=True, editable=False, primary_key=True, serialize=False)),
                ('tree', models.SmallIntegerField()),
                ('level', models.SmallIntegerField()),
                ('number', models.BigIntegerField()),
                ('body', models.BinaryField()),
                ('root', models.BinaryField()),
            ],
            options={
                'db_table': 'proof_tile',
            },
        ),
        migrations.CreateModel(
            name='ProofLeaf',
            fields=[
                ('pk', models.CompositePrimaryKey('tree', 'index', blank=True, editable=False, primary_key=True, serialize=False)),
                ('tree', models.SmallIntegerField()),
                ('index', models.BigIntegerField()),
                ('kind', models.TextField()),
                ('subject', models.TextField(db_collation='C')),
                ('number', models.BigIntegerField(null=True)),
                ('hash', models.BinaryField(null=True)),
            ],
            options={
                'db_table': 'proof_leaf',
                'indexes': [models.Index(fields=['kind', 'subject', 'number'], name='proof_leaf_subject')],
            },
        ),
        migrations.CreateModel(
            name='ProofReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('receiver', models.TextField()),
                ('tree', models.SmallIntegerField()),
                ('size', models.BigIntegerField()),
                ('line', models.TextField()),
                ('received_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'proof_receipt',
                'indexes': [models.Index(fields=['receiver', 'tree', '-size'], name='proof_receipt_last')],
            },
        ),
        *(append_only(f"proof_{name}") for name in ("leaf", "tile", "batch", "checkpoint", "receipt")),
    ]

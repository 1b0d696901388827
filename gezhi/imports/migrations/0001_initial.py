"""Imports of registers: files, runs, what was found and would change, how columns are taken."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ImportFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("content", models.BinaryField()),
                ("stored_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "导入文件",
                "verbose_name_plural": "导入文件",
                "db_table": "imports_file",
            },
        ),
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("organisations", "机构"),
                            ("posts", "岗位"),
                            ("people", "人员"),
                            ("officers", "机构责任人"),
                            ("duties", "责任清单"),
                            ("area_levels", "区域等级"),
                            ("holidays", "节假日"),
                        ],
                        max_length=20,
                    ),
                ),
                ("file_name", models.CharField(max_length=200)),
                ("file_bytes", models.IntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("head_row", models.IntegerField()),
                ("heads", models.JSONField()),
                ("effective", models.DateField()),
                (
                    "take",
                    models.CharField(blank=True, choices=[("file", "file"), ("system", "system")], max_length=8),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("taken", "待检查"),
                            ("checking", "检查中"),
                            ("checked", "已检查"),
                            ("applying", "导入中"),
                            ("done", "已导入"),
                            ("failed", "未完成"),
                        ],
                        max_length=10,
                    ),
                ),
                ("attempt", models.IntegerField(default=0)),
                ("counts", models.JSONField()),
                ("totals", models.JSONField()),
                ("plan_digest", models.CharField(blank=True, max_length=64)),
                ("failure", models.JSONField(null=True)),
                ("made_by", models.BigIntegerField()),
                ("made_at", models.DateTimeField()),
                ("checked_at", models.DateTimeField(null=True)),
                ("applied_by", models.BigIntegerField(null=True)),
                ("applied_post", models.BigIntegerField(null=True)),
                ("applied_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="imports.importfile"
                    ),
                ),
            ],
            options={
                "verbose_name": "导入批次",
                "verbose_name_plural": "导入批次",
                "db_table": "imports_run",
            },
        ),
        migrations.CreateModel(
            name="RunProgress",
            fields=[
                (
                    "run",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="progress",
                        serialize=False,
                        to="imports.importrun",
                    ),
                ),
                ("attempt", models.IntegerField()),
                ("stage", models.CharField(max_length=12)),
                ("begun_at", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "imports_progress",
            },
        ),
        migrations.CreateModel(
            name="KeptHead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("organisations", "机构"),
                            ("posts", "岗位"),
                            ("people", "人员"),
                            ("officers", "机构责任人"),
                            ("duties", "责任清单"),
                            ("area_levels", "区域等级"),
                            ("holidays", "节假日"),
                        ],
                        max_length=20,
                    ),
                ),
                ("head", models.CharField(max_length=100)),
                ("column", models.CharField(blank=True, max_length=20)),
            ],
            options={
                "verbose_name": "列对应",
                "verbose_name_plural": "列对应",
                "db_table": "imports_kept_head",
                "constraints": [models.UniqueConstraint(fields=("kind", "head"), name="imports_kept_head_once")],
            },
        ),
        migrations.CreateModel(
            name="RunChange",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "run_id", "seq", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("seq", models.IntegerField()),
                (
                    "act",
                    models.CharField(choices=[("add", "新增"), ("change", "变更"), ("end", "终止")], max_length=8),
                ),
                ("row", models.IntegerField()),
                ("key", models.TextField()),
                ("on", models.DateField()),
                ("cells", models.JSONField()),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="imports.importrun"
                    ),
                ),
            ],
            options={
                "db_table": "imports_change",
            },
        ),
        migrations.CreateModel(
            name="RunFinding",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "run_id", "seq", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("seq", models.IntegerField()),
                ("code", models.CharField(max_length=40)),
                ("level", models.CharField(choices=[("error", "error"), ("warning", "warning")], max_length=8)),
                ("row", models.IntegerField(null=True)),
                ("column", models.CharField(blank=True, max_length=20)),
                ("value", models.TextField(blank=True)),
                ("says", models.JSONField()),
                ("cure", models.JSONField()),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="imports.importrun"
                    ),
                ),
            ],
            options={
                "db_table": "imports_finding",
            },
        ),
        migrations.AddIndex(
            model_name="importrun",
            index=models.Index(fields=["-made_at", "-id"], name="imports_run_list"),
        ),
    ]

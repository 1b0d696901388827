"""Takes over the table of the local policy, which the migrations of cases have made, as it stands."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [("cases", "0024_local_policy_moves_out")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="LocalPolicyVersion",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("node", models.TextField()),
                        ("valid_from", models.DateField()),
                        ("document", models.JSONField()),
                        ("changed_by", models.BigIntegerField(db_default=0)),
                        ("approved_by", models.BigIntegerField(null=True)),
                        ("reason", models.TextField(db_default="")),
                    ],
                    options={
                        "db_table": "cases_local_policy",
                        "constraints": [
                            models.UniqueConstraint(fields=("node", "valid_from"), name="cases_local_policy_once")
                        ],
                    },
                )
            ]
        )
    ]

"""机构人员变更记录, leave, deputising and establishment."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from gezhi.plumbing.journal.triggers import append_only, under_journal


class Migration(migrations.Migration):
    dependencies = [("people", "0007_must_change_password")]

    operations = [
        migrations.CreateModel(
            name="Leave",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField()),
                ("struck", models.BooleanField(db_default=False)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "people_leave",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__gte", models.F("valid_from"))), name="people_leave_dates"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StaffDeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(unique=True)),
                ("kind", models.CharField(max_length=24)),
                ("at", models.DateTimeField()),
                ("done_by", models.BigIntegerField()),
                ("done_in_post", models.BigIntegerField()),
                ("valid_from", models.DateField()),
                ("reason", models.TextField()),
                ("user_id", models.BigIntegerField(null=True)),
                ("post_id", models.BigIntegerField(null=True)),
                ("organisation_id", models.BigIntegerField(null=True)),
                ("rows", models.JSONField()),
                ("undoes", models.BigIntegerField(null=True, unique=True)),
            ],
            options={
                "db_table": "people_staff_deed",
                "indexes": [
                    models.Index(fields=["organisation_id", "-id"], name="people_deed_organisation"),
                    models.Index(fields=["user_id", "-id"], name="people_deed_user"),
                ],
            },
        ),
        migrations.AddField("appointment", "acting_for", models.BigIntegerField(null=True)),
        migrations.AddField("appointment", "struck", models.BooleanField(db_default=False)),
        migrations.AddField("post", "establishment", models.SmallIntegerField(null=True)),
        under_journal("people_leave"),
        under_journal("people_staff_deed"),
        append_only("people_staff_deed"),
        migrations.RunSQL(
            # the journal learns the new columns
            "UPDATE people_post SET id = id; UPDATE people_appointment SET id = id",
            migrations.RunSQL.noop,
        ),
    ]

"""Who sent a picture that somebody else had sent before: a hash alone lets nobody hand it in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plumbing", "0009_looked_for_later")]

    operations = [
        migrations.CreateModel(
            name="PictureSentAgain",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "sha256", "user_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("user_id", models.BigIntegerField()),
            ],
            options={"db_table": "plumbing_picture_sent_again"},
        ),
    ]

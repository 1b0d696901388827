"""A text as staff read it who may not know its recipient. What went out before is taken over as it stands."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]

    operations = [
        migrations.AddField("message", "shown", models.TextField(db_default="")),
        migrations.AddField("message", "shown_en", models.TextField(db_default="")),
        migrations.RunSQL("UPDATE notices_message SET shown = text, shown_en = text_en", migrations.RunSQL.noop),
    ]

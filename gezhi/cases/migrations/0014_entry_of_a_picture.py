"""With which entry of its case a picture came: who handed it in and when is then read off the log."""

from django.db import migrations, models

ENTRIES = """
UPDATE cases_picture_use used SET seq = named.seq FROM (
    SELECT entry.case_id, entry.seq, picture.sha256
    FROM cases_log_entry entry CROSS JOIN LATERAL (VALUES ('before'), ('after'), ('proof')) AS part(name)
    CROSS JOIN LATERAL jsonb_array_elements_text(entry.text::jsonb -> 'step' -> part.name) AS picture(sha256)
    WHERE entry.seq > 1
) named WHERE used.case_id = named.case_id AND used.sha256 = named.sha256
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_no_anchors")]

    operations = [
        migrations.AddField("pictureuse", "seq", models.IntegerField(db_default=1)),
        migrations.RunSQL(ENTRIES, migrations.RunSQL.noop),
    ]

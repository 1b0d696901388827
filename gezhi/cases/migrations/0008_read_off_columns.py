"""What others read of a case without looking into its document; filled for the cases that stand."""

from django.db import migrations, models

# The last look into the document from outside the writer: as the state was written when this migration was.
FILL = """
UPDATE cases_case c SET
  last_unit_id = (
    SELECT (part.value->>'unit')::bigint
    FROM jsonb_array_elements(c.state->'assignments') WITH ORDINALITY part(value, place)
    WHERE coalesce((part.value->>'leading')::boolean, true) ORDER BY part.place DESC LIMIT 1),
  ownerless_since = CASE WHEN c.difficulty IS NOT NULL THEN to_timestamp(coalesce(
    jsonb_path_query_first(c.state, '$.clocks[*] ? (@.kind == $kind).since',
      jsonb_build_object('kind', CASE c.status WHEN 'unowned' THEN 'unowned' ELSE 'dispatch' END))::bigint,
    (c.state->>'registered')::bigint, (c.state->>'reported')::bigint, 0)) END,
  reopened = coalesce((c.state->'marks'->>'reopened')::smallint, 0),
  handling_due_at = to_timestamp(
    jsonb_path_query_first(c.state, '$.clocks[*] ? (@.kind == "handling" && exists(@.since)).due')::bigint),
  handled_late = c.state @? '$.clocks[*] ? (@.kind == "handling" && @.late == true)',
  exempt = coalesce((c.state->>'exempt')::boolean, false)
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0007_shift_entries_move_to_desks'),
    ]

    operations = [
        migrations.AddField('case', 'last_unit_id', models.BigIntegerField(null=True)),
        migrations.AddField('case', 'ownerless_since', models.DateTimeField(null=True)),
        migrations.AddField('case', 'reopened', models.SmallIntegerField(db_default=0)),
        migrations.AddField('case', 'handling_due_at', models.DateTimeField(null=True)),
        migrations.AddField('case', 'handled_late', models.BooleanField(db_default=False)),
        migrations.AddField('case', 'exempt', models.BooleanField(db_default=False)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]

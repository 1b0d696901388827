"""数据库授权: what the role of web and worker may do. It owns nothing: it cannot change tables, nor put a trigger out of
work; it may add to the logs and read them, and the journal it may only read.
"""

from __future__ import annotations

from django.conf import settings
from django.db import connection, connections, transaction
from psycopg import sql

GRANTS = """
GRANT USAGE ON SCHEMA public TO {role};
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()); END $$;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role};
-- Logs: what stands is neither changed nor removed.
DO $$ DECLARE log regclass; BEGIN
    FOR log IN SELECT tgrelid FROM pg_trigger WHERE tgname LIKE '%\\_append\\_only' LOOP
        EXECUTE format('REVOKE UPDATE, DELETE ON %s FROM %I', log, {name});
    END LOOP;
END $$;
-- The journal is written by triggers alone, the list of migrations by the owner alone.
REVOKE INSERT ON plumbing_journal FROM {role};
REVOKE USAGE ON SEQUENCE plumbing_journal_id_seq FROM {role};
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role};
"""


def grant_statements(role: str) -> str:
    """What the owner sends after every migration."""
    return sql.SQL(GRANTS).format(role=sql.Identifier(role), name=sql.Literal(role)).as_string(None).lstrip()


def grant_to_serving() -> None:
    """Tables that a migration has made are opened to the serving role; nothing to do where one role does both."""
    role = settings.GEZHI_SERVING["USER"]
    if role == connection.settings_dict["USER"]:
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(grant_statements(role))


def come_as_serving() -> None:
    """From here on every connection of this process is the serving role's; those that are open are closed."""
    given = connections["default"].settings_dict
    given.update({**settings.GEZHI_SERVING, "OPTIONS": dict(settings.GEZHI_SERVING["OPTIONS"])})
    connections.close_all()

"""What every capability stands on: clock, ids, database, queue, outbox, media, doors. It knows no city management.

- `doors` routers whose every operation names its permission; `problem_json` the one shape of an error
- `clock`, `ids` the only sources of time and identity
- `versions` registers held per process and refreshed by their version number
- `queue`, `outbox` work for later, and what happened announced after commit
- `pictures` the rules of an uploaded picture (附件); the original is kept and never served
- `gateways/postgres`, `keeper` the embedded PostgreSQL
"""

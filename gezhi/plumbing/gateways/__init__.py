"""Outside systems of the plumbing: the embedded PostgreSQL."""

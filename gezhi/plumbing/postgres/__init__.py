"""Django's PostgreSQL backend with one difference: a kept connection is looked at, not asked, before it is used."""

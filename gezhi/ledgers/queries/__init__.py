"""Reads of the ledgers: pages, counts and streams of applications, and what each unit was granted in a month."""

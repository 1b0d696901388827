"""Reads of documents."""

from gezhi.documents.queries.clauses import ApplicableClause, clauses_for, describe
from gezhi.documents.queries.documents import (
    DocumentFilter,
    ListedDocument,
    class_names,
    class_names_in_force,
    confirmations,
    count_to_read,
    describe_attachment,
    get_attachment,
    get_document,
    get_version,
    list_clauses,
    list_documents,
    list_links,
    list_steps,
    list_writers,
    shown_version,
    standing,
    version_before,
)
from gezhi.documents.queries.receipts import Progress, list_receipts, reading_progress
from gezhi.documents.queries.search import Found, search_clauses
from gezhi.documents.queries.visibility import Viewer, viewer_of

__all__ = [
    "ApplicableClause",
    "DocumentFilter",
    "Found",
    "ListedDocument",
    "Progress",
    "Viewer",
    "class_names",
    "class_names_in_force",
    "clauses_for",
    "confirmations",
    "count_to_read",
    "describe",
    "describe_attachment",
    "get_attachment",
    "get_document",
    "get_version",
    "list_clauses",
    "list_documents",
    "list_links",
    "list_receipts",
    "list_steps",
    "list_writers",
    "reading_progress",
    "search_clauses",
    "shown_version",
    "standing",
    "version_before",
    "viewer_of",
]

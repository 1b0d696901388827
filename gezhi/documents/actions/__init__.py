"""What changes documents."""

from gezhi.documents.actions.approval import decide_version, end_version, submit_version, withdraw_version
from gezhi.documents.actions.contents import Content
from gezhi.documents.actions.drafts import add_version, attach_file, create_document, discard_draft, edit_draft
from gezhi.documents.actions.install import Setting, install_documents, install_receipts
from gezhi.documents.actions.reading import confirm_reading
from gezhi.plumbing.register_rows import Doing

__all__ = [
    "Content",
    "Doing",
    "Setting",
    "add_version",
    "attach_file",
    "confirm_reading",
    "create_document",
    "decide_version",
    "discard_draft",
    "edit_draft",
    "end_version",
    "install_documents",
    "install_receipts",
    "submit_version",
    "withdraw_version",
]

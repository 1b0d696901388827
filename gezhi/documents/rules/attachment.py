"""文件附件: a PDF, DOCX or TXT that is what its name says."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import PurePosixPath

from gezhi.kernel.problems import Problem

MB = 2**20
LONGEST_NAME = 120
MIMES = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".txt": "text/plain; charset=utf-8",
}
_UNSAFE = re.compile(r'[\x00-\x1f\x7f"\\/:*?<>|\u200b-\u200f\u2028-\u202e\u2066-\u2069]')
_MACROS = ("vbaproject.bin", "vbadata.xml")


class WrongKind(Problem):
    code = "documents.attachment.wrong-kind"
    status = 422
    title = "只能上传内容完好的 PDF、DOCX（不含宏）或 TXT 文件，请另存后重新上传。"
    title_en = "Only sound PDF, DOCX (without macros) or TXT files are taken; please save it anew and upload it again."


class TooLarge(Problem):
    code = "documents.attachment.too-large"
    status = 413
    title = "附件过大：最多 {limit_mb} MB，请压缩后重新上传。"
    title_en = "The file is too large: at most {limit_mb} MB; please make it smaller and upload it again."


def check_attachment(name: str, content: bytes, *, limit_bytes: int) -> tuple[str, str, bytes]:
    """The name to keep, the type and the bytes; a TXT is kept as UTF-8 (附件核验)."""
    if len(content) > limit_bytes:
        raise TooLarge(field="file", limit_mb=limit_bytes // MB)
    kept = _safe_name(name)
    suffix = PurePosixPath(kept).suffix.lower()
    if suffix == ".txt":
        content = _as_utf8(content)
    elif not (suffix == ".pdf" and _is_pdf(content)) and not (suffix == ".docx" and _is_docx(content)):
        raise WrongKind(field="file")
    return kept, MIMES[suffix], content


def _safe_name(name: str) -> str:
    """The last part of a path, without what a file system or a header would take for something else."""
    plain = _UNSAFE.sub("_", name.replace("\\", "/").rsplit("/", 1)[-1]).strip(" .")
    stem, dot, suffix = plain.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(suffix) - 1]}{dot}{suffix}" if stem else plain[:LONGEST_NAME]


def _is_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]


def _is_docx(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = {name.lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return False
    is_complete = {"[content_types].xml", "word/document.xml"} <= names
    return is_complete and not any(name.endswith(_MACROS) for name in names)


def _as_utf8(content: bytes) -> bytes:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text.encode()
    raise WrongKind(field="file")

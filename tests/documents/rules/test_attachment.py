from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from gezhi.documents.rules.attachment import MB, MIMES, TooLarge, WrongKind, check_attachment

PDF = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"


def docx(*more: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml", *more):
            archive.writestr(name, "<x/>")
    return file.getvalue()


def check(name: str, content: bytes) -> tuple[str, str, bytes]:
    return check_attachment(name, content, limit_bytes=2 * MB)


@pytest.mark.parametrize(("name", "content"), [("办法.pdf", PDF), ("办法.DOCX", docx()), ("办法.txt", "正文".encode())])
def test_a_sound_file_is_kept_as_it_is(name: str, content: bytes) -> None:
    assert check(name, content) == (name, MIMES[name[-4:].lower() if name[-4] == "." else ".docx"], content)


def test_a_text_of_an_older_system_is_kept_as_utf_8() -> None:
    assert check("通知.txt", "通知正文".encode("gb18030"))[2] == "通知正文".encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"MZ\x90\x00"),
        ("a.pdf", docx()),
        ("a.docx", PDF),
        ("a.docx", b"PK\x03\x04broken"),
        ("a.docx", docx("word/vbaProject.bin")),
        ("a.txt", b"\xff\xfe\x00\x00"),
        ("a.txt", b"a\x00b"),
        ("a.html", b"<script>alert(1)</script>"),
        ("a", PDF),
        ("", PDF),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(WrongKind):
        check(name, content)


def test_a_large_file_is_refused_with_the_limit() -> None:
    with pytest.raises(TooLarge) as caught:
        check("a.pdf", PDF + b" " * 2 * MB)
    assert caught.value.text() == "附件过大：最多 2 MB，请压缩后重新上传。"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("C:\\文件\\办法.pdf", "办法.pdf"),
        ("../../etc/办法.pdf", "办法.pdf"),
        ('a"\r\nSet-Cookie: x.pdf', "a___Set-Cookie_ x.pdf"),
        ("\u202efdp.exe.pdf", "_fdp.exe.pdf"),
        ("长" * 300 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_a_name_carries_nothing_but_a_name(name: str, kept: str) -> None:
    assert check(name, PDF)[0] == kept

"""Papers are set in process, in Chinese, from data that cannot become markup."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from gezhi.plumbing.paper import qr_drawing, set_paper

TEMPLATE = """
#let data = json("data.json")
#set text(font: ("Noto Serif SC",), lang: "zh")
#data.words
#for name in data.shown [ #image(name, width: 4cm) ]
#image(bytes(data.code), format: "svg", width: 2cm)
"""
HOSTILE = '#panic("x") *粗* _斜_ $ x $ `码` \\ @见 #import "/etc/passwd" <签> // 尾'


@pytest.fixture
def template(tmp_path: Path) -> Path:
    file = tmp_path / "sheet.typ"
    file.write_text(TEMPLATE, encoding="utf-8")
    return file


def words_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_chinese_words_stand_in_the_paper_and_their_font_with_them(template: Path) -> None:
    pdf = set_paper(template, {"words": "派遣单：垚犇路与𬭎桥交叉口", "code": qr_drawing("x")})
    assert "派遣单：垚犇路与𬭎桥交叉口" in words_of(pdf)
    assert b"+NotoSerifSC-Regular" in pdf


def test_what_people_wrote_is_shown_and_never_carried_out(template: Path) -> None:
    shown = words_of(set_paper(template, {"words": HOSTILE, "code": qr_drawing("x")}))
    assert "".join(HOSTILE.split()) in "".join(shown.split())


def test_a_picture_is_made_no_larger_than_the_paper_shows_and_one_that_is_gone_is_left_out(
    template: Path, tmp_path: Path
) -> None:
    large = tmp_path / "large.jpg"
    Image.effect_noise((3000, 2000), 80).convert("RGB").save(large, "JPEG", quality=95)
    (tmp_path / "broken.jpg").write_bytes(b"no picture")
    pictures = {"one.jpg": large, "two.jpg": tmp_path / "gone.jpg", "three.jpg": tmp_path / "broken.jpg"}
    pdf = set_paper(template, {"words": "", "code": qr_drawing("x")}, pictures)
    (picture,) = PdfReader(io.BytesIO(pdf)).pages[0].images
    assert picture.image is not None
    assert picture.image.size == (1000, 667)
    assert len(pdf) < large.stat().st_size


def test_a_qr_code_is_a_drawing_of_the_same_text_each_time() -> None:
    assert qr_drawing("http://localhost/desk/cases/1") == qr_drawing("http://localhost/desk/cases/1")
    assert qr_drawing("a").startswith("<svg")

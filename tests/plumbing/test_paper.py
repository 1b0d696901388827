"""Papers are set in process, in Chinese, from data that cannot become markup."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import manimgx_fonts  # type: ignore[import-untyped]
import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable  # type: ignore[import-untyped]
from PIL import Image
from pypdf import PdfReader

from gezhi.plumbing.paper import fonts
from gezhi.plumbing.paper.setting import lacks, qr_drawing, set_paper

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


def test_a_character_that_no_font_has_is_printed_as_its_number_and_nothing_is_lost(template: Path) -> None:
    shown = words_of(set_paper(template, {"words": "𬭎·𠮷与\ue000，😡👍🚮☎✔ ☂️ 👨‍👩‍👧 ①㎡", "code": qr_drawing("x")}))
    assert "𬭎·〔U+20BB7〕与〔U+E000〕，" in shown
    assert "〔" not in shown.replace("〔U+20BB7〕", "").replace("〔U+E000〕", "")


def test_the_warning_names_the_character_and_each_field_in_which_it_stands() -> None:
    data = {"description": "𠮷家", "story": [{"lines": ["问𠮷", "\U00031350"]}], "other": ["\U00031350"], "no": "1"}
    assert lacks(data, {"description": "问题描述", "story": "办理经过"}) == [
        {"char": "U+20BB7", "fields": ["问题描述", "办理经过"]},
        {"char": "U+31350", "fields": ["办理经过", "其他内容"]},
    ]
    assert lacks({"description": "垚犇𬭎 ۋەزىپە\u200d\ufe0f"}, {}) == []


def test_a_font_that_the_city_has_laid_beside_its_data_is_used(template: Path, settings: Any, tmp_path: Path) -> None:
    settings.GEZHI_HOME = tmp_path
    assert fonts.lacking("𠮷") == ["𠮷"]
    (tmp_path / "fonts").mkdir()
    with TTFont(Path(manimgx_fonts.__file__ or "").parent / "NotoSansThai[wght].ttf") as face:
        table = CmapSubtable.newSubtable(12)
        table.platformID, table.platEncID, table.language = 3, 10, 0
        table.cmap = {0x20BB7: face.getGlyphOrder()[5]}
        face["cmap"].tables = [table]
        face.save(tmp_path / "fonts" / "rare.ttf")
    assert fonts.lacking("𠮷") == []
    assert "𠮷" in words_of(set_paper(template, {"words": "𠮷", "code": qr_drawing("x")}))

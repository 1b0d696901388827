from __future__ import annotations

import numpy as np
import pytest

from gezhi.simulation import queries
from gezhi.simulation.rules.luck import make_luck
from gezhi.simulation.rules.place_names import community_name, road_name, road_names
from gezhi.simulation.rules.texts import Words
from tests.cases.world import REASONS

LUCK = make_luck(queries.read_measured_shapes("boston").used_share, rng=np.random.default_rng(1))
WORDS = Words(queries.read_texts(), LUCK)
DETAILS = {"place": "花园路东侧", "class": "路灯", "condition": "单盏不亮"}


@pytest.mark.parametrize(
    ("office", "road"),
    [("建设路街道", "建设路"), ("福华街街道", "福华街"), ("林山寨街道", None), ("马寨镇", None), ("福华街道", None)],
)
def test_an_office_named_after_a_road_lends_its_name(office: str, road: str | None) -> None:
    assert road_name(office) == road


def test_only_names_of_roads_are_lent() -> None:
    assert road_names(["建设路街道", "林山寨街道", "花园路街道"]) == ["建设路", "花园路"]


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("碧沙岗社区居委会", "碧沙岗社区"),
        ("河南工大社区居民委员会", "河南工大社区"),
        ("岗坡村委会", "岗坡村"),
        ("鹭桥社区", "鹭桥社区"),
        ("", ""),
    ],
)
def test_communities_are_called_as_people_call_them(full: str, short: str) -> None:
    assert community_name(full) == short


@pytest.mark.parametrize("theme", [theme.theme for theme in queries.read_themes()])
@pytest.mark.parametrize("channel", ["collector", "hotline", "wechat", "video", "leader"])
def test_every_theme_can_be_described_on_every_channel(theme: str, channel: str) -> None:
    for case in range(20):
        text = WORDS.description(case, theme, channel, DETAILS)
        assert "花园路东侧" in text
        assert "{" not in text


def test_every_reason_and_answer_is_ready_to_be_sent() -> None:
    for kind, sentences in WORDS.texts.reasons.items():
        assert WORDS.reason(7, kind) in sentences
    for kind in WORDS.texts.answers:
        assert "{" not in WORDS.answer(7, kind, **{"class": "路灯", "unit": "照明中心"})


def test_a_reason_fits_what_is_wrong_where_there_is_one_for_it() -> None:
    texts = WORDS.texts
    words = Words(texts, LUCK, ["tree", "vendor", "picture"])
    (of_trees,) = [one["ask_suspension"] for one in texts.fitting if "tree" in one["subjects"]]
    (of_vendors,) = [one["ask_suspension"] for one in texts.fitting if "vendor" in one["subjects"]]
    assert words.reason(0, "ask_suspension") in of_trees
    assert words.reason(1, "ask_suspension") in of_vendors
    assert words.reason(2, "ask_suspension") in texts.reasons["ask_suspension"]
    assert words.reason(0, "merge") in texts.reasons["merge"]


def test_what_fits_some_subjects_is_a_reason_of_all_and_each_subject_is_one_of_a_theme() -> None:
    subjects = {theme.picture for theme in queries.read_themes()}
    for one in WORDS.texts.fitting:
        assert set(one) - {"subjects"} <= set(WORDS.texts.reasons)
        assert set(one["subjects"]) <= subjects


LISTED = {
    "refuse": "refuse", "refuse_outside": "refuse", "refuse_untrue": "refuse", "merge": "merge", "reject": "reject",
    "give_back_to_acceptor": "give_back", "give_back_to_duty_officer": "give_back", "ask_send_back": "ask_send_back",
    "crew_sends_back": "ask_send_back", "ask_extension": "ask_extension", "ask_suspension": "ask_suspension",
    "ask_void": "ask_void", "appeal": "appeal", "decline_closing": "decline_closing", "reopen": "reopen",
}  # fmt: skip


def test_every_sentence_that_is_given_with_a_list_has_a_code_of_that_list() -> None:
    texts = WORDS.texts
    lists = {command: {one.code for one in REASONS if one.command == command} for command in LISTED.values()}
    said = [(kind, text) for one in (texts.reasons, *texts.fitting) for kind, all_ in one.items() for text in all_]
    wrong = [text for kind, text in said if kind in LISTED and texts.reason_codes[text] not in lists[LISTED[kind]]]
    assert wrong == []
    assert set(texts.reason_codes) <= {text for _, text in said}


def test_a_place_is_named_by_a_road() -> None:
    places = {WORDS.place(case, None, ["花园路", "文化路"], community="岗坡村") for case in range(50)}
    assert len(places) > 30
    assert all("花园路" in place or "文化路" in place for place in places)


def test_the_road_of_the_office_itself_comes_first_and_never_crosses_itself() -> None:
    places = [WORDS.place(case, "花园路", ["花园路", "文化路"], community="岗坡村") for case in range(200)]
    assert all(place.startswith("花园路") and place.count("花园路") == 1 for place in places)
    assert any("与文化路交叉口" in place for place in places)


def test_where_no_office_is_named_after_a_road_there_still_are_roads() -> None:
    assert {WORDS.place(case, None, [], community="雁滩村")[:3] for case in range(200)} > {"中心街", "建设路"}

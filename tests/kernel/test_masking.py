from __future__ import annotations

import pytest

from gezhi.kernel.masking import (
    Masking,
    Secret,
    Shown,
    gives_away,
    mask_name,
    mask_phone,
    numbers_in,
    show_name,
    show_phone,
)

WANG = Secret(name="王小明", phone="13800001234", words="", shown=Shown.PART)
SECRET = Secret(name="李四", phone="0371-67180001", words="我是李四，手机13912345678", shown=Shown.NOTHING)


@pytest.mark.parametrize(("name", "masked"), [("王小明", "王**"), ("王", "王**"), ("", "")])
def test_of_a_name_the_first_character_stays(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("phone", "masked"),
    [("13800001234", "138******34"), ("037112", "037*12"), ("12345", "*****"), ("110", "***"), ("", "")],
)
def test_of_a_phone_head_and_tail_stay_unless_it_is_short(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("shown", "name", "phone"),
    [(Shown.OPEN, "王小明", "13800001234"), (Shown.PART, "王**", "138******34"), (Shown.NOTHING, "", "")],
)
def test_of_who_asked_for_secrecy_not_even_surname_and_five_digits_are_shown(
    shown: Shown, name: str, phone: str
) -> None:
    assert (show_name("王小明", shown), show_phone("13800001234", shown)) == (name, phone)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("已与王小明联系", "已与王**联系"),
        ("王 小 明家门口", "王**家门口"),
        ("王\u200b小明", "王**"),
        ("王先生、王女士都在", "王**、王**都在"),
        ("电话13800001234打不通", "电话138******34打不通"),
        ("138-0000-1234", "138******34"),
        ("138 0000 1234", "138******34"),
        ("１３８００００１２３４", "138******34"),
        ("＋86 138 0000 1234", "＋86 138******34"),
        ("+8613800001234", "+86138******34"),
        ("一三八〇〇〇〇一二三四", "138******34"),
        ("幺三八零零零零幺二三四", "138******34"),
        ("138.0000.1234", "138******34"),
        ("①③⑧⓪⓪⓪⓪①②③④", "138******34"),
        ("施工队长 13700007777", "施工队长 13700007777"),
        ("王府井大街", "王府井大街"),
        ("", ""),
    ],
)
def test_a_sender_is_hidden_in_what_others_write_however_it_is_written(text: str, masked: str) -> None:
    assert Masking([WANG]).said(text) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("回电13912345678", "回电***"),
        ("李四要求保密", "***要求保密"),
        ("李先生在家", "***在家"),
        ("座机67180001", "座机***"),
        ("0371 6718 0001", "0371 ***"),
    ],
)
def test_of_a_secret_sender_nothing_stays_and_numbers_of_their_own_words_are_theirs(text: str, masked: str) -> None:
    assert Masking([SECRET]).said(text) == masked


@pytest.mark.parametrize(
    ("words", "masked"),
    [
        ("我是3号楼住户，电话13877778888，请保密", "我是3号楼住户，电话***，请保密"),
        ("联系 +86 138 7777 8888", "联系 ***"),
        ("家里０３７１－６７１８００００", "家里***"),
        ("（0371）67180000转8012", "***转8012"),
        ("身份证410105199003071234", "身份证***"),
        ("身份证 410105 19900307 123X", "身份证 ***"),
        ("微信号：abc_12345", "微信号：***"),
        ("QQ 12345678", "QQ ***"),
        ("手机号码是 67180000", "手机号码是 ***"),
        ("写信到 who.am-i@example.com.cn", "写信到 ***"),
        ("我叫赵铁柱，住在隔壁", "我叫***，住在隔壁"),
        ("本人张三反映井盖破损", "本人***反映井盖破损"),
        ("案件4101-20261130-021165没有办", "案件4101-20261130-021165没有办"),
        ("打过12345，2026年11月30日回复", "打过12345，2026年11月30日回复"),
        ("坐标 131.23456789,34.75", "坐标 131.23456789,34.75"),
        ("我是高新区居民", "我是高新区居民"),
        ("井盖破损", "井盖破损"),
    ],
)
def test_in_a_citizens_own_words_every_number_that_finds_somebody_is_hidden(words: str, masked: str) -> None:
    assert Masking([Secret("", "", words, Shown.NOTHING)]).wrote(words, Shown.NOTHING) == masked


def test_of_a_plain_sender_head_and_tail_of_any_number_stay() -> None:
    assert Masking([WANG]).wrote("另一部 139 0000 5678，身份证410105199003071234", Shown.PART) == (
        "另一部 139******78，身份证***"
    )


def test_words_of_nobody_in_particular_are_hidden_as_for_the_strictest_of_the_senders() -> None:
    assert Masking([WANG, SECRET]).wrote("门口 13700007777") == "门口 ***"
    assert Masking([WANG]).wrote("门口 13700007777") == "门口 137******77"
    assert Masking([]).wrote("门口 13700007777") == "门口 13700007777"


def test_who_may_read_one_sender_still_reads_nothing_of_the_other() -> None:
    known = Masking([Secret("王小明", "13800001234", "", Shown.OPEN), SECRET])
    assert known.said("王小明与李四，13800001234、13912345678") == "王小明与***，13800001234、***"


@pytest.mark.parametrize("name", ["市民", "匿名", "热心市民", "不详"])
def test_a_word_for_nobody_is_no_name(name: str) -> None:
    assert Masking([Secret(name, "", "", Shown.PART)]).said(f"{name}反映井盖破损") == f"{name}反映井盖破损"


@pytest.mark.parametrize(
    ("name", "text", "masked"),
    [
        ("热心市民欧阳先生", "欧阳女士来电", "欧**来电"),
        ("李女士", "李女士说", "李**说"),
        ("John Smith", "john  smith called", "J** called"),
        ("张三", "找到张三", "找到张**"),
    ],
)
def test_names_with_titles_and_foreign_names_are_hidden_too(name: str, text: str, masked: str) -> None:
    assert Masking([Secret(name, "", "", Shown.PART)]).said(text) == masked


def test_several_numbers_in_the_field_are_each_hidden() -> None:
    two = Masking([Secret("", "13800001234/0371-67180001", "", Shown.PART)])
    assert two.said("打 13800001234 或 67180001") == "打 138******34 或 671***01"


@pytest.mark.parametrize(
    ("text", "given"),
    [("井盖破损", False), ("王先生的电话", True), ("１３８ 0000 1234", True), ("邻居 13900005678", True)],
)
def test_words_that_give_their_sender_away_are_known_while_they_are_typed(text: str, given: bool) -> None:
    assert gives_away(text, "王小明", "13800001234") is given


def test_numbers_are_found_as_digits() -> None:
    assert numbers_in("电话 138-0000-1234 或 （0371）67180000") == ["13800001234", "67180000"]

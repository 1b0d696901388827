from __future__ import annotations

from datetime import date

from gezhi.telling.rules.missing_year import missing_year

LAST = date(2026, 12, 31)


def test_a_notice_names_the_year_and_is_one_for_each_month() -> None:
    november = missing_year(LAST, today=date(2026, 11, 3), readers=(7,), at=1)
    later = missing_year(LAST, today=date(2026, 11, 30), readers=(7,), at=2)
    december = missing_year(LAST, today=date(2026, 12, 1), readers=(7,), at=3)
    assert november.key == later.key != december.key
    assert november.about == december.about
    assert (november.readers, november.title.zh) == ((7,), "请录入2027年节假日安排")
    assert november.text.zh == "节假日只安排到2026年12月31日，跨年的时限为暂定；录入后自动重算。"
    assert november.text.en == (
        "Holidays are settled up to 2026-12-31; deadlines beyond are provisional and computed anew once entered."
    )


def test_once_the_year_has_begun_it_says_by_what_days_are_counted() -> None:
    begun = missing_year(LAST, today=date(2027, 1, 1), readers=(7,), at=1)
    assert begun.text.zh == (
        "节假日只安排到2026年12月31日，此后的工作日按星期和法定节日推算，时限为暂定；录入后自动重算。"
    )

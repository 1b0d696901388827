from __future__ import annotations

from datetime import date

from gezhi.documents import actions, queries
from gezhi.documents.models import Link, Version
from gezhi.documents.rules.clause_text import Shape, find_gaps, parse_clauses
from tests.documents.desk import Desk

SINCE = date(2026, 1, 5)


def install(desk: Desk) -> dict[str, Version]:
    setting = actions.Setting(
        city="海城市",
        editions=("2026",),
        area="3709",
        valid_from=SINCE,
        draft_from=desk.day(30),
        approved_at=desk.clock(),
        author=desk.actor("kang"),
        approver=desk.actor("mo"),
    )
    entered = actions.install_documents(setting, ids=desk.ids)
    return {title: Version.objects.get(id=version_id) for title, version_id in entered.items()}


def test_the_four_documents_of_every_city_and_one_draft_are_shipped(desk: Desk) -> None:
    entered = install(desk)
    assert {title: version.state for title, version in entered.items()} == {
        "海城市数字化城市管理运行方案": "approved",
        "海城市数字化城市管理考核办法": "approved",
        "海城市城市管理责任确权标准": "approved",
        "海城市城市管理指挥手册": "approved",
        "海城市雨雪冰冻天气城市管理应急处置补充规定": "submitted",
    }


def test_the_shipped_texts_are_whole(desk: Desk) -> None:
    for version in Version.objects.filter(id__in=[one.id for one in install(desk).values()]):
        clauses = parse_clauses(version.text)
        articles = [one for one in clauses if one.shape is Shape.CLAUSE]
        assert "{" not in version.text + version.issue_no
        assert find_gaps(clauses) == []
        assert 8 < len(articles) <= 30


def test_the_later_version_ends_the_earlier_one(desk: Desk) -> None:
    rules = install(desk)["海城市数字化城市管理考核办法"]
    first, second = Version.objects.filter(document_id=rules.document_id).order_by("number")
    assert (first.valid_from, first.valid_to) == (date(2025, 1, 1), date(2026, 1, 4))
    assert (second.valid_from, second.valid_to, second.issue_no) == (SINCE, None, "城管〔2026〕2 号")


def test_the_draft_can_be_approved(desk: Desk) -> None:
    draft = install(desk)["海城市雨雪冰冻天气城市管理应急处置补充规定"]
    assert (desk.decide(draft).state, draft.valid_from) == ("approved", desk.day(30))


def test_every_kind_of_application_and_every_major_class_has_its_clause(desk: Desk) -> None:
    install(desk)
    for kind in ("send_back", "extension", "suspension", "void", "appeal"):
        assert len(queries.clauses_for("", [kind], desk.today)) >= 4
    linked = set(Link.objects.filter(subject_kind="class").values_list("subject_key", flat=True))
    majors = {key for key in queries.class_names() if key.startswith("2026-") and len(key.rpartition("-")[2]) == 2}
    other_parts = {"2026-part-05", "2026-matter-05"}
    assert linked == majors - other_parts


def test_the_operation_plan_speaks_first(desk: Desk) -> None:
    install(desk)
    rows = queries.clauses_for("", ["extension"], desk.today)
    assert [(one.version.document.kind, one.clause.label) for one in rows if one.clause][:2] == [
        ("operation-plan", "第十九条"),
        ("operation-plan", "第二十三条"),
    ]


def test_installing_again_changes_nothing(desk: Desk) -> None:
    first = install(desk)
    again = install(desk)
    assert {title: one.id for title, one in first.items()} == {title: one.id for title, one in again.items()}


def test_receipts_are_entered_in_bulk(desk: Desk) -> None:
    version = install(desk)["海城市城市管理指挥手册"]
    actions.install_receipts(version.id, [(desk.actor("bao"), desk.clock()), (desk.actor("bao"), desk.clock() + 9)])
    assert queries.reading_progress(version, on=desk.today).read == 1

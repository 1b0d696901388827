from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gezhi.documents import actions
from gezhi.plumbing.clock import system_clock
from tests.documents.desk import LINKS, TEXT, Desk

PDF = b"%PDF-1.7\n%%EOF"
LINKED = [{"anchor": one.anchor, "subject_kind": one.subject_kind, "subject_key": one.subject_key} for one in LINKS]


@pytest.fixture(autouse=True)
def _now(desk: Desk) -> None:
    """The doors ask the machine's own clock."""
    desk.clock.now = system_clock()


@pytest.fixture
def body(desk: Desk) -> dict[str, Any]:
    return {
        "title": "延期审批办法",
        "kind": "assessment-rules",
        "text": TEXT,
        "valid_from": desk.today,
        "must_read": ["handler"],
        "links": LINKED,
        "issue_no": "城管〔2026〕9 号",
    }


def test_a_document_goes_from_draft_to_its_reader(signed_in: Callable[[str], Any], body: dict[str, Any]) -> None:
    writer = signed_in("kang")
    answer = writer.call("POST", "/documents", body)
    made = answer.json()
    version = f"/documents/versions/{made['shown']['id']}"
    assert (answer.status_code, made["area"], made["shown"]["allowed"]) == (201, "3709", ["edit", "submit", "discard"])
    sent = writer.call("POST", f"{version}/submission", {"edit": 1}).json()
    assert (sent["shown"]["standing"], sent["shown"]["allowed"]) == ("submitted", ["withdraw"])

    leader = signed_in("mo")
    assert leader.call("GET", f"/documents/{made['id']}").json()["shown"]["allowed"] == ["decide"]
    decided = leader.call("POST", f"{version}/decision", {"edit": 1, "granted": True, "text": "同意"}).json()
    assert (decided["shown"]["standing"], decided["shown"]["allowed"]) == ("in_force", ["end"])

    reader = signed_in("fang")
    page = reader.call("GET", "/documents?to_read=true").json()
    assert (page["to_read"], page["items"][0]["to_read"], page["items"][0]["title"]) == (1, True, "延期审批办法")
    found = reader.call("GET", "/documents/search?q=申请延期").json()["items"]
    assert [(one["label"], one["heading"]) for one in found] == [("第二条", "第一章 总则"), ("第一条", "第一章 总则")]
    assert [piece["text"] for piece in found[0]["excerpt"] if piece["hit"]] == ["申请延期"]
    read = reader.call("POST", f"{version}/receipts").json()["shown"]
    assert (read["to_read"], read["progress"], read["text"], read["steps"]) == (False, {"total": 1, "read": 1}, "", [])
    assert reader.call("GET", "/documents?to_read=true").json()["items"] == []


def test_a_draft_is_changed_withdrawn_and_discarded(signed_in: Callable[[str], Any], body: dict[str, Any]) -> None:
    api = signed_in("kang")
    made = api.call("POST", "/documents", body).json()
    version = f"/documents/versions/{made['shown']['id']}"
    edited = {name: value for name, value in body.items() if name not in {"title", "kind", "area"}} | {"edit": 1}
    assert api.call("PUT", version, {**edited, "title": "另一标题"}).status_code == 422
    changed = api.call("PUT", version, {**edited, "changes": "增加第四条", "text": TEXT + "\n第四条 丁。"}).json()
    assert (changed["shown"]["edit"], changed["shown"]["changes"]) == (2, "增加第四条")
    assert api.call("PUT", version, edited).json()["code"] == "documents.versions.edited-meanwhile"
    api.call("POST", f"{version}/submission", {"edit": 2})
    assert api.call("DELETE", f"{version}/submission").json()["shown"]["standing"] == "draft"
    assert api.call("DELETE", version).status_code == 204
    assert api.call("GET", f"/documents/{made['id']}").status_code == 404


def test_a_return_needs_its_reason(signed_in: Callable[[str], Any], desk: Desk) -> None:
    version = f"/documents/versions/{desk.submitted().id}"
    api = signed_in("mo")
    refused = api.call("POST", f"{version}/decision", {"edit": 1, "granted": False})
    assert (refused.status_code, refused.json()["code"]) == (422, "documents.versions.reason-missing")
    answer = api.call("POST", f"{version}/decision", {"edit": 1, "granted": False, "text": "期限不明"}).json()
    assert [(step["kind"], step["user"], step["text"]) for step in answer["shown"]["steps"]] == [
        ("drafted", "康督", ""),
        ("submitted", "康督", ""),
        ("returned", "莫市长", "期限不明"),
    ]


def test_a_version_is_repealed_and_followed(signed_in: Callable[[str], Any], desk: Desk, body: dict[str, Any]) -> None:
    version = desk.in_force()
    answer = signed_in("mo").call(
        "POST", f"/documents/versions/{version.id}/end", {"last_day": desk.day(30), "text": "并入新办法"}
    )
    assert answer.json()["shown"]["valid_to"] == desk.day(30).isoformat()
    api = signed_in("kang")
    content = {name: value for name, value in body.items() if name not in {"title", "kind", "area"}}
    made = api.call("POST", f"/documents/{version.document_id}/versions", {**content, "valid_from": desk.day(9)})
    assert (made.status_code, made.json()["shown"]["number"]) == (201, 2)
    listed = api.call("GET", "/documents").json()["items"][0]
    assert (listed["version"]["number"], listed["unfinished"]["number"]) == (1, 2)


def test_versions_are_compared_clause_by_clause(signed_in: Callable[[str], Any], desk: Desk) -> None:
    first = desk.in_force()
    second = desk.approved(desk.next_draft(first, text=TEXT.replace("应当在", "必须在"), days=3))
    answer = signed_in("fang").call("GET", f"/documents/versions/{second.id}/compare").json()
    assert (answer["old"]["number"], answer["new"]["standing"]) == (1, "upcoming")
    changed = [pair for pair in answer["items"] if pair["change"] == "changed"]
    stretches = [(one["kind"], one["text"]) for one in changed[0]["stretches"][1:3]]
    assert stretches == [("removed", "应当"), ("added", "必须")]
    alone = signed_in("fang").call("GET", f"/documents/versions/{first.id}/compare").json()
    assert (alone["old"], {pair["change"] for pair in alone["items"]}) == (None, {"added"})


def test_an_older_version_stays_readable(signed_in: Callable[[str], Any], desk: Desk) -> None:
    first = desk.in_force()
    other = desk.in_force(title="别的办法")
    api = signed_in("fang")
    page = api.call("GET", f"/documents/{first.document_id}?version={first.id}").json()
    assert [clause["anchor"] for clause in page["shown"]["clauses"]] == ["h1", "1", "2", "h2", "3"]
    assert api.call("GET", f"/documents/{first.document_id}?version={other.id}").status_code == 404


def test_an_attached_file_is_saved_and_never_shown(signed_in: Callable[[str], Any], desk: Desk) -> None:
    api, version = signed_in("kang"), desk.draft()
    address = f"/api/v1/documents/versions/{version.id}/file"
    assert api.get(address).status_code == 404
    stored = api.post(address, {"file": SimpleUploadedFile("盖章 版.pdf", PDF)}).json()["shown"]
    assert (stored["file"]["name"], stored["file"]["size"], stored["file"]["url"]) == ("盖章 版.pdf", len(PDF), address)
    desk.decide(desk.submitted(type(version).objects.get(id=version.id)))
    answer = signed_in("fang").get(address)
    assert answer.content == PDF
    assert {name: answer[name] for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": (
            "attachment; filename=\"document.pdf\"; filename*=UTF-8''%E7%9B%96%E7%AB%A0%20%E7%89%88.pdf"
        ),
        "X-Content-Type-Options": "nosniff",
    }
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_bad_file_is_refused(signed_in: Callable[[str], Any], desk: Desk) -> None:
    api, version = signed_in("kang"), desk.draft()
    file = SimpleUploadedFile("a.pdf", b"<html>")
    answer = api.post(f"/api/v1/documents/versions/{version.id}/file", {"file": file})
    assert (answer.status_code, answer.json()["code"]) == (422, "documents.attachment.wrong-kind")


def test_receipts_are_paged_with_their_progress(signed_in: Callable[[str], Any], desk: Desk) -> None:
    version = desk.in_force(must_read=("handler", "duty-officer", "dispatcher"))
    actions.confirm_reading(version.id, actor=desk.actor("bao"), clock=desk.clock)
    api, address = signed_in("kang"), f"/documents/versions/{version.id}/receipts"
    first = api.call("GET", f"{address}?limit=2").json()
    rest = api.call("GET", f"{address}?limit=2&cursor={first['next_cursor']}").json()
    assert [one["name"] for one in first["items"] + rest["items"]] == ["安然", "鲍远", "方圆"]
    assert (first["progress"], rest["next_cursor"]) == ({"total": 3, "read": 1}, None)
    assert [one["name"] for one in api.call("GET", f"{address}?read=true").json()["items"]] == ["鲍远"]


def test_the_clauses_of_a_case_say_why_they_apply(signed_in: Callable[[str], Any], desk: Desk) -> None:
    desk.in_force()
    asked = "/documents/clauses?class_key=2026-matter-06010&approvals=extension,void,nonsense&place=370902"
    items = signed_in("an").call("GET", asked).json()["items"]
    assert [(one["label"], one["because"][0]["zh"]) for one in items] == [("第二条", "延期"), ("第一条", "市容环境类")]
    none = signed_in("an").call("GET", "/documents/clauses?class_key=nonsense").json()
    assert none["items"] == []


def test_a_writer_is_told_what_there_is_to_choose_and_what_a_text_becomes(signed_in: Callable[[str], Any]) -> None:
    api = signed_in("lu")
    form = api.call("GET", "/documents/form").json()
    assert form["areas"][0]["key"] == "370902"
    assert "channel" not in form["roles"]
    assert form["classes"][0] == {"key": "2026-matter-01", "zh": "市政公用设施类", "en": form["classes"][0]["en"]}
    preview = api.call("POST", "/documents/preview", {"text": "第一条 甲。\n第三条 乙。"}).json()
    assert ([one["label"] for one in preview["clauses"]], preview["gaps"]) == (
        ["第一条", "第三条"],
        [{"after": "第一条", "found": "第三条"}],
    )
    assert api.call("POST", "/documents/preview", {"text": " "}).json()["code"] == "documents.text.empty"


def test_pages_of_the_list_follow_each_other(signed_in: Callable[[str], Any], desk: Desk) -> None:
    for number in range(5):
        desk.in_force(title=f"办法{number}")
        desk.clock.advance(1 if number % 2 else 0)
    api = signed_in("fang")
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = api.call("GET", f"/documents?limit=2&cursor={cursor}").json()
        seen += [one["title"] for one in page["items"]]
        cursor = page["next_cursor"]
    assert seen == ["办法4", "办法3", "办法2", "办法1", "办法0"]
    assert api.call("GET", "/documents?cursor=x").json()["code"] == "plumbing.doors.bad-cursor"


def test_the_same_request_again_makes_one_document(signed_in: Callable[[str], Any], body: dict[str, Any]) -> None:
    api = signed_in("kang")
    first = api.call("POST", "/documents", body, **{"Idempotency-Key": "one"}).json()
    again = api.call("POST", "/documents", body, **{"Idempotency-Key": "one"}).json()
    assert first["shown"]["id"] == again["shown"]["id"]
    assert api.call("POST", "/documents", body, **{"Idempotency-Key": "two"}).status_code == 409
    assert signed_in("both").call("POST", "/documents", body, **{"Idempotency-Key": "one"}).status_code == 409


@pytest.mark.parametrize("field", ["text", "title", "issue_no", "changes"])
def test_a_text_with_a_nul_is_refused(signed_in: Callable[[str], Any], body: dict[str, Any], field: str) -> None:
    answer = signed_in("kang").call("POST", "/documents", {**body, field: "a\x00b"})
    told = answer.json()
    assert (answer.status_code, told["code"], told["field"]) == (422, "plumbing.body.bad-text", f"body.{field}")


def test_a_reader_writes_and_approves_nothing(signed_in: Callable[[str], Any], body: dict[str, Any]) -> None:
    api = signed_in("fang")
    assert api.call("POST", "/documents", body).json()["code"] == "people.policy.not-granted"
    nowhere = "/documents/versions/00000000-0000-7000-8000-000000000000/decision"
    assert api.call("POST", nowhere, {"edit": 1, "granted": True}).status_code == 403
    assert signed_in("kang").call("POST", nowhere, {"edit": 1, "granted": True}).status_code == 403


def test_the_pages_cost_a_constant_number_of_statements(
    signed_in: Callable[[str], Any], desk: Desk, statement_count: Callable[[], Any]
) -> None:
    version = desk.in_force()
    for number in range(3):
        desk.in_force(title=f"办法{number}")
    api = signed_in("fang")
    asked = {
        "/documents": 5,
        "/documents/search?q=延期": 2,
        "/documents/clauses?class_key=2026-matter-06010&approvals=extension": 3,
        f"/documents/{version.document_id}": 10,
    }
    costs = {}
    for address in asked:
        api.call("GET", address)
        with statement_count() as counted:
            api.call("GET", address)
        costs[address] = counted.total
    assert costs == asked

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.urls import path


@pytest.fixture(autouse=True)
def _mounted(settings: Any) -> None:
    """The administration alone, under its own address."""
    from gezhi.assembly import urls
    from gezhi.people.admin import site

    mounted = ModuleType("mounted")
    others = [one for one in urls.urlpatterns if not str(one.pattern).startswith("admin/")]
    mounted.urlpatterns = [path("admin/", site.urls), *others]  # type: ignore[attr-defined]
    settings.ROOT_URLCONF = mounted


@pytest.mark.parametrize("page", ["organisation", "post", "user"])
def test_a_keeper_of_the_system_reads_every_register(
    sign_in: Callable[..., Any], api: Any, city: SimpleNamespace, page: str
) -> None:
    sign_in("gu")
    assert api.get("/admin/").status_code == 200
    listed = api.get(f"/admin/people/{page}/")
    assert listed.status_code == 200
    first = {"organisation": city.bodies["jd"], "post": city.posts["crew"], "user": city.users["an"]}[page]
    shown = api.get(f"/admin/people/{page}/{first}/change/")
    assert shown.status_code == 200
    assert 'name="_save"' not in shown.content.decode()
    assert "pbkdf2" not in shown.content.decode()
    assert "md5" not in shown.content.decode()


@pytest.mark.parametrize("action", ["add/", "{id}/delete/"])
def test_nothing_is_added_or_deleted_behind_the_actions(
    sign_in: Callable[..., Any], api: Any, city: SimpleNamespace, action: str
) -> None:
    sign_in("gu")
    address = f"/admin/people/organisation/{action.format(id=city.bodies['parks'])}"
    assert api.get(address).status_code == 403


def test_a_change_that_calls_no_action_is_refused(sign_in: Callable[..., Any], api: Any, city: SimpleNamespace) -> None:
    from gezhi.people.models import Organisation

    sign_in("gu")
    token = api.cookies["gezhi_csrf"].value
    body = city.bodies["parks"]
    response = api.post(f"/admin/people/organisation/{body}/change/", {"name": "改名", "csrfmiddlewaretoken": token})
    assert response.status_code == 403
    assert Organisation.objects.get(id=body).name == "园林处"


def test_who_has_not_signed_in_is_sent_to_the_desk(api: Any, city: SimpleNamespace) -> None:
    response = api.get("/admin/", follow=False)
    assert response.status_code == 302
    assert api.get(response["Location"])["Location"] == "/desk/"


def test_another_post_is_told_why_it_stays_shut(sign_in: Callable[..., Any], api: Any) -> None:
    sign_in("an")
    response = api.get("/admin/", follow=True)
    assert response.status_code == 403
    assert "没有“维护系统设置”的权限" in response.content.decode()


def test_passwords_are_not_changed_here(sign_in: Callable[..., Any], api: Any) -> None:
    sign_in("gu")
    assert api.get("/admin/password_change/").status_code == 404


ODD = ["%00", "a%00b", "%ED%A0%80", "9" * 30, "-1", "1e308", "nan", "x", "_5F", "%", "..%2f", "9999-99-99", "'"]
PLACES = [
    *(
        "?q={}",
        "?p={}",
        "?o={}",
        "?all={}",
        "?e={}",
        "?{}=1",
        "?id__exact={}",
        "?valid_from__gte={}",
        "?name__regex={}",
    ),
    *("{}/change/", "{}/history/", "{}/delete/", "{}/", "add/?name={}", "autocomplete/?term={}"),
]


@pytest.mark.parametrize("page", ["organisation", "post", "user"])
def test_whatever_stands_in_an_address_of_the_administration_is_no_crash(
    sign_in: Callable[..., Any], api: Any, city: SimpleNamespace, page: str
) -> None:
    sign_in("gu")
    api.raise_request_exception = False
    wrong = []
    for place in PLACES:
        for odd in ODD:
            with transaction.atomic():
                answer = api.get(f"/admin/people/{page}/{place.format(odd)}")
                transaction.set_rollback(True)
            if answer.status_code >= 500:
                wrong.append(f"{place} {odd}: {answer.status_code}")
    assert wrong == []

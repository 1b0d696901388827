"""The door of the demo city: the accounts that anybody may try it with."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Schema

from gezhi.kernel.permissions import Permission
from gezhi.people.queries import day_of, held_directory, list_accounts_by_role
from gezhi.plumbing.clock import system_clock
from gezhi.plumbing.doors import Router
from gezhi.simulation.queries import get_simulated_city, read_demo

router = Router(tags=["installation"])


class DemoAccountOut(Schema):
    username: str
    password: str
    name: str
    role: str
    organisation: str


class DemoAccountsOut(Schema):
    items: list[DemoAccountOut]


@router.get("/demo/accounts", permission=Permission.PUBLIC, response=DemoAccountsOut)
def list_demo_accounts(request: HttpRequest) -> DemoAccountsOut:  # noqa: ARG001
    """One account per role of the demo city, with the password that they share; none where no demo city is served."""
    if get_simulated_city() is None:
        return DemoAccountsOut(items=[])
    directory, password = held_directory(), str(read_demo()["password"])
    accounts = [
        DemoAccountOut(
            username=user.username,
            password=password,
            name=user.name,
            role=posts[0].role.value,
            organisation=directory.organisations[posts[0].organisation_id].name,
        )
        for user, posts in list_accounts_by_role(on=day_of(system_clock()))
        if posts
    ]
    return DemoAccountsOut(items=accounts)

"""首任管理员: who signs in first, the first person of the folder in a post of system administrator."""

from __future__ import annotations

from gezhi.founding.rules.city import CityToFound
from gezhi.kernel.permissions import Role
from gezhi.kernel.problems import Problem
from gezhi.people.rules.directory import is_valid


class NoAdministrator(Problem):
    code = "founding.first-administrator.missing"
    status = 422
    title = "人员中没有人自 {on} 起担任系统管理员，建库后谁也不能登录；请在 posts.csv 和 people.csv 中补上。"
    title_en = "Nobody is a system administrator on {on}, so no one could sign in; add one to posts.csv and people.csv."


def first_administrator(city: CityToFound) -> str:
    """The user name of whoever can sign in first on the first day, or the Problem that nobody can."""
    on = city.effective
    posts = {
        post.code
        for post in city.posts
        if post.role is Role.ADMINISTRATOR and is_valid(post.valid_from, post.valid_to, on)
    }
    for person in city.people:
        if posts.intersection(person.post_codes) and is_valid(person.active_from, person.active_to, on):
            return person.username
    raise NoAdministrator(on=on)

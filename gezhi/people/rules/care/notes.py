"""提示: what speaks against no act and should be known before it is stored."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from gezhi.people.rules.care.plan import Facts, Note
from gezhi.people.rules.directory import PostFacts, UserFacts


def late(facts: Facts, valid_from: date) -> list[Note]:
    if valid_from >= facts.today:
        return []
    return [Note(f"生效日 {valid_from} 已过，属于补登记。", f"{valid_from} has passed already: this is entered late.")]


def vacant(facts: Facts, user: UserFacts | None, post_ids: Iterable[int], on: date) -> list[Note]:
    notes = []
    for post_id in post_ids:
        others = [one for one in facts.directory.holders_of(post_id, on) if user is None or one.id != user.id]
        if not others:
            post = facts.directory.posts[post_id]
            body = facts.directory.organisations[post.organisation_id]
            notes.append(Note(
                f"自 {on} 起，“{body.name} {post.title}”无人在岗。",
                f"From {on} on nobody is in the post “{post.title_en or post.title}” of {body.name_en or body.name}.",
            ))  # fmt: skip
    return notes


def over(facts: Facts, posts: Iterable[PostFacts], on: date) -> list[Note]:
    notes = []
    for post in posts:
        held = len(facts.directory.holders_of(post.id, on))
        if post.establishment is not None and held >= post.establishment:
            notes.append(Note(
                f"“{post.title}”编制 {post.establishment} 人，办理后为 {held + 1} 人，属于超编。",
                f"“{post.title_en or post.title}” is for {post.establishment}; with this it holds {held + 1}.",
            ))  # fmt: skip
    return notes

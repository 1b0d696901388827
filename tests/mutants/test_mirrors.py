"""A rule is tested where its path says: `gezhi/<capability>/rules/x.py` in `tests/<capability>/rules/test_x.py`."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.guards.source import PACKAGE, ROOT, TESTS, python_files, tree_of

COMPUTING = (ast.If, ast.IfExp, ast.For, ast.While, ast.comprehension, ast.Compare, ast.BoolOp, ast.BinOp)
"""A file without any of these in a function declares words, tables or shapes, and needs no test of its own."""

# Tested elsewhere, with the file that does it. The list becomes shorter, never longer without need.
ELSEWHERE = {
    # on the way through a case: every step stands whole on the page that this test compares
    "cases/rules/steps/field_tasks.py": "cases/rules/test_whole_steps.py",
    "cases/rules/steps/handling.py": "cases/rules/test_whole_steps.py",
    "cases/rules/steps/reviewing.py": "cases/rules/test_whole_steps.py",
    # at every cell of status, command and role
    "cases/rules/decide.py": "cases/rules/test_stages.py",
    # by all who use the shape
    "cases/rules/applications/kind.py": "cases/rules/applications/test_kinds.py",
    # by every act that they speak against or that they carry
    "people/rules/care/hands_free.py": "people/rules/care/test_people.py",
    "people/rules/care/last_administrator.py": "people/rules/care/test_people.py",
    "people/rules/care/notes.py": "people/rules/care/test_people.py",
    "people/rules/care/plan.py": "people/rules/care/test_bodies.py",
    "people/rules/care/reach.py": "people/rules/care/test_people.py",
    "people/rules/held_posts.py": "people/rules/test_directory.py",
    "catalog/rules/classes.py": "catalog/rules/test_catalog.py",
    "catalog/rules/derive_rows.py": "catalog/test_actions.py",
    "desks/rules/overview.py": "desks/rules/test_piles.py",
    "desks/rules/shifts/sheet.py": "desks/test_shift.py",
    "documents/rules/area.py": "documents/rules/test_versions.py",
    "documents/rules/numerals.py": "documents/rules/test_clause_text.py",
    "documents/rules/presets.py": "documents/test_install.py",
    "people/rules/scope.py": "people/rules/test_directory.py",
    "people/rules/tokens.py": "people/rules/test_session_limits.py",
    "founding/rules/changes/plan_words.py": "founding/rules/changes/test_plan.py",
    # the parts of an invented city are looked at in the city that they make
    "regions/rules/street_network.py": "regions/rules/test_ground.py",
    "simulation/rules/acting.py": "simulation/test_sixty_days.py",
    "simulation/rules/acting_approvals.py": "simulation/test_sixty_days.py",
    "simulation/rules/applying.py": "simulation/test_sixty_days.py",
    "simulation/rules/duplicates.py": "simulation/rules/test_demand.py",
    "simulation/rules/pace.py": "simulation/rules/test_journey.py",
    "simulation/rules/place_names.py": "simulation/rules/test_texts.py",
    "simulation/rules/scene_pen.py": "simulation/rules/test_street_scene.py",
    "simulation/rules/scene_subjects.py": "simulation/rules/test_street_scene.py",
    "simulation/rules/shapes.py": "simulation/rules/test_street_scene.py",
    "simulation/rules/who_acts.py": "simulation/test_sixty_days.py",
    "supervision/rules/accountability.py": "supervision/rules/test_accountability_rules.py",
    "supervision/rules/available.py": "supervision/rules/test_own_unit.py",
    "supervision/rules/key_lists.py": "supervision/test_automatic.py",
    "supervision/rules/meetings.py": "supervision/rules/test_ownerless.py",
    "supervision/rules/order_steps.py": "supervision/rules/test_own_unit.py",
    "supervision/rules/terms.py": "supervision/test_actions.py",
    "telling/rules/audiences.py": "telling/rules/test_staff_news.py",
    "telling/rules/spoken.py": "telling/rules/test_plain_words.py",
}


def _computes(path: Path) -> bool:
    return any(
        isinstance(part, COMPUTING)
        for function in ast.walk(tree_of(path))
        if isinstance(function, ast.FunctionDef)
        for part in ast.walk(function)
    )


def _mirror(path: Path) -> Path:
    return TESTS / path.relative_to(PACKAGE).parent / f"test_{path.name}"


RULES = [
    path
    for path in python_files(PACKAGE)
    if ("rules" in path.parts or "kernel" in path.parts) and path.name != "__init__.py" and _computes(path)
]


def test_a_rule_is_tested_where_its_path_says() -> None:
    names = {path.relative_to(PACKAGE).as_posix() for path in RULES if not _mirror(path).exists()}
    assert names - ELSEWHERE.keys() == set()


def test_the_list_of_exceptions_holds_no_more_than_is_needed() -> None:
    needed = {path.relative_to(PACKAGE).as_posix() for path in RULES if not _mirror(path).exists()}
    assert ELSEWHERE.keys() - needed == set()
    assert [test for test in ELSEWHERE.values() if not (TESTS / test).exists()] == []


def test_a_test_of_a_rule_has_the_name_of_a_rule_or_says_what_it_is_about() -> None:
    """What lies among the tests of rules under another name tests several of them: laws, whole steps, cells."""
    others = {
        path.relative_to(TESTS).as_posix()
        for path in TESTS.glob("*/rules/**/test_*.py")
        if not (PACKAGE / path.relative_to(TESTS).parent / path.name.removeprefix("test_")).exists()
        and not (PACKAGE / path.relative_to(TESTS).parent / path.stem.removeprefix("test_")).is_dir()
    }
    assert others == {
        "calendars/rules/test_working_time_laws.py",
        "cases/rules/test_second_objects.py",
        "cases/rules/test_whole_steps.py",
    }


def test_the_root_is_the_repository() -> None:
    assert (ROOT / "pyproject.toml").exists()
    assert len(RULES) > 100

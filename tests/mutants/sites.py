"""Where a rule file can be made wrong at one place, and the wrong code for each place.

One change at a time: a comparison, an operator, `and` for `or`, a number or a truth value, a branch turned round, a
check dropped, an argument dropped, an element of a tuple, list, set or dictionary dropped. Texts are left alone, and
the status of a problem, which its page says.
"""

from __future__ import annotations

import ast
import copy
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import CodeType
from typing import Final, NamedTuple

COMPARISONS: Final[dict[type[ast.cmpop], type[ast.cmpop]]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
OPERATORS: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.Div: ast.Mult,
    ast.Mod: ast.FloorDiv, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
# Fields in which nothing is computed.
SILENT: Final = frozenset({"annotation", "returns", "decorator_list", "type_comment", "bases", "ctx"})
TYPES: Final = frozenset(
    {"tuple", "list", "set", "frozenset", "dict", "type", "Callable", "Mapping", "Sequence", "NDArray"}
)


class Site(NamedTuple):
    """One possible change: what it replaces is found again by `parent`, `field` and `place`."""

    owner: str  # the function or method, or the name that a table is assigned to
    line: int
    change: str
    function: str | None  # the outermost function around it; None: runs at import
    parent: ast.AST
    field: str
    place: int | None
    new: ast.AST

    @property
    def key(self) -> str:
        """Stays the same when lines move."""
        return f"{self.owner}: {self.change}"


def sites_of(tree: ast.Module) -> list[Site]:
    """In the order of the lines; a change that comes twice in one function is numbered."""
    seen: Counter[tuple[str, str]] = Counter()
    sites = []
    for site in _walk(tree, "", None):
        seen[site.owner, site.change] += 1
        count = seen[site.owner, site.change]
        sites.append(site if count == 1 else site._replace(change=f"{site.change} #{count}"))
    return sites


def code_with(tree: ast.Module, site: Site | None, path: Path) -> CodeType:
    """The code of the whole file with this one change. The tree is afterwards as before."""
    if site is None:
        return compile(tree, str(path), "exec")
    old = getattr(site.parent, site.field)
    changed = site.new if site.place is None else [*old[: site.place], site.new, *old[site.place + 1 :]]
    setattr(site.parent, site.field, changed)
    try:
        return compile(ast.fix_missing_locations(tree), str(path), "exec")
    finally:
        setattr(site.parent, site.field, old)


def _walk(parent: ast.AST, owner: str, function: str | None) -> Iterator[Site]:
    for field, value in ast.iter_fields(parent):
        if field in SILENT or (isinstance(parent, ast.ClassDef) and field == "keywords"):
            continue
        for index, node in enumerate(value) if isinstance(value, list) else ((None, value),):
            if not isinstance(node, ast.AST) or _is_silent(node):
                continue
            inner, inside = _scope(node, owner, function)
            for new, change in _changes(node):
                line = getattr(node, "lineno", 0)
                yield Site(inner or "module", line, change, inside, parent, field, index, new)
            yield from _walk(node, inner, inside)


def _scope(node: ast.AST, owner: str, function: str | None) -> tuple[str, str | None]:
    dotted = f"{owner}." if owner else ""
    match node:
        case ast.FunctionDef(name=name):
            return f"{dotted}{name}", function or f"{dotted}{name}"
        case ast.ClassDef(name=name):
            return f"{dotted}{name}", function
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)) if function is None:
            return f"{dotted}{name}", function
    return owner, function


def _is_silent(node: ast.AST) -> bool:
    match node:
        case ast.JoinedStr() | ast.Import() | ast.ImportFrom():
            return True
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.Assign(targets=[ast.Name(id="__all__" | "status")]):
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.Tuple(ctx=ast.Store()) | ast.List(ctx=ast.Store()):
            return True
        case ast.Subscript(value=ast.Name(id=name)):
            return name in TYPES
    return False


def _changes(node: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    match node:
        case ast.Compare(ops=ops):
            for place, operator in enumerate(ops):
                yield _with(node, ops=[*ops[:place], COMPARISONS[type(operator)](), *ops[place + 1 :]])
        case ast.BinOp(op=operator) if type(operator) in OPERATORS:
            yield _with(node, op=OPERATORS[type(operator)]())
        case ast.BoolOp(op=operator):
            yield _with(node, op=ast.Or() if isinstance(operator, ast.And) else ast.And())
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield operand, _arrow(node, operand)
        case ast.Constant(value=bool(value)):
            yield _with(node, value=not value)
        case ast.Constant(value=int(value) | float(value)):
            yield _with(node, value=value + 1)
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            turned = _copy(node, test=ast.UnaryOp(ast.Not(), test))
            yield turned, f"branch turned round: {_text(test)}"
        case ast.Expr(value=ast.Call() as call):
            yield ast.Pass(), f"dropped: {_text(call)}"
    yield from _dropped(node)


def _dropped(node: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    match node:
        case ast.Call(keywords=keywords):
            for place, keyword in enumerate(keywords):
                less = _copy(node, keywords=[*keywords[:place], *keywords[place + 1 :]])
                yield less, f"{_text(node.func)}(…) without {_text(keyword)}"
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            for place, part in enumerate(parts):
                if _is_text(part):
                    continue
                rest = [*parts[:place], *parts[place + 1 :]]
                empty = isinstance(node, ast.Set) and not rest
                less = ast.Call(ast.Name("set", ast.Load()), [], []) if empty else _copy(node, elts=rest)
                yield less, f"{type(node).__name__.lower()} without {_text(part)}"
        case ast.Dict(keys=keys, values=values):
            for place, key in enumerate(keys):
                rest = [*values[:place], *values[place + 1 :]]
                less = _copy(node, keys=[*keys[:place], *keys[place + 1 :]], values=rest)
                yield less, f"dict without {_text(key) if key else '**' + _text(values[place])}"
        case ast.comprehension(ifs=conditions):
            for place, condition in enumerate(conditions):
                less = _copy(node, ifs=[*conditions[:place], *conditions[place + 1 :]])
                yield less, f"for … in without if {_text(condition)}"


def _is_text(node: ast.AST) -> bool:
    """Words for people, as in a pair of two languages; a code is none."""
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and not re.fullmatch(r"[\w.*-]+", node.value, re.ASCII)
    )


def _copy(node: ast.AST, **fields: object) -> ast.AST:
    new = copy.copy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return new


def _with(node: ast.AST, **fields: object) -> tuple[ast.AST, str]:
    new = _copy(node, **fields)
    return new, _arrow(node, new)


def _arrow(old: ast.AST, new: ast.AST) -> str:
    return f"{_text(old)} → {_text(new)}"


def _text(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 60 else f"{text[:57]}…"

"""Finds the texts in the source that the command line shows to its users in English.

These are messages of errors, and help texts of commands and options. A text with values in it is a
template, as in ``{}: no such file``.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.support import ROOT

CALLS = {"error": 1, "fail": 0, "echo": 0, "UsageError": 0, "BadParameter": 0}
"""Functions that take a message, and the place of its argument."""


def messages() -> dict[str, str]:
    """Return the templates of messages in ``kg/``, each with the place where it first occurs."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "kg").rglob("*.py")):
        if "web" in path.parts and path.name != "server.py":
            # Programs read the errors of the server; its pages have texts of their own.
            continue
        for node, template in _templates(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(template, f"{path.relative_to(ROOT)}:{node.lineno}")
    return found


def _templates(tree: ast.AST) -> Iterator[tuple[ast.expr, str]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = node.func.id if isinstance(node.func, ast.Name) else name
        place = 0 if name.endswith("Error") else CALLS.get(name)
        if place is not None and len(node.args) > place:
            for expression in _branches(node.args[place]):
                if template := _template(expression):
                    yield node, template


def _branches(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.IfExp):
        yield from _branches(node.body)
        yield from _branches(node.orelse)
    else:
        yield node


def _template(node: ast.expr) -> str:
    """Return a text with ``{}`` in place of its values; empty for anything else."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
        )
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _template(node.left) or "{}", _template(node.right) or "{}"
        return left + right
    return ""

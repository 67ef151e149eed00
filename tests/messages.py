"""Finds the texts in the source that the command line shows to its users in English.

These are messages of errors, with the parts they are put together from, and help texts of commands
and options. A text with values in it is a template, as in ``{}: no such file``.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.support import ROOT

CALLS = {
    **dict.fromkeys(("fail", "echo", "warn", "say", "UsageError", "BadParameter"), 0),
    **dict.fromkeys(("error", "Detection"), 1),
}
"""Functions that take a message, and the first place where one of their arguments is one."""

PARTS = 3
"""Messages are put together from texts of variables and functions, to this depth."""


def messages() -> dict[str, str]:
    """Return the templates of messages in ``kg/``, each with the place where it first occurs."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "kg").rglob("*.py")):
        if "web" in path.parts and path.name != "server.py":
            # Programs read the errors of the server; its pages have texts of their own.
            continue
        for node, template in _Module(ast.parse(path.read_text(encoding="utf-8"))).templates():
            found.setdefault(template, f"{path.relative_to(ROOT)}:{node.lineno}")
    return found


class _Module:
    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree
        self.functions = {n.name: n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}

    def templates(self) -> Iterator[tuple[ast.expr, str]]:
        """Yield the messages with the expressions they come from."""
        for scope in (self.tree, *self.functions.values()):
            for node in ast.walk(scope):
                if isinstance(node, ast.Call):
                    for expression in _messages_of(node):
                        for template in self._all_of(expression, scope, PARTS):
                            yield expression, template

    def _all_of(self, node: ast.expr, scope: ast.AST, depth: int) -> Iterator[str]:
        """Yield the template of an expression, and those of its parts."""
        for branch in _branches(node):
            if template := _template(branch):
                yield template
            if depth:
                for part in _parts(branch):
                    for value in self._values(part, scope):
                        yield from self._all_of(value, scope, depth - 1)

    def _values(self, node: ast.expr, scope: ast.AST) -> Iterator[ast.expr]:
        """Yield what an expression may be: what is assigned to it, or what it returns."""
        if isinstance(node, ast.IfExp | ast.JoinedStr):
            yield node
        elif isinstance(node, ast.Name):
            for each in (*ast.walk(scope), *self.tree.body):
                if isinstance(each, ast.Assign | ast.AnnAssign) and each.value is not None:
                    target = each.target if isinstance(each, ast.AnnAssign) else each.targets[0]
                    yield from _assigned(target, each.value, node.id)
            if isinstance(scope, ast.FunctionDef):
                yield from self._given(scope, node.id)
        elif isinstance(node, ast.Subscript):
            yield from self._values(node.value, scope)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            for each in ast.walk(self.functions.get(node.func.id, ast.Pass())):
                if isinstance(each, ast.Return) and each.value is not None:
                    yield each.value

    def _given(self, function: ast.FunctionDef, parameter: str) -> Iterator[ast.expr]:
        """Yield what is given for a parameter of a function."""
        names = [each.arg for each in function.args.args]
        for call in ast.walk(self.tree) if parameter in names else ():
            if isinstance(call, ast.Call) and ast.unparse(call.func) == function.name:
                yield from call.args[names.index(parameter) :][:1]


def _messages_of(call: ast.Call) -> list[ast.expr]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    name = call.func.id if isinstance(call.func, ast.Name) else name
    place = 0 if name.endswith("Error") else CALLS.get(name)
    return [] if place is None else call.args[place:]


def _assigned(target: ast.expr, value: ast.expr, name: str) -> Iterator[ast.expr]:
    if isinstance(target, ast.Name) and target.id == name:
        yield from value.values if isinstance(value, ast.Dict) else (value,)
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, other in zip(target.elts, value.elts, strict=True):
            yield from _assigned(one, other, name)


def _parts(node: ast.expr) -> Iterator[ast.expr]:
    """Yield the values in a text, or a variable that holds it all."""
    if isinstance(node, ast.JoinedStr):
        yield from (part.value for part in node.values if isinstance(part, ast.FormattedValue))
    elif isinstance(node, ast.BinOp):
        yield from (*_parts(node.left), *_parts(node.right))
    else:
        yield node


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

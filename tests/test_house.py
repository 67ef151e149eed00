"""The house: a module imports only from the floors under its own, and there are no circles."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.support import ROOT

FLOORS = {
    10: ("__main__",),
    9: ("cli",),
    8: ("reports", "terminal"),
    7: ("graph",),
    6: (
        "build",
        "centrality",
        "findings",
        "match",
        "pictures",
        "profile",
        "queries",
        "relate",
        "search",
        "tables",
        "verify",
    ),
    5: ("views",),
    4: (
        "checks",
        "coverage",
        "entities",
        "export",
        "metrics",
        "proofs",
        "sentences",
        "sources",
        "statistics",
        "validate",
    ),
    3: ("index",),
    2: ("evidence", "headers", "identifiers", "spreadsheet", "store"),
    1: ("errors", "folding", "namespaces", "resources", "workers"),
}
FLOOR_OF = {room: floor for floor, rooms in FLOORS.items() for room in rooms}
MODULES = sorted((ROOT / "kg").rglob("*.py"))


def room(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def imported(file: Path) -> set[str]:
    """The modules of the project that a file imports, at its top or inside a function."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "kg":
            module = node.module or ""
            found |= {f"kg.{a.name}" for a in node.names} if module == "kg" else {module}
        elif isinstance(node, ast.Import):
            found |= {a.name for a in node.names if a.name.split(".")[0] == "kg"}
    return found


def only_for_types(file: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            for inner in node.body:
                if isinstance(inner, ast.ImportFrom):
                    names.add(inner.module or "")
    return names


def test_every_module_has_a_floor() -> None:
    rooms = {file.relative_to(ROOT / "kg").parts[0].removesuffix(".py") for file in MODULES}
    assert rooms - {"__init__", "articles"} == set(FLOOR_OF)


@pytest.mark.parametrize("file", MODULES, ids=lambda f: str(f.relative_to(ROOT)))
def test_imports_go_down(file: Path) -> None:
    own = file.relative_to(ROOT / "kg").parts[0].removesuffix(".py")
    if own == "__init__":
        return
    for module in imported(file) - only_for_types(file):
        other = room(module)
        if other and other != own:
            assert FLOOR_OF[other] < FLOOR_OF[own], f"{own} imports {module}"


def test_no_module_has_grown_past_its_room() -> None:
    for file in MODULES:
        assert len(file.read_text(encoding="utf-8").splitlines()) <= 310, file

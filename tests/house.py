"""Counts rooms, floors, arrows, upward arrows and circles of the house (the package ``kg``).

    python -m tests.house             this checkout
    python -m tests.house FOLDER      another one
    python -m tests.house --picture   the picture in CONTRIBUTING.md

A room is a package or module at the top of ``kg/``. An arrow is an import from one room by another,
at the top of a module or in a function; imports for type checking don't count. A circle is a group
of modules that import each other, directly or indirectly.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from pathlib import Path
from typing import NamedTuple

import grimp
import networkx as nx

ROOT = Path(__file__).resolve().parent.parent


class Count(NamedTuple):
    """The counts of a checkout; circles are counted among modules."""

    rooms: int
    floors: int
    arrows: int
    arrows_up: int
    circles: int
    modules: int


def imports(folder: Path = ROOT) -> grimp.ImportGraph:
    """Return the imports among the modules of ``kg`` in a checkout."""
    sys.path.insert(0, str(folder))
    try:
        return grimp.build_graph("kg", exclude_type_checking_imports=True, cache_dir=None)
    finally:
        sys.path.remove(str(folder))


def room(module: str) -> str:
    """Return the room of a module; ``kg`` for the package itself."""
    return module.split(".")[1] if "." in module else module


def edges(graph: grimp.ImportGraph) -> list[tuple[str, str]]:
    """Return all pairs of a module and a module that it imports."""
    return [
        (module, other)
        for module in graph.modules
        for other in graph.find_modules_directly_imported_by(module)
    ]


def circles(pairs: list[tuple[str, str]]) -> list[set[str]]:
    """Return the strongly connected groups of more than one node."""
    return [
        group for group in nx.strongly_connected_components(nx.DiGraph(pairs)) if len(group) > 1
    ]


def floors() -> list[list[str]]:
    """Return the floors listed in ``pyproject.toml``, from the top down."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    [contract] = (c for c in settings["tool"]["importlinter"]["contracts"] if c["id"] == "floors")
    return [layer.split(" | ") for layer in contract["layers"]]


def count(graph: grimp.ImportGraph) -> Count:
    """Count a checkout; the number of floors is that of rooms on the longest path of arrows."""
    pairs = edges(graph)
    rooms = {room(module) for module in graph.modules} - {"kg", "__main__"}
    arrows = {(room(a), room(b)) for a, b in pairs if room(a) != room(b)}
    whole = nx.DiGraph(sorted(arrows))
    flat = nx.condensation(whole)
    up = sum(any(a in group and b in group for group in circles(sorted(arrows))) for a, b in arrows)
    return Count(
        rooms=len(rooms),
        floors=nx.dag_longest_path_length(flat) + 1,
        arrows=len(arrows),
        arrows_up=up,
        circles=len(circles(pairs)),
        modules=len(graph.modules),
    )


def picture() -> str:
    """Return the house as text: a line for each room, an empty line between floors."""
    lines = []
    for floor in floors():
        lines += [f"{name:<14} {_summary(name)}" for name in floor] + [""]
    return "\n".join(lines).rstrip()


def _summary(name: str) -> str:
    path = ROOT / "kg" / name
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    text = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return text.partition("\n")[0]


def main(arguments: list[str]) -> None:
    """Print the picture or the counts."""
    if arguments == ["--picture"]:
        print(picture())
        return
    for name, number in count(imports(*map(Path, arguments)))._asdict().items():
        print(f"{name:<10} {number}")


if __name__ == "__main__":
    main(sys.argv[1:])

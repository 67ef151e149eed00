"""Counts the house: rooms, floors, arrows, arrows that run up, circles.

    python -m tests.house             this checkout
    python -m tests.house FOLDER      another one
    python -m tests.house --picture   the picture of CONTRIBUTING.md

A room is what stands at the top of ``kg/``; an arrow is that one room imports from another, at the
top of a module or inside a function, though not only for types. A circle is a group of modules that
reach each other by imports.
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
    """What one looks at: how many there are of each."""

    rooms: int
    floors: int
    arrows: int
    arrows_up: int
    circles: int
    modules: int


def imports(folder: Path = ROOT) -> grimp.ImportGraph:
    """Who imports whom among the modules of ``kg`` in a checkout."""
    sys.path.insert(0, str(folder))
    try:
        return grimp.build_graph("kg", exclude_type_checking_imports=True, cache_dir=None)
    finally:
        sys.path.remove(str(folder))


def room(module: str) -> str:
    """The room of a module; ``kg`` for the package itself."""
    return module.split(".")[1] if "." in module else module


def edges(graph: grimp.ImportGraph) -> list[tuple[str, str]]:
    """All pairs of a module and one that it imports."""
    return [
        (module, other)
        for module in graph.modules
        for other in graph.find_modules_directly_imported_by(module)
    ]


def circles(pairs: list[tuple[str, str]]) -> list[set[str]]:
    """The groups that reach each other."""
    return [
        group for group in nx.strongly_connected_components(nx.DiGraph(pairs)) if len(group) > 1
    ]


def floors() -> list[list[str]]:
    """The floors of the one list (``pyproject.toml``), from the top one down."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    [contract] = (c for c in settings["tool"]["importlinter"]["contracts"] if c["id"] == "floors")
    return [layer.split(" | ") for layer in contract["layers"]]


def count(graph: grimp.ImportGraph) -> Count:
    """Count a checkout; floors are as many as its longest way down has rooms."""
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
    """The house as a block of text: a line for each room, an empty one between floors."""
    lines = []
    for floor in floors():
        lines += [f"{name:<12} {_summary(name)}" for name in floor] + [""]
    return "\n".join(lines).rstrip()


def _summary(name: str) -> str:
    path = ROOT / "kg" / name
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    text = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return text.partition("\n")[0]


def main(arguments: list[str]) -> None:
    """Print what is asked for."""
    if arguments == ["--picture"]:
        print(picture())
        return
    for name, number in count(imports(*map(Path, arguments)))._asdict().items():
        print(f"{name:<10} {number}")


if __name__ == "__main__":
    main(sys.argv[1:])

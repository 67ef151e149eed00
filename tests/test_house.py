"""The house: rooms import only from lower floors, and no modules import each other in a circle."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest
from importlinter.cli import lint_imports

from tests import house
from tests.support import ROOT

MODULES = sorted((ROOT / "kg").rglob("*.py"))
_CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]["contracts"]


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return house.imports()


def test_every_contract_holds(capsys: pytest.CaptureFixture[str]) -> None:
    failed = lint_imports(no_cache=True)
    assert not failed, capsys.readouterr().out


@pytest.mark.parametrize(
    ("contract", "file", "line"),
    [
        ("floors", "kg/store/query_guard.py", "from kg.graph import KnowledgeGraph"),
        ("floors", "kg/queries/views.py", "import kg.tables"),
        ("circles", "kg/entities/labels.py", "import kg.entities.resolution"),
        ("root", "kg/pipeline/summary.py", "import kg"),
        ("pictures", "kg/pictures/charts/axis.py", "import kg.pictures.page"),
        ("sources", "kg/sources/rdf/reader.py", "import kg.sources.relaton"),
        ("commands", "kg/cli/reports/search.py", "import kg.cli.search"),
        ("store", "kg/store/query_guard.py", "import kg.store.embedded"),
    ],
)
def test_a_contract_detects_a_violation(project: Path, contract: str, file: str, line: str) -> None:
    path = project / file
    text = path.read_text(encoding="utf-8")
    # In a function, where an import is easily overlooked.
    path.write_text(f"{text}\n\ndef _late() -> None:\n    {line}\n", encoding="utf-8")
    (project / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    program = "import sys; from importlinter.cli import lint_imports_command as c; c(sys.argv[1:])"
    run = subprocess.run(
        [sys.executable, "-c", program, "--no-cache", "--no-logo", "--contract", contract],
        cwd=project,
        env=os.environ | {"PYTHONPATH": str(project)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 1, run.stdout + run.stderr
    assert "Contracts: 0 kept, 1 broken." in run.stdout


def test_every_contract_has_a_violation_case() -> None:
    marks = test_a_contract_detects_a_violation.pytestmark  # type: ignore[attr-defined]
    assert {case[0] for case in marks[0].args[1]} == {c["id"] for c in _CONTRACTS}


def test_no_circle_and_no_import_of_the_package_itself(graph: grimp.ImportGraph) -> None:
    pairs = house.edges(graph)
    assert len(pairs) > len(MODULES)
    assert house.circles(pairs) == []
    assert graph.find_modules_that_directly_import("kg") == set()


def test_counts_find_circles_and_upward_arrows(graph: grimp.ImportGraph) -> None:
    before = house.count(graph)
    graph.add_import(importer="kg.common.errors", imported="kg.cli.terminal")
    after = house.count(graph)
    graph.remove_import(importer="kg.common.errors", imported="kg.cli.terminal")
    assert (before.circles, before.arrows_up) == (0, 0)
    assert after.circles == 1
    assert after.arrows == before.arrows + 1
    assert after.arrows_up > 1


def test_floors_name_every_room() -> None:
    rooms = {file.relative_to(ROOT / "kg").parts[0].removesuffix(".py") for file in MODULES}
    named = [name for floor in house.floors() for name in floor]
    assert sorted(named) == sorted(rooms - {"__init__", "__main__"})


def test_tests_mirror_the_rooms() -> None:
    for name in (name for floor in house.floors() for name in floor):
        mirrored = ROOT / "tests" / name
        assert list(mirrored.rglob("test_*.py")) or mirrored.with_name(f"test_{name}.py").exists()


def test_the_picture_of_the_house_is_up_to_date() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert f"```text\n{house.picture()}\n```" in page, "python -m tests.house --picture"


def code_lines(file: Path) -> int:
    """Count the lines of a module without its docstrings: a public one says much of each method."""
    text = file.read_text(encoding="utf-8")
    documented = [
        node.body[0]
        for node in ast.walk(ast.parse(text))
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node)
    ]
    docstrings = sum((node.end_lineno or 0) - node.lineno + 1 for node in documented)
    return len(text.splitlines()) - docstrings


@pytest.mark.parametrize("file", MODULES, ids=lambda f: str(f.relative_to(ROOT)))
def test_no_module_is_too_long(file: Path) -> None:
    assert code_lines(file) <= 300

"""Shared fixtures: the graph in memory, the graph built on disk, the article's text."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Final, TypeVar

import pyoxigraph as ox
import pytest
from filelock import FileLock
from playwright.sync_api import Browser

from kg import KnowledgeGraph
from kg.cli import language
from kg.pipeline.build import CatalogueSelection, Summary, build
from tests.forked import Launcher
from tests.pictures.browser import browser
from tests.support import CATALOGUES, ROOT, TEXT, BuildWith, Run

SLOW_FIXTURES: Final = frozenset(
    ("built", "built_packages", "chromium", "newcomer", "run", "world")
)
"""A test that uses one of these, directly or not, or has its name as a parameter, is slow."""

FIRST: Final = (
    ROOT / "tests" / "test_readme.py",
    ROOT / "tests" / "test_package.py",
    ROOT / "tests" / "pipeline" / "test_build.py",
)
"""The files that take longest."""

Result = TypeVar("Result")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let tests do more than CI has time for: kill more builds, compare engines further."""
    parser.addoption("--kills", default=3, type=int, help="builds to kill at random moments")
    parser.addoption("--full-disks", default=2, type=int, help="amounts of free space to try")
    parser.addoption(
        "--whole-virtuoso", action="store_true", help="compare all with Virtuoso, not one in four"
    )
    parser.addoption(
        "--comunica", metavar="PROGRAM", help="path of comunica-sparql-file-http, to be compared"
    )


def pytest_configure() -> None:
    """Let the programs that tests start be interrupted.

    A shell starts what runs in its background with SIGINT ignored, and children inherit that.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow, and run the files that take longest first.

    A file runs in one process (``--dist=loadfile``), so a slow file at the end would leave the
    other processes idle.
    """
    slow: dict[Path, int] = {}
    for item in items:
        parameters = item.callspec.params.values() if hasattr(item, "callspec") else ()
        names = (value for value in parameters if isinstance(value, str))
        if not SLOW_FIXTURES.isdisjoint((*getattr(item, "fixturenames", ()), *names)):
            item.add_marker("slow")
        slow[item.path] = slow.get(item.path, 0) + (item.get_closest_marker("slow") is not None)
    items.sort(key=lambda item: (item.path not in FIRST, -slow[item.path]))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail skipped tests in CI, where all optional dependencies are installed."""
    report = yield
    expected = hasattr(report, "wasxfail") or item.get_closest_marker("privileged")
    if report.skipped and os.environ.get("CI") and not expected:
        report.outcome = "failed"
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.longrepr = f"{item.nodeid} may not skip in CI: {reason}"
    return report


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], Result]) -> Result:
    """Call ``make`` on a folder once per test run and share the result among processes.

    The folder must not be changed afterwards.
    """
    home = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        home = home.parent
    kept = home / f"{name}.pickle"
    with FileLock(home / f"{name}.lock"):
        if not kept.exists():
            kept.write_bytes(pickle.dumps(make(home / name)))
    result: Result = pickle.loads(kept.read_bytes())
    return result


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The one browser of a process: Playwright can't be started a second time beside it."""
    with browser() as started:
        yield started


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    """A command that ran in Chinese in this process leaves its language to no other test."""
    yield
    language._chosen.clear()


@pytest.fixture(scope="session")
def graph() -> KnowledgeGraph:
    """The graph of the project's files, in memory."""
    return KnowledgeGraph.in_memory()


@pytest.fixture(scope="session")
def graph_quads(graph: KnowledgeGraph) -> list[ox.Quad]:
    """The quads of the graph in memory."""
    return list(graph.store.quads())


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of stores with the built graph, read-only."""
    return made_once(tmp_path_factory, "built", build).folder


@pytest.fixture
def own_store(built: Path, tmp_path: Path) -> Path:
    """A writable folder of stores with the built graph.

    Builds in it reuse the derived and checked curated part of the same files.
    """
    return Path(shutil.copytree(built, tmp_path / "store"))


@pytest.fixture(scope="session")
def build_with(built: Path, tmp_path_factory: pytest.TempPathFactory) -> BuildWith:
    """Build the article with catalogues, in a new folder."""

    def call(*sources: Path) -> Summary:
        folder = tmp_path_factory.mktemp("catalogues") / "store"
        shutil.copytree(built, folder)
        return build(folder, selection=CatalogueSelection(sources))

    return call


@pytest.fixture(scope="session")
def joined(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Summary:
    """The build of the article with the small test catalogues, read-only."""

    def make(folder: Path) -> Summary:
        shutil.copytree(built, folder)
        return build(folder, selection=CatalogueSelection(CATALOGUES))

    return made_once(tmp_path_factory, "joined", make)


@pytest.fixture(scope="session")
def world(joined: Summary) -> KnowledgeGraph:
    """The graph of the article with the small test catalogues."""
    return KnowledgeGraph.open(joined.folder)


@pytest.fixture(scope="session")
def text_file() -> Path:
    """The article's text, kept outside the checkout because of its copyright."""
    if not TEXT.exists():
        pytest.skip(f"the article's text is not at {TEXT}: it may not be shipped")
    return TEXT


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project whose files a test may change."""
    for folder in ("articles", "kg", "ontology", "queries"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / folder, tmp_path / "project" / folder, ignore=ignored)
    return tmp_path / "project"


@pytest.fixture(scope="session")
def launcher() -> Iterator[Launcher]:
    """Starts commands of this checkout."""
    started = Launcher()
    yield started
    started.close()


@pytest.fixture
def run(tmp_path: Path, launcher: Launcher) -> Run:
    """Run the command line as users do; ``cwd`` names a copy of the project to run instead."""

    def call(
        *arguments: str | Path, cwd: Path = ROOT, store: Path | None = None, stdin: str = ""
    ) -> subprocess.CompletedProcess[str]:
        # Otherwise tables would have the width of the test runner's terminal.
        kept = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")}
        environment = {k: v for k, v in kept.items() if not k.startswith("KG_")}
        environment["KG_STORE"] = str(store or tmp_path / "no-store")
        if cwd == ROOT:
            return launcher.run([*map(str, arguments)], environment, stdin)
        environment["PYTHONPATH"] = str(cwd)
        return subprocess.run(
            [sys.executable, "-m", "kg", *map(str, arguments)],
            cwd=cwd,
            env=environment,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return call

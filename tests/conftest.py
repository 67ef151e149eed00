"""What many tests share: the graph in memory, the graph built on disk, the article's text."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import KnowledgeGraph
from kg.pipeline.build import Summary, Wanted, build
from tests.support import CATALOGUES, ROOT, TEXT, Run


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
    """A folder of stores in which the graph has been built."""
    folder = tmp_path_factory.mktemp("store")
    build(folder)
    return folder


@pytest.fixture(scope="session")
def joined(tmp_path_factory: pytest.TempPathFactory) -> Summary:
    """The article with the catalogues of a small world of our own, built."""
    return build(tmp_path_factory.mktemp("joined"), wanted=Wanted(CATALOGUES))


@pytest.fixture(scope="session")
def world(joined: Summary) -> KnowledgeGraph:
    """The graph of the article with the catalogues of the small world."""
    return KnowledgeGraph.open(joined.folder)


@pytest.fixture(scope="session")
def text_file() -> Path:
    """The article's text; its publisher's, so it lies beside the checkout and not in it."""
    if not TEXT.exists():
        reason = f"the article's text is not at {TEXT}: it may not be shipped"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return TEXT


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project whose files a test may change."""
    for folder in ("articles", "kg", "ontology", "queries"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / folder, tmp_path / "project" / folder, ignore=ignored)
    return tmp_path / "project"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the command line as users do; ``cwd`` names a copy of the project to run instead."""

    def call(
        *arguments: str | Path, cwd: Path = ROOT, store: Path | None = None, stdin: str = ""
    ) -> subprocess.CompletedProcess[str]:
        # Tables are as wide as where they are read; the processes of a test run say 80.
        kept = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "LINES")}
        environment = {k: v for k, v in kept.items() if not k.startswith("KG_")}
        environment["KG_STORE"] = str(store or tmp_path / "no-store")
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

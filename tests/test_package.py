"""The package: wheel and sdist, built, installed elsewhere, and used there."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from tests.support import ROOT

ENVIRONMENT = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")}
PAGE = """
import networkx as nx
from kg.pictures.page.page import network_page
texts = {f"{name}_{lang}": "x" for name in ("title", "description") for lang in ("en", "zh")}
print(len(network_page(nx.MultiDiGraph(name="x", proofs={}, **texts), {}, "zh")))
"""


@pytest.fixture(scope="module")
def built_packages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A wheel and an sdist of the checkout; the wheel is made from the sdist.

    pip gets the packages that a build needs when it installs the sdist.
    """
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)],
        check=True,
        capture_output=True,
    )
    [wheel], [sdist] = out.glob("*.whl"), out.glob("*.tar.gz")
    return wheel, sdist


def names(package: Path) -> set[str]:
    if package.suffix == ".whl":
        return set(zipfile.ZipFile(package).namelist())
    with tarfile.open(package) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


def test_the_wheel_holds_what_the_program_needs(built_packages: tuple[Path, Path]) -> None:
    held = names(built_packages[0])
    for folder, inside in (
        ("articles", "kg/_data"),
        ("ontology", "kg/_data"),
        ("queries", "kg/_data"),
        ("drafting", "kg/_data"),
        ("kg", ""),
    ):
        for file in (ROOT / folder).rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                assert str(Path(inside) / file.relative_to(ROOT)) in held, file
    assert "kg/py.typed" in held
    assert {"kg/pictures/page/page.html", "kg/pictures/vendor/cytoscape.LICENSE"} <= held
    assert not any(name.startswith("tests/") for name in held)


def test_the_sdist_holds_the_sources_and_no_text_of_the_article(
    built_packages: tuple[Path, Path],
) -> None:
    held = names(built_packages[1])
    assert {"README.md", "LICENSE", "LICENSE-CC-BY-4.0", "ontology/context.jsonld"} <= held
    assert not any(name.endswith("cfsn-2019-04-11.txt") for name in held)


def install(folder: Path, package: Path, *options: str) -> Path:
    """Make an environment and install a package in it; returns the folder of its packages."""
    venv.create(folder)
    python = folder / "bin" / "python"
    # Compiling all modules would take longer than compiling those that are used.
    options = ("--quiet", "--no-compile", *options)
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", *options]
    subprocess.run([*pip, str(package)], env=ENVIRONMENT, check=True, capture_output=True)
    [packages] = (folder / "lib").glob("python*/site-packages")
    return packages


@pytest.fixture(scope="module")
def wheel_packages(
    built_packages: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The wheel with what it depends on, and nothing else."""
    return install(tmp_path_factory.mktemp("wheel") / "venv", built_packages[0])


def uses(packages: Path, tmp_path: Path) -> None:
    """Build and ask the graph as a user of an environment, in a terminal that knows no UTF-8."""
    binaries = packages.parents[2] / "bin"
    environment = ENVIRONMENT | {"PYTHONUTF8": "0", "LC_ALL": "C"}
    environment["KG_STORE"] = str(tmp_path / "store")

    def run(*command: str | Path) -> str:
        return subprocess.run(
            list(map(str, command)),
            cwd=tmp_path,
            env=environment,
            check=True,
            capture_output=True,
            encoding="utf-8",
        ).stdout

    assert int(run(binaries / "python", "-c", PAGE)) > 400_000
    assert "conforms" in run(binaries / "kg", "build")
    assert "2018年7月14日" in run(binaries / "kg", "query", "ballot", "--lang", "zh")
    assert "用法：kg build [选项]" in run(binaries / "kg", "build", "--help", "--lang", "zh")
    where = run(binaries / "python", "-c", "import kg.common.resources as r; print(r.ontology())")
    assert Path(where.strip()).is_relative_to(packages)
    version = project_version()
    assert run(binaries / "kg", "--version") == f"kg, version {version}\n"
    assert run(binaries / "python", "-c", "import kg; print(kg.__version__)") == f"{version}\n"


def test_the_wheel_installed_elsewhere_builds_and_answers(
    wheel_packages: Path, tmp_path: Path
) -> None:
    uses(wheel_packages, tmp_path)


def test_the_sdist_installed_elsewhere_builds_and_answers(
    built_packages: tuple[Path, Path], wheel_packages: Path, tmp_path: Path
) -> None:
    packages = install(tmp_path / "venv", built_packages[1], "--no-deps")
    # What it depends on is there already, after its own modules.
    (packages / "wheel.pth").write_text(f"{wheel_packages}\n", encoding="utf-8")
    (installed,) = packages.glob("stdkg-*.dist-info")
    metadata = Path(installed.name, "METADATA")
    assert (packages / metadata).read_text(encoding="utf-8") == (
        wheel_packages / metadata
    ).read_text(encoding="utf-8")
    uses(packages, tmp_path)


def test_the_citation_and_the_changelog_name_the_version() -> None:
    version = project_version()
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\n## {version} – " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def project_version() -> str:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    version: str = project["version"]
    return version

"""An incremental build gives the graph of a build from nothing."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pyoxigraph as ox
import pytest

from kg import KnowledgeGraph
from kg.pipeline import catalogues, curated, incremental
from kg.pipeline.build import Account, CatalogueSelection, build
from kg.pipeline.curated import no_progress
from kg.pipeline.previous import previous_graph
from kg.store.embedded import EmbeddedStore
from kg.store.generations import STORE, current_generation
from kg.store.writer import StoreWriter
from tests.support import WORLD

ISO, IEC, OGC, W3C = (f"relaton-data-{body}" for body in ("iso", "iec", "ogc", "w3c"))
COMMITTEES, NUMBERS = "iso_technical_committees.csv", "numbers.ttl"
RECORD = Path(ISO) / "data" / "iso-32110-2023.yaml"


@pytest.fixture(scope="module")
def before(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with catalogues and the store built from them."""
    home = tmp_path_factory.mktemp("before")
    for name in (ISO, IEC, OGC):
        shutil.copytree(WORLD / name, home / name)
    shutil.copy2(WORLD / COMMITTEES, home)
    (home / NUMBERS).write_text('<x:a> <x:b> 1, 01, "a" .', encoding="utf-8")
    sources = tuple(home.iterdir())
    shutil.copytree(built, home / "store")
    build(home / "store", selection=CatalogueSelection(sources))
    return home


@pytest.fixture
def home(before: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A writable copy of that folder, in which a large share may change."""
    monkeypatch.setattr(incremental, "_SHARE", 1)
    shutil.copytree(before, tmp_path / "home")
    return tmp_path / "home"


def edit(file: Path, change: Callable[[str], str]) -> None:
    text = file.read_text(encoding="utf-8")
    assert change(text) != text
    file.write_text(change(text), encoding="utf-8")


def refuse(*_: object) -> NoReturn:
    raise AssertionError


def test_an_incremental_build_equals_a_build_from_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def retitle(text: str) -> str:
        return text.replace("E-commerce", "Commerce by wire").replace("9001", "9002")

    edit(home / RECORD, retitle)
    shutil.copy(home / RECORD, home / RECORD.with_name("iso-32110-again.yaml"))
    (home / RECORD.with_name("iso-9001-2000.yaml")).unlink()
    # A committee goes with its members, a source comes, and another one goes.
    edit(home / COMMITTEES, lambda text: text[: text.rindex("\n", 0, -2) + 1])
    change_a_number(home)
    with monkeypatch.context() as only:
        only.setattr(incremental, "_PART", 40)
        only.setattr("kg.pipeline.catalogues.add_catalogues", refuse)
        sources = (home / ISO, home / IEC, home / COMMITTEES, home / NUMBERS, WORLD / W3C)
        build(home / "store", selection=CatalogueSelection(sources, drop=(OGC,)))
    one = KnowledgeGraph.open(home / "store")
    monkeypatch.setattr(incremental, "apply_update", refuse)
    build(home / "store", again=True)
    other = KnowledgeGraph.open(home / "store")
    assert one.store.path != other.store.path
    assert set(one.store.quads()) == set(other.store.quads())
    assert one.store.size() == other.store.size()
    assert set(one.store.graphs()) == set(other.store.graphs())
    assert list(one.relations.statements.all_rows()) == list(other.relations.statements.all_rows())
    assert one.search("Commerce by wire") == other.search("Commerce by wire") != []
    assert one.search("iso 9001") == other.search("iso 9001")


def leave_unchanged(home: Path) -> None:
    """Change nothing but the record."""


def lose_a_text(home: Path) -> None:
    [file] = (home / "store" / "converted").glob(f"{ISO}-*.nt.zst")
    file.unlink()


def damage_a_text(home: Path) -> None:
    [file] = (home / "store" / "converted").glob(f"{ISO}-*.nt.zst")
    whole = file.read_bytes()
    file.write_bytes(whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:])


def pretend_another_engine_version(home: Path) -> None:
    file = current_generation(home / "store") / "summary.json"
    summary = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(summary | {"store": "0.4"}), encoding="utf-8")


def lose_a_quad(home: Path) -> None:
    engine = ox.Store(current_generation(home / "store") / STORE)
    engine.remove(next(iter(engine)))
    engine.flush()


def lose_the_store(home: Path) -> None:
    shutil.rmtree(current_generation(home / "store") / STORE)


def lose_the_graph(home: Path) -> None:
    (home / "store" / "current").unlink()


def change_a_number(home: Path) -> None:
    # The store has one quad for both spellings; the other one keeps it.
    edit(home / NUMBERS, lambda text: text.replace(" 1,", ""))


def change_too_much(home: Path) -> None:
    for name in (ISO, IEC, OGC):
        first, *others = sorted((home / name / "data").iterdir())
        kept = RECORD.name if name == ISO else first.name
        for file in (first, *others):
            if file.name != kept:
                file.unlink()


@pytest.mark.parametrize(
    ("spoil", "safe"),
    [
        (leave_unchanged, True),
        (lose_a_text, False),
        (damage_a_text, False),
        (pretend_another_engine_version, False),
        (lose_a_quad, False),
        (lose_the_store, False),
        (lose_the_graph, True),
        (change_a_number, True),
        (change_too_much, False),
    ],
)
def test_an_unsafe_update_is_not_planned(
    spoil: Callable[[Path], None], safe: bool, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = home / "store"
    known = previous_graph(store, no_progress, sources_needed=True).accounts
    assert known
    edit(home / RECORD, lambda text: text.replace("E-commerce", "Commerce"))
    if spoil is change_too_much:
        monkeypatch.setattr(incremental, "_SHARE", 1000)
    spoil(home)
    jobs = catalogues.plan_jobs(at(home, known), CatalogueSelection())
    accounts = catalogues.convert_catalogues(store, jobs, no_progress)
    whole = previous_graph(store, no_progress, sources_needed=True).whole
    planned = incremental.plan_update(whole, accounts) if whole else None
    assert (planned is not None) == safe


def at(home: Path, accounts: Sequence[Account]) -> tuple[Account, ...]:
    """Return accounts with the paths of a copy's sources."""
    return tuple(replace(one, path=str(home / Path(one.path).name)) for one in accounts)


@pytest.mark.parametrize("linked", [True, False])
def test_a_copy_of_a_store_leaves_the_original_unchanged(
    linked: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph, b = ox.NamedNode("x:graph"), ox.NamedNode("x:b")
    quads = [ox.Quad(ox.NamedNode(f"x:{n}"), b, ox.Literal(n), graph) for n in range(1000)]
    other = ox.Quad(b, b, b, graph)
    with StoreWriter(tmp_path / "old") as writer:
        writer.extend(quads)
    standing = EmbeddedStore.open(tmp_path / "old")
    if not linked:
        monkeypatch.setattr(Path, "hardlink_to", no_link)
    with StoreWriter(tmp_path / "new", tmp_path / "old") as writer:
        links = {file.stat().st_nlink for file in (tmp_path / "old").glob("*.sst")}
        assert links == {1 + linked}
        writer.remove(quads[1:])
        writer.extend([other])
    assert set(EmbeddedStore.open(tmp_path / "new").quads()) == {quads[0], other}
    for old in (standing, EmbeddedStore.open(tmp_path / "old")):
        assert set(old.quads()) == set(quads)


def no_link(*_: object) -> NoReturn:
    raise OSError


def test_the_curated_part_is_reused_for_the_same_files(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as only:
        only.setattr("kg.pipeline.build.fill_store", refuse)
        made = build(home / "store", selection=CatalogueSelection(only=True))
    # What has been lost, or was made by another program, is made anew.
    anew = build(home / "store", again=True)
    one, other = (replace(each, seconds=0, peak=0, size=0) for each in (made, anew))
    assert one == other
    said = current_generation(home / "store") / "summary.json"
    whole = said.read_text(encoding="utf-8")
    said.write_text("{}", encoding="utf-8")
    assert curated.saved_curated(current_generation(home / "store")) is None
    said.write_text(whole, encoding="utf-8")
    assert curated.saved_curated(current_generation(home / "store")) is not None
    [file] = said.parent.glob("curated-*")
    data = file.read_bytes()
    for damaged in (data[: data.rindex(b"\n", 0, -1) + 1], data[:-9], b""):
        file.write_bytes(damaged)
        assert curated.saved_curated(current_generation(home / "store")) is None
    file.write_bytes(data)
    assert curated.saved_curated(current_generation(home / "store")) is not None
    program, _, digest = file.name.removeprefix("curated-").partition("-")
    file.rename(file.with_name(f"curated-{program[::-1]}-{digest}"))
    assert curated.saved_curated(current_generation(home / "store")) is None

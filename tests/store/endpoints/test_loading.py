"""A load replaces graphs whole or not at all, goes on after a cut, and changes nothing twice."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import KgError
from kg.common.namespaces import BASE
from kg.store.embedded import EmbeddedStore
from kg.store.remote import Endpoint, RemoteStore, dialect
from kg.store.remote.journal import Journal
from kg.store.remote.loading import load
from tests.store.endpoints import engines
from tests.store.endpoints.proxy import Proxy, proxy

BATCH = 100


def make(version: int) -> EmbeddedStore:
    """Return a store of small graphs and of one that takes several batches."""
    node = ox.NamedNode
    sizes = {f"{BASE}graph/{name}": size for name, size in [("a", 5), ("b", 30), ("c", 750)]}
    return EmbeddedStore.in_memory(
        ox.Quad(
            node(f"{BASE}thing/{number}"),
            node(f"{BASE}version"),
            ox.Literal(f'{version} "{name[-1]}"\n\\ 号{number}'),
            node(name),
        )
        for name, size in sizes.items()
        for number in range(size)
    )


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    with engines.oxigraph(tmp_path_factory.mktemp("oxigraph")) as endpoint:
        yield endpoint


@pytest.fixture
def bad(engine: Endpoint, monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    known = dialect.Dialect("known", dialect.UNIONS[1], tells_limit=True, batch=BATCH)
    monkeypatch.setattr("kg.store.remote.client.recognize", lambda _: known)
    with proxy(engine) as running:
        yield running


def graphs(store: EmbeddedStore | RemoteStore) -> dict[str, set[ox.Quad]]:
    found: dict[str, set[ox.Quad]] = {}
    for quad in store.quads():
        found.setdefault(str(quad.graph_name), set()).add(quad)
    return found


def updates(bad: Proxy) -> int:
    return sum(path == "/update" for path, _, _ in bad.seen)


def succeeds(new: EmbeddedStore, bad: Proxy, folder: Path) -> bool:
    """Load a store; return whether nothing came between."""
    try:
        load(new, "new", bad.endpoint, Journal.read(folder, bad.endpoint.url))
    except KgError as error:
        if "'kg load' goes on from there" not in str(error):
            raise
        return False
    return True


def test_a_load_that_is_cut_at_random_goes_on_where_it_ended(bad: Proxy, tmp_path: Path) -> None:
    old, new = make(1), make(2)
    there = RemoteStore(replace(bad.target, joins="server"))
    load(old, "old", bad.endpoint, Journal.read(tmp_path, bad.endpoint.url))
    assert graphs(there) == graphs(old)
    whole = updates(bad)
    moments = random.Random(7)
    cuts = 0
    for _ in range(10):
        # Lost answers belong to updates that were carried out, dropped requests were not.
        begin = updates(bad)
        fault = moments.choice(["drop", "lose", "503"])
        bad.faults = [""] * moments.randrange(2, 8) + [fault]
        cuts += not succeeds(new, bad, tmp_path)
        bad.faults = []
        state = graphs(there)
        for name, quads in graphs(new).items():
            assert state[name] in (quads, graphs(old)[name]), f"{name} is whole"
        assert updates(bad) - begin <= whole
        if Journal.read(tmp_path, bad.endpoint.url).generation == "new":
            old, new = new, make(moments.randrange(10**6))
    assert cuts >= 5
    load(new, "new", bad.endpoint, Journal.read(tmp_path, bad.endpoint.url))
    assert graphs(there) == graphs(new)
    begin = updates(bad)
    again = load(new, "new", bad.endpoint, Journal.read(tmp_path, bad.endpoint.url))
    assert again.unchanged == again.graphs == 3
    assert updates(bad) == begin, "a second load sends nothing"


def test_what_is_gone_is_removed_and_what_is_others_stays(bad: Proxy, tmp_path: Path) -> None:
    node = ox.NamedNode
    other = ox.Quad(node("urn:s"), node("urn:p"), node("urn:o"), node("urn:g"))
    journal = Journal.read(tmp_path, "other")
    load(EmbeddedStore.in_memory([other]), "", bad.target, journal)
    load(make(1), "1", bad.endpoint, Journal.read(tmp_path, bad.endpoint.url))
    less = EmbeddedStore.in_memory(
        quad for quad in make(1).quads() if not str(quad.graph_name).endswith("a>")
    )
    loaded = load(less, "2", bad.endpoint, Journal.read(tmp_path, bad.endpoint.url))
    assert (loaded.graphs, loaded.removed, loaded.unchanged, loaded.others) == (2, 1, 2, 1)
    there = graphs(RemoteStore(replace(bad.target, joins="server")))
    assert there == {**graphs(less), "<urn:g>": {other}}


def test_what_another_changed_is_loaded_again(bad: Proxy, tmp_path: Path) -> None:
    load(make(3), "3", bad.endpoint, Journal.read(tmp_path, bad.endpoint.url))
    extra = f"INSERT DATA {{ GRAPH <{BASE}graph/b> {{ <urn:s> <urn:p> 1 }} }}"
    import httpx

    kind = {"Content-Type": "application/sparql-update"}
    httpx.post(bad.target.update_url or "", content=extra, headers=kind).raise_for_status()
    loaded = load(make(3), "3", bad.endpoint, Journal.read(tmp_path, bad.endpoint.url))
    assert loaded.unchanged == 2
    there = graphs(RemoteStore(replace(bad.target, joins="server")))
    assert there[f"<{BASE}graph/b>"] == graphs(make(3))[f"<{BASE}graph/b>"]


def test_blank_nodes_have_the_same_iris_each_time(bad: Proxy, tmp_path: Path) -> None:
    def blank() -> EmbeddedStore:
        one, two = ox.BlankNode(), ox.BlankNode()
        label, graph = ox.NamedNode(f"{BASE}label"), ox.NamedNode(f"{BASE}graph/blank")
        return EmbeddedStore.in_memory(
            [
                ox.Quad(one, label, ox.Literal("one"), graph),
                ox.Quad(two, label, ox.Literal("two"), graph),
                ox.Quad(one, label, two, graph),
            ]
        )

    there = RemoteStore(replace(bad.target, joins="server"))
    load(blank(), "1", bad.endpoint, Journal.read(tmp_path, bad.endpoint.url))
    first = graphs(there)
    assert len(first[f"<{BASE}graph/blank>"]) == 3
    assert all(isinstance(quad.subject, ox.NamedNode) for quad in there.quads())
    loaded = load(blank(), "2", bad.endpoint, Journal.read(tmp_path, bad.endpoint.url))
    assert loaded.unchanged == 1
    assert graphs(there) == first

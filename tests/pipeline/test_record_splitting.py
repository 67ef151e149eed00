"""Documents of several days under one identifier are apart; further records are counted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks import works
from kg import KnowledgeGraph
from kg.common.namespaces import BASE
from kg.pipeline.build import build
from kg.pipeline.catalogues import CatalogueSelection, read_accounts

pytestmark = pytest.mark.slow


def record(folder: Path, name: str, text: str, body: str, **fields: Any) -> None:
    usual = {
        "id": text,
        "type": "standard",
        "title": [{"content": f"Title in {name}", "language": "en"}],
        "docid": [{"id": text, "type": body, "primary": True}],
    }
    data = folder / "relaton-data-iho" / "data"
    data.mkdir(parents=True, exist_ok=True)
    (data / f"{name}.yaml").write_text(yaml.safe_dump(usual | fields), encoding="utf-8")


def published(day: str) -> list[dict[str, str]]:
    return [{"type": "published", "value": day}]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    folder = tmp_path_factory.mktemp("split")
    for name, day in (("a", "2017-04-24"), ("b", "2023-05-05")):
        record(folder, name, "P-6", "IHO", edition="1.0.0", date=published(day))
    # The same day, and no day: further records of one document.
    for name, fields in (("c", {"date": published("2020")}), ("d", {"date": published("2020")})):
        record(folder, name, "S-1", "IHO", edition="2.0.0", **fields)
    # Two of one day, and one of another.
    for name, day in (("i", "2019-01-01"), ("j", "2019-01-01"), ("k", "2021-02-02")):
        record(folder, name, "P-9", "IHO", edition="1.0.0", date=published(day))
    record(folder, "e", "S-2", "IHO", edition="2.0.0", date=published("2020"))
    record(folder, "f", "S-2", "IHO", edition="2.0.0")
    # A year in the designation decides, whatever the dates.
    for name, day in (("g", "2015-09"), ("h", "2016-01")):
        record(folder, name, "ISO 9001:2015", "ISO", date=published(day))
    for volume in ("1", "2"):
        extent = [{"locality": [{"type": "volume", "reference_from": volume}]}]
        record(folder, f"v{volume}", "ECMA-269", "ECMA", edition="3", extent=extent)
    store = folder / "store"
    build(store, selection=CatalogueSelection((folder / "relaton-data-iho",)))
    return KnowledgeGraph.open(store)


def titles(graph: KnowledgeGraph, name: str) -> list[str]:
    facts = graph.profile(name).facts
    return sorted(fact.shown.en for fact in facts if fact.property == "dcterms:title")


def test_documents_of_several_days_are_apart(graph: KnowledgeGraph) -> None:
    work = graph.profile("IHO P-6")
    assert [(edition.label.en, edition.date) for edition in work.editions] == [
        ("IHO P-6 1.0.0 (2023-05-05)", "2023-05-05"),
        ("IHO P-6 1.0.0 (2017-04-24)", "2017-04-24"),
    ]
    assert work.editions[0].iri == f"{BASE}iho/p-6/edition/1.0.0/date/2023-05-05"
    assert titles(graph, "IHO P-6 1.0.0 (2017-04-24)") == ["Title in a"]
    assert titles(graph, "IHO P-6 1.0.0 (2023-05-05)") == ["Title in b"]
    assert not graph.query(f"ASK {{ <{BASE}iho/p-6/edition/1.0.0> ?p ?o }}")


def test_records_of_one_day_stay_together(graph: KnowledgeGraph) -> None:
    assert titles(graph, "IHO P-9 1.0.0 (2019-01-01)") == ["Title in i", "Title in j"]
    assert titles(graph, "IHO P-9 1.0.0 (2021-02-02)") == ["Title in k"]


def test_records_that_agree_are_of_one_document(graph: KnowledgeGraph) -> None:
    assert titles(graph, "IHO S-1 2.0.0") == ["Title in c", "Title in d"]
    assert titles(graph, "IHO S-2 2.0.0") == ["Title in e", "Title in f"]
    assert titles(graph, "ISO 9001:2015") == ["Title in g", "Title in h"]


def test_each_title_has_its_own_record(graph: KnowledgeGraph) -> None:
    facts = graph.profile("ISO 9001:2015").facts
    records = {
        fact.shown.en: [proof.record for proof in fact.proofs]
        for fact in facts
        if fact.property == "dcterms:title"
    }
    assert records == {"Title in g": ["data/g.yaml"], "Title in h": ["data/h.yaml"]}


def test_volumes_of_an_edition_are_documents(graph: KnowledgeGraph) -> None:
    editions = graph.profile("ECMA-269").editions
    assert {edition.label.en for edition in editions} == {
        "ECMA-269 (3rd edition, volume 1)",
        "ECMA-269 (3rd edition, volume 2)",
    }


def test_every_record_is_accounted_for(graph: KnowledgeGraph) -> None:
    assert graph.store.path is not None
    [account] = read_accounts(graph.store.path.parent)
    counts = works.count(graph.store, account)
    assert (counts.records, counts.rejected, counts.unaccounted) == (13, 0, 0)
    assert account.counts["same"] == {
        "same identifier and edition": 3,
        "same identifier, edition not given": 1,
    }
    assert counts.counts["documents"] == 9
    assert works.untyped(graph.store) == 0

"""Catalogues join the curated graph: complete accounts, no repeated reading, all or nothing."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg import KnowledgeGraph
from kg.common.errors import KgError, SourceError
from kg.common.namespaces import BASE
from kg.pipeline import catalogues
from kg.pipeline.build import Account, CatalogueSelection, Summary, build
from kg.pipeline.conversion import Job
from kg.sources.source import SourceState
from tests.support import CATALOGUES, WORLD, Run


def account(made: Summary, slug: str) -> Account:
    return next(one for one in made.catalogues if one.slug == slug)


def test_every_record_is_in_the_graph_or_among_the_rejects(joined: Summary) -> None:
    assert len(joined.catalogues) == len(CATALOGUES)
    assert joined.rejects is not None
    lines = [json.loads(line) for line in joined.rejects.read_text(encoding="utf-8").splitlines()]
    rejected = sum(one.records - one.kept for one in joined.catalogues)
    assert len(lines) == rejected >= 2
    files = {line["place"].split(":")[0] for line in lines if line["source"] == "relaton-data-iso"}
    assert files == {"data/broken.yaml", "data/nameless.yaml"}
    assert all(line["reason"] and line["detail"] for line in lines)
    iso = account(joined, "relaton-data-iso")
    assert (iso.records, iso.kept) == (16, 14)


def test_the_summary_counts_records(tmp_path: Path, run: Run) -> None:
    made = run("build", "--store", tmp_path, WORLD / "relaton-data-iso", WORLD / "ICS.xml")
    assert made.returncode == 0, made.stderr
    assert re.search(r"relaton-data-iso +16 +14 +2 ", made.stdout)
    assert "rejects.jsonl" in made.stdout
    assert re.search(r"1  broken YAML", made.stdout)
    assert re.search(r"\d+  relation turned", made.stdout)


def test_the_article_joins_by_identity(world: KnowledgeGraph) -> None:
    """ISO/TC 321 of the article is that of ISO's own data, with its members and standards."""
    rows = world.store.select(
        "SELECT ?g WHERE { GRAPH ?g { <iso/tc/321> a std:TechnicalCommittee } }"
    ).rows
    assert {row[0].value for row in rows if row[0]} >= {
        BASE + "graph/entities",
        BASE + "graph/iso-technical-committees",
    }
    assert world.store.ask("ASK { <cn/sac> std:secretariatOf <iso/tc/321> }")
    assert world.store.ask("ASK { <gs1> a std:Organization . <iso/tc/321> std:liaison <gs1> }")
    members = world.store.select(
        "SELECT DISTINCT ?m { ?m std:participatingMemberOf <iso/tc/321> }"
    ).rows
    assert len(members) > 1
    assert world.store.ask("ASK { <iso/32111-2023> std:committee <iso/tc/321> }")
    assert world.resolve("ISO 32111") == BASE + "iso/32111-2023"
    assert world.resolve("iso／27001") == BASE + "iso-iec/27001-2022"
    ways = world.relate("杭州市", "ISO 32111")
    told = {p.record for way in ways for step in way.steps for s in step for p in s.proofs}
    assert any(record.endswith("iso-32111-2023.yaml") for record in told if record)


def test_a_document_in_two_sources_is_one_entity(world: KnowledgeGraph) -> None:
    rows = world.store.select(
        "SELECT DISTINCT ?g { GRAPH ?g { <iso-iec/27001-2022> prov:wasDerivedFrom ?record } }"
    ).rows
    found = {row[0].value.rsplit("/", 1)[-1] for row in rows if row[0]}
    assert {"relaton-data-iso", "relaton-data-iec"} <= found


def test_members_have_their_countries(world: KnowledgeGraph) -> None:
    assert world.store.ask("ASK { <bsi> std:jurisdiction <place/gb> }")
    assert world.label(BASE + "place/gb", "zh") == "英国"


def test_a_catalogue_is_described(world: KnowledgeGraph) -> None:
    rows = world.store.select(
        "SELECT ?day ?sha { <graph/relaton-data-iso> a std:Catalogue ; dcterms:source ?s ."
        " ?s std:snapshotOn ?day ; std:sha256 ?sha }"
    ).rows
    assert len(rows) == 1
    assert re.fullmatch(r"[0-9a-f]{64}", getattr(rows[0][1], "value", ""))


def test_unchanged_sources_are_not_read_again(tmp_path: Path, own_store: Path) -> None:
    home = tmp_path / "relaton-data-jis"
    shutil.copytree(WORLD / "relaton-data-jis", home)
    store = own_store
    first = build(store, selection=CatalogueSelection((home, WORLD / "ICS.xml")))
    assert not any(one.reused for one in first.catalogues)
    # Sources need not be named again; a changed one is read again.
    (home / "data" / "JIS_E_6004_1992.yaml").unlink()
    second = build(store)
    assert {one.slug: one.reused for one in second.catalogues} == {
        "ics": True,
        "relaton-data-jis": False,
    }
    assert account(second, "relaton-data-jis").records == 2
    # Nobody has asked for a kind, neither then nor now.
    assert [one.why for one in second.catalogues] == [one.why for one in first.catalogues]
    assert not KnowledgeGraph.open(store).store.ask("ASK { <jis/e6004-1992> a ?kind }")
    # A missing source stays as it was read.
    shutil.rmtree(home)
    third = build(store)
    assert all(one.reused for one in third.catalogues)
    assert third.unchanged
    assert (third.quads, third.rejects) == (second.quads, second.rejects)
    fourth = build(store, again=True)
    assert (fourth.unchanged, fourth.quads) == (False, second.quads)
    dropped = build(store, selection=CatalogueSelection(drop=("relaton-data-jis",)))
    assert [one.slug for one in dropped.catalogues] == ["ics"]
    # The graph before is kept, and with it what it was made of.
    kept = {file.name.split("-")[0] for file in (store / "converted").iterdir()}
    assert kept == {"ics", "relaton"}
    bare = build(store, selection=CatalogueSelection(only=True))
    assert not bare.catalogues
    assert {file.name.split("-")[0] for file in (store / "converted").iterdir()} == {"ics"}


def test_only_converted_files_are_removed_from_the_cache(own_store: Path) -> None:
    cache = own_store / "converted"
    (cache / "notes").mkdir(parents=True)
    mine = cache / "thesis.json"
    mine.write_text("{}", encoding="utf-8")
    leftover = cache / f"relaton-data-jis-{'0' * 16}.nt.zst.part.distinct"
    leftover.touch()
    build(own_store, selection=CatalogueSelection((WORLD / "ICS.xml",)))
    build(own_store, selection=CatalogueSelection(only=True))
    build(own_store, selection=CatalogueSelection((WORLD / "iso_technical_committees.csv",)))
    kept = {file.name for file in cache.iterdir() if not file.name.startswith("iso-technical")}
    assert kept == {"notes", mine.name}


@pytest.mark.parametrize("jobs", ["one piece", "many pieces"])
def test_many_processes_give_the_same_result(
    jobs: str, own_store: Path, monkeypatch: pytest.MonkeyPatch, joined: Summary
) -> None:
    if jobs == "many pieces":
        monkeypatch.setattr("kg.pipeline.chunks._CHUNK", 3000)
    made = build(own_store, selection=CatalogueSelection((WORLD / "relaton-data-iso",)))
    one = account(made, "relaton-data-iso")
    expected = account(joined, "relaton-data-iso")
    assert one.records == expected.records
    assert one.rejected == expected.rejected
    assert one.counts == expected.counts
    count = "SELECT (COUNT(*) AS ?n) { GRAPH <graph/relaton-data-iso> { ?s ?p ?o } }"
    numbers = [
        KnowledgeGraph.open(folder).store.select(count).rows[0][0]
        for folder in (own_store, joined.folder)
    ]
    assert numbers[0] == numbers[1]


@pytest.mark.parametrize(
    ("selection", "message"),
    [
        (CatalogueSelection((Path("/nowhere/at/all"),)), "/nowhere/at/all"),
        (CatalogueSelection(drop=("nobody",)), "'nobody' is not a source"),
        (
            CatalogueSelection(
                (WORLD / "iso_technical_committees.csv", WORLD / "iso_technical_committees.jsonl")
            ),
            "both be called",
        ),
    ],
)
def test_a_failed_build_leaves_the_previous_graph(
    own_store: Path, selection: CatalogueSelection, message: str
) -> None:
    before = build(own_store, selection=CatalogueSelection((WORLD / "ICS.xml",)))
    with pytest.raises(KgError, match=re.escape(message)):
        build(own_store, selection=selection)
    graph = KnowledgeGraph.open(own_store)
    assert graph.store.ask("ASK { <graph/ics> a std:Catalogue }")
    again = build(own_store)
    assert (again.unchanged, again.quads) == (True, before.quads)


def test_a_truncated_archive_stops_the_build(tmp_path: Path, own_store: Path, run: Run) -> None:
    whole = shutil.make_archive(
        str(tmp_path / "relaton-data-jis"), "gztar", WORLD, "relaton-data-jis"
    )
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(Path(whole).read_bytes()[:-400])
    failed = run("build", "--store", tmp_path / "new", cut)
    assert failed.returncode == 2
    assert failed.stderr.count("\n") == 1
    assert "cut.tar.gz" in failed.stderr
    assert not (tmp_path / "new" / "current").exists()
    made = run("build", "--store", own_store, whole)
    assert made.returncode == 0, made.stderr
    assert re.search(r"relaton-data-jis +3 +3 +0 ", made.stdout)


@pytest.mark.parametrize(
    ("name", "content", "kind", "said"),
    [
        ("prefixonly.ttl", "@prefix ex: <http://ex.org/> .\n", None, "no statement in it"),
        ("comment.nt", "# nothing\n", None, "no statement in it"),
        ("header.csv", "id,reference,deliverableType\n", None, "no record in it"),
        ("one.yaml", "title: a\n", "relaton", "its only record can't be read"),
        ("notes.yaml", "notes\n", "relaton-sdo", "reason: no record (1)"),
    ],
)
def test_a_source_without_a_readable_record_stops_the_build(
    name: str, content: str, kind: str | None, said: str, own_store: Path, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    before = KnowledgeGraph.open(own_store).store.size()
    with pytest.raises(SourceError) as caught:
        build(own_store, selection=CatalogueSelection((file,), kind))
    [line] = str(caught.value).splitlines()
    assert line.startswith(f"{file}: ")
    assert said in line
    assert "disk" not in line
    assert not list((own_store / "converted").iterdir())
    assert KnowledgeGraph.open(own_store).store.size() == before


def test_the_rejects_of_a_failed_build_are_kept_until_the_next(
    own_store: Path, tmp_path: Path, run: Run
) -> None:
    home = tmp_path / "relaton-data-cu" / "data"
    home.mkdir(parents=True)
    for number, text in enumerate(("docid: [", "docid: []", "docid: {type: CU}")):
        (home / f"{number}.yaml").write_text(text, encoding="utf-8")
    failed = run("build", "--store", own_store, "--as", "relaton", home.parent)
    assert (failed.returncode, failed.stderr.count("\n")) == (2, 1)
    assert "relaton-data-cu: none of its 3 records can be read" in failed.stderr
    assert "most frequent reason: no identifier (2)" in failed.stderr
    rejects = own_store / "rejects.jsonl"
    assert str(rejects) in failed.stderr
    lines = rejects.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["place"] for line in lines] == [
        "data/0.yaml:1",
        "data/1.yaml",
        "data/2.yaml",
    ]
    (home / "0.yaml").write_text("docid: CU 1\ncontributor: CU", encoding="utf-8")
    made = run("build", "--store", own_store, home.parent)
    assert made.returncode == 0, made.stderr
    assert re.search(r"relaton-data-cu +3 +1 +2 ", made.stdout)
    assert "1  contributor: a text is not read" in made.stdout
    assert not rejects.exists()


def test_the_day_of_an_archive_is_found_once(tmp_path: Path) -> None:
    # Finding the day of the newest member unpacks the whole archive.
    name = "relaton-data-jis"
    archive = Path(shutil.make_archive(str(tmp_path / name), "gztar", WORLD, name))
    [job] = catalogues.plan_jobs((), CatalogueSelection((archive,)))
    before = account_of(job, snapshot="2001-02-03")
    for selection in (
        CatalogueSelection(),
        CatalogueSelection((archive,)),
        CatalogueSelection((archive,), only=True),
    ):
        [again] = catalogues.plan_jobs((before,), selection)
        assert again.state == SourceState(job.state.digest, "2001-02-03")
    # A changed archive has another day; the day of a folder does not follow from its content.
    [other] = catalogues.plan_jobs((replace(before, digest="0"),), CatalogueSelection())
    assert other.state.snapshot == job.state.snapshot != "2001-02-03"
    folder = WORLD / name
    [open_] = catalogues.plan_jobs((), CatalogueSelection((folder,)))
    [open_again] = catalogues.plan_jobs(
        (account_of(open_, snapshot="2001-02-03"),), CatalogueSelection()
    )
    assert open_again.state.snapshot == open_.state.snapshot


def account_of(job: Job, snapshot: str) -> Account:
    numbers: dict[str, Any] = dict.fromkeys(("records", "triples", "seconds"), 0)
    nothing = numbers | {"rejected": {}, "counts": {}}
    known = job.account_fields() | {"snapshot": snapshot}
    return Account(**known, **nothing, read_on="")

"""Articles of one's own: built, remembered, dropped, joined with a report, never flattened."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from kg import KnowledgeGraph
from kg.cli import cli
from kg.common import resources
from kg.common.errors import BuildError, KgError, SourceError
from kg.common.namespaces import BASE, PREFIXES, RDF_TYPE, node
from kg.entities.joining import EntityJoin, JoinReason, JoinStatus, join_entities
from kg.evidence.verification import coverage_of, verify_phrases
from kg.pipeline.article_account import ArticleAccount, read_article_accounts
from kg.pipeline.articles import known_articles, plan_articles, write_article_accounts
from kg.pipeline.build import CatalogueSelection, Summary, build, source_quads
from kg.pipeline.catalogue_matches import with_catalogue_matches
from kg.queries import questions
from kg.sources.article_folder import new_article, text_in_folder
from kg.sources.rdf import reader
from kg.sources.record_batch import Options
from kg.store.generations import current_generation
from kg.web.server import verified_texts
from tests.support import ROOT

EXAMPLE = ROOT / "examples" / "articles" / "hainan-2020"
TEXT = "栏目：要闻、观点、标准\n广东2021年部署改革任务18项，省政府组织实施。\n"


def made(folder: Path, *, edit: tuple[str, str] = ("", "")) -> Path:
    """Make an article of the examples in the comments."""
    text = folder.parent / "text.txt"
    text.write_text(TEXT, encoding="utf-8")
    new_article(folder, text, keep_text=True)
    for file in folder.rglob("*.trig"):
        lines = file.read_text(encoding="utf-8").splitlines()
        shown = "\n".join(line.removeprefix("#|") for line in lines if "example.org" not in line)
        file.write_text(shown.replace(*edit) + "\n", encoding="utf-8")
    return folder


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(each) for each in arguments], obj={})


def error_of(result: Result) -> str:
    assert isinstance(result.exception, KgError), result.output
    return str(result.exception)


def test_an_article_is_built_remembered_and_dropped(tmp_path: Path) -> None:
    folder, store = made(tmp_path / "gd"), tmp_path / "store"
    assert run("verify", folder, "--write").exit_code == 0
    first = run("build", "--article", folder, "--store", store)
    assert first.exit_code == 0, first.output
    assert "article gd: 3 claims, 4 entities: 1 same, 3 new, 0 perhaps the same" in first.output
    assert "same              <place/cn> 中国 (IRI)" in first.output
    assert "phrases not verified" not in first.output
    shown = run("query", "figures", "--store", store, "--format", "csv")
    assert "Guangdong standardization reform" in shown.output
    assert "article gd" in run("query", "figures", "--store", store, "--evidence").output

    again = run("build", "--store", store)
    assert "nothing has changed" in again.output
    assert again.output.splitlines()[-4:] == first.output.splitlines()[-4:]
    with pytest.raises(SourceError, match="may not be shown"):
        verified_texts([folder / "text.txt"], store)

    shutil.move(folder, tmp_path / "elsewhere")
    gone = run("build", "--store", store)
    assert "nothing has changed" in gone.output
    assert f"{folder} is gone: built from the copy in the graph" in gone.output
    assert "2 phrases" in run("verify", tmp_path / "text.txt", "--store", store).output
    assert {each.slug for each in known_articles(store)} == {"cfsn-2019-04-11", "gd"}

    assert "its sources: gd" in error_of(run("build", "--drop", "other", "--store", store))
    dropped = build(store, selection=CatalogueSelection(drop=("gd",)))
    assert dropped.articles == ()
    assert not (current_generation(store) / "articles").exists()


def test_a_text_is_shown_if_its_source_says_so(own_store: Path, tmp_path: Path) -> None:
    folder = made(tmp_path / "gd", edit=("std:textShown false", "std:textShown true"))
    run("verify", folder, "--write")
    build(own_store, selection=CatalogueSelection(articles=(folder,)))
    assert verified_texts([], own_store) == {BASE + "source/gd": TEXT}
    graph = KnowledgeGraph.open(own_store)
    found = graph.store.select("SELECT ?license { <source/gd> dcterms:license ?license }").rows
    assert [row[0] for row in found] == [
        ox.NamedNode("https://creativecommons.org/licenses/by/4.0/")
    ]


def test_an_article_given_as_a_catalogue_is_refused_with_the_hint(tmp_path: Path) -> None:
    folder = made(tmp_path / "gd")
    store = tmp_path / "store"
    claims = folder / "claims" / "01-first.trig"
    assert (
        error_of(run("build", folder, "--store", store))
        == f"{folder} is an article folder: use --article {folder}"
    )
    for file in (claims, folder / "source.trig"):
        assert f"use --article {folder}" in error_of(run("build", file, "--store", store))
    assert f"use --article {folder}" in error_of(
        run("build", folder, "--as", "rdf", "--store", store)
    )
    packed = "gd/claims/01-first.trig"
    with pytest.raises(SourceError, match="use --article FOLDER"):
        reader.convert(packed, claims.read_bytes(), Options("gd"))
    assert not (store / "current").exists()


def test_a_fault_names_file_and_line(tmp_path: Path) -> None:
    folder = made(tmp_path / "gd", edit=("unit:task", "unit:taks"))
    refused = run("build", "--article", folder, "--store", tmp_path / "store")
    assert refused.exit_code == 1
    assert "scheme/unit/taks" in refused.output
    folder = made(tmp_path / "gd2", edit=("std:value 18", "std:value 18, 19"))
    refused = run("build", "--article", folder, "--store", tmp_path / "store")
    lines = (folder / "claims" / "01-first.trig").read_text(encoding="utf-8").splitlines()
    number = next(n for n, line in enumerate(lines, 1) if "c:tasks a std:Claim" in line)
    assert f"{folder / 'claims' / '01-first.trig'}:{number}: " in refused.output
    assert "nothing was published" in refused.output


def test_two_articles_of_one_name_or_with_one_claim_are_refused(tmp_path: Path) -> None:
    one = made(tmp_path / "gd")
    shutil.copytree(one, tmp_path / "copy")
    with pytest.raises(BuildError, match="are both the article 'gd'"):
        plan_articles((), None, CatalogueSelection(articles=(one, tmp_path / "copy")))
    source = tmp_path / "copy" / "source.trig"
    written = source.read_text(encoding="utf-8")
    source.write_text(written.replace("source/gd", "source/gd-2"), encoding="utf-8")
    with pytest.raises(BuildError, match=r"the claim <.*claim/gd/.*> is also in"):
        plan_articles((), None, CatalogueSelection(articles=(one, tmp_path / "copy")))
    own = resources.articles() / "cfsn-2019-04-11"
    with pytest.raises(SourceError, match="name of an article of the program"):
        plan_articles((), None, CatalogueSelection(articles=(own,)))
    gone = ArticleAccount("gd", str(tmp_path / "nowhere"), "")
    with pytest.raises(BuildError, match="leave it out with --drop gd"):
        plan_articles((gone,), None, CatalogueSelection())


def test_a_separator_of_lines_in_a_name_does_not_damage_the_accounts(tmp_path: Path) -> None:
    joins = (EntityJoin(f"{BASE}x", "A\u2028B", JoinStatus.NEW),)
    account = ArticleAccount("gd", "gd", "0", joins=joins)
    write_article_accounts(tmp_path, (), (account,))
    assert read_article_accounts(tmp_path) == (account,)


# What is the same

PROLOGUE = f"@base <{BASE}> .\n" + "".join(f"@prefix {p}: <{i}> .\n" for p, i in PREFIXES.items())


@pytest.fixture(scope="module")
def known() -> list[ox.Quad]:
    return source_quads(resources.articles(), resources.ontology())


def join_in(known: list[ox.Quad], trig: str) -> tuple[list[ox.Quad], list[EntityJoin]]:
    return join_entities(known, list(ox.parse(PROLOGUE + trig, format=ox.RdfFormat.TRIG)))


SAMR = 'skos:prefLabel "国家市场监督管理总局"@zh, "State Administration for Market Regulation"@en'


@pytest.mark.parametrize(
    ("entity", "status", "reason", "other"),
    [
        (f"<gd/x> a std:GovernmentBody ; {SAMR}", "same", "name", "cn/samr"),
        (f"<gd/x> a std:Organization ; {SAMR}", "same", "name", "cn/samr"),
        (f"<gd/x> a std:Person ; {SAMR}", "new", "", ""),
        (
            '<gd/x> a std:Organization ; skos:prefLabel "总局"@zh, "SAMR"@en',
            "perhaps the same",
            "name",
            "cn/samr",
        ),
        (
            '<gd/x> a std:Organization ; skos:prefLabel "总局"@zh, "SAMR"@en ;'
            " owl:differentFrom <cn/samr>",
            "different",
            "decision",
            "cn/samr",
        ),
        (
            '<gd/x> a std:GovernmentBody ; skos:prefLabel "总局"@zh, "the regulator"@en ;'
            " owl:sameAs <cn/samr>",
            "same",
            "decision",
            "cn/samr",
        ),
        (
            '<gd/x> a std:GovernmentBody ; skos:prefLabel "广东省市场监督管理局"@zh, "AMR"@en',
            "new",
            "",
            "",
        ),
        (f"<cn/samr> a std:GovernmentBody ; {SAMR}", "same", "IRI", "cn/samr"),
    ],
)
def test_an_entity_is_the_same_new_or_to_be_decided(
    known: list[ox.Quad], entity: str, status: str, reason: str, other: str
) -> None:
    _, [join] = join_in(known, f"graph:entities {{ {entity} }}")
    assert (join.status, join.reason) == (status, reason)
    assert join.other == (BASE + other if other else "")


def test_an_identifier_in_a_claim_joins(known: list[ox.Quad]) -> None:
    numbered = next(
        quad
        for quad in known
        if quad.predicate == node("dcterms:identifier")
        and "/source/" not in str(quad.subject)
        and "/claim/" in str(quad.graph_name)
    )
    [kind] = {q.object for q in known if q.subject == numbered.subject and q.predicate == RDF_TYPE}
    entity = f"""
        graph:entities {{ <gd/x> a {kind} ; skos:prefLabel "某标准"@zh, "a standard"@en }}
        <claim/gd/number> {{ <gd/x> dcterms:identifier {numbered.object} }}"""
    quads, [join] = join_in(known, entity)
    assert (join.status, join.reason) == (JoinStatus.SAME, JoinReason.IDENTIFIER)
    assert ox.NamedNode(join.other) == numbered.subject
    assert {quad.subject for quad in quads} == {numbered.subject}


def test_a_joined_entity_takes_the_known_iri_and_keeps_its_name_as_another(
    known: list[ox.Quad],
) -> None:
    quads, _ = join_in(
        known,
        """graph:entities { <gd/x> a std:GovernmentBody ;
            skos:prefLabel "总局"@zh, "the regulator"@en ; owl:sameAs <cn/samr> }
        <claim/gd/level> { <gd/x> std:level level:national . <gd/y> std:partOf <gd/x> }""",
    )
    samr, entities = ox.NamedNode(BASE + "cn/samr"), node("graph:entities")
    other = node("skos:altLabel")
    assert {ox.NamedNode(BASE + "gd/x")}.isdisjoint(
        {term for quad in quads for term in (quad.subject, quad.object)}
    )
    assert ox.Quad(samr, other, ox.Literal("总局", language="zh"), entities) in quads
    assert not [quad for quad in quads if quad.predicate == node("skos:prefLabel")]


def test_a_decision_about_an_unknown_thing_is_refused(known: list[ox.Quad]) -> None:
    with pytest.raises(SourceError, match="<cn/nobody> is no entity of the graph"):
        join_in(known, "graph:entities { <gd/x> a std:Person ; owl:sameAs <cn/nobody> }")


def test_new_entities_are_compared_with_catalogues(joined: Summary) -> None:
    generation = current_generation(joined.folder)
    graph = KnowledgeGraph.open(joined.folder)
    committee = "SELECT ?c ?g { GRAPH ?g { ?c a std:TechnicalCommittee ; skos:prefLabel ?n } }"
    rows = graph.store.select(committee).rows
    catalogues = [row for row in rows if row[1] and "graph/iso-technical" in row[1].value]
    iri, home = catalogues[0]
    assert isinstance(iri, ox.NamedNode)
    assert isinstance(home, ox.NamedNode)
    account = ArticleAccount("gd", "gd", "0", joins=(EntityJoin(iri.value, "", JoinStatus.NEW),))
    [found] = with_catalogue_matches([account], generation, [home])
    assert [join.status for join in found.joins] == [JoinStatus.SAME]
    [found] = with_catalogue_matches([account], generation, [])
    assert found == account
    apart = replace(account, joins=(EntityJoin(BASE + "gd/x", "", JoinStatus.NEW),))
    [found] = with_catalogue_matches([apart], generation, [home])
    assert [join.status for join in found.joins] == [JoinStatus.NEW]


# Two articles that speak of the same things


@pytest.fixture(scope="module")
def both() -> KnowledgeGraph:
    return KnowledgeGraph.in_memory([EXAMPLE])


def answer(graph: KnowledgeGraph, question: str, **values: str) -> list[dict[str, str]]:
    table = questions.run_question(
        graph.store, questions.load_questions(resources.queries())[question], values
    )
    return [
        {name: getattr(term, "value", "").removeprefix(BASE) for name, term in row.items()}
        for row in table.as_dicts()
    ]


def test_every_clause_of_the_example_has_a_claim_or_a_reason() -> None:
    checked = verify_phrases(known_articles(Path("nowhere"), [EXAMPLE]), text_in_folder(EXAMPLE))
    assert checked.sound
    assert coverage_of(checked).complete


def test_two_articles_agree_differ_and_add(both: KnowledgeGraph) -> None:
    claim = "claim/hainan-2020/"
    agreeing = {
        (row["subject"], row["value"])
        for row in answer(both, "corroborated")
        if row["claim"].startswith(claim) or row["other"].startswith(claim)
    }
    assert agreeing == {
        ("cn/zj/series/zhejiang-made", "559"),
        ("cn/state-council", "cn/zj/pilot/standardization-reform"),
    }
    differing = [
        row for row in answer(both, "conflicts") if row["thing"] == "cn/zj/reform/one-visit"
    ]
    assert {(row["value"], row["claim"]) for row in differing} == {
        ("2", "claim/cfsn-2019-04-11/one-visit-national-2"),
        ("3", f"{claim}one-visit-standards"),
    }
    added = {row["claim"] for row in answer(both, "added") if row["claim"].startswith(claim)}
    assert f"{claim}agreement" in added
    assert f"{claim}zhejiang-made" not in added
    others = answer(both, "added", source=f"{BASE}source/hainan-2020")
    assert {row["source"] for row in others} == {"source/hainan-2020"}
    assert any(row["subject"] == "cn/zj/pilot/standardization-reform" for row in others)


def test_figures_of_one_indicator_compare(both: KnowledgeGraph) -> None:
    rows = answer(both, "figures", indicator=f"{BASE}scheme/indicator/tasks-basically-completed")
    assert [(row["area"], row["value"], row["unit"]) for row in rows] == [
        ("place/cn/hi", "15", "scheme/unit/task"),
        ("place/cn/zj", "36", "scheme/unit/task"),
    ]

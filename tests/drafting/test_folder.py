"""Drafts as claims of an article: proposed, accepted, refused, reviewed, built."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result
from playwright.sync_api import Browser

from kg import ArgumentError, KnowledgeGraph, SourceError, cli
from kg.drafting.figure_claims import Vocabulary, figure_statements, read_vocabulary
from kg.drafting.folder import Drafted, accept, draft_into, sure_proposals
from kg.drafting.model import Mention
from kg.drafting.proposals import read_proposals
from kg.drafting.review import read_review
from kg.evidence.verification import verify_phrases
from kg.sources.article import claims_of, read_article

TEXT = """某地标准化工作取得进展
2021-03-18 09:30 来源：某某网

去年，浙江省市场监管局印发《某某行动计划》，浙江新增地方标准120项，研制地方标准超过7项。
国家标准委将于4月12日召开第三届国际标准化论坛。
由杭州市标准化研究院牵头起草的GB/T 99999-2021《某物 “测试”方法》发布。
全国某物标准化技术委员会秘书处设在中国计量大学。浙江大学没有起草《另一物技术规范》。12条经验被国务院办公厅采纳。
国家标准委将印发《某某通报》。中国标准化研究院申请承办第四届国际标准化论坛。
"""


@pytest.fixture(scope="module")
def vocabulary(graph: KnowledgeGraph) -> Vocabulary:
    return read_vocabulary(graph.store)


@pytest.fixture
def text(tmp_path: Path) -> Path:
    file = tmp_path / "text.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


@pytest.fixture
def folder(graph: KnowledgeGraph, vocabulary: Vocabulary, text: Path, tmp_path: Path) -> Path:
    _draft(graph, vocabulary, text, tmp_path / "some-place")
    return tmp_path / "some-place"


def _draft(graph: KnowledgeGraph, vocabulary: Vocabulary, text: Path, folder: Path) -> Drafted:
    return draft_into(folder, text, graph.draft(text.read_text(encoding="utf-8")), vocabulary)


def _ids(folder: Path, state: str) -> list[str]:
    article = read_article(folder)
    names = {iri.rsplit("/", 1)[-1] for iri in claims_of(article.quads)}
    return [p.id for p in read_proposals(folder) if p.state == state and p.id in names]


def test_proposed_claims_are_in_the_folder_and_left_out_of_the_graph(folder: Path) -> None:
    article = read_article(folder)
    assert {p.claim for p in read_proposals(folder)} >= {"publishes", "hosts", "drafts", "counts"}
    assert len(article.proposed) == len(_ids(folder, "proposed")) == 5
    assert not claims_of(article.stated)
    assert not any("draft" in str(q.subject) for q in article.stated)


def test_what_is_accepted_stands_on_its_phrases(folder: Path, text: Path) -> None:
    done = accept(folder, sure_proposals(folder, 0.8))
    assert (done.accepted, done.proposed) == (4, 1)
    assert done.unnamed == (
        "全国某物标准化技术委员会",
        "某某行动计划",
        "第三届国际标准化论坛",
    )
    verified = verify_phrases([read_article(folder)], text)
    assert len(verified.positions) == 4
    assert not verified.faults
    stated = {str(quad) for quad in read_article(folder).stated}
    for part in ("std:Participation", "role/issuer", "role/drafter", "state/planned"):
        iri = part.replace("std:", "ontology#")
        assert any(f"{iri}>" in quad for quad in stated), part
    # What is denied, planned or only asked for is a comment, not a claim.
    comments = (folder / "claims" / "draft.trig").read_text(encoding="utf-8")
    for words in ("[denied: 没有]", "[planned: 将]", "[asked: 申请]"):
        assert words in comments
        assert not any(
            words[-2] in quad and "#exact>" in quad for quad in stated if "将于" not in quad
        )


def test_a_figure_is_a_claim_if_the_code_lists_know_what_it_counts(folder: Path) -> None:
    [figure] = [p for p in read_proposals(folder) if p.figure]
    assert figure.figure == (
        "std:indicator indicator:local-standards ; std:value 7 ; std:unit unit:standard"
        ' ; std:comparator comparator:more-than ; std:period "2020"^^xsd:gYear'
    )
    comments = (folder / "claims" / "draft.trig").read_text(encoding="utf-8")
    assert "counts 120项 浙江新增地方标准" in comments


def test_decisions_stay_when_the_text_is_drafted_again(
    graph: KnowledgeGraph, vocabulary: Vocabulary, text: Path, folder: Path
) -> None:
    first, second, *rest = _ids(folder, "proposed")
    accept(folder, {first: "accepted", second: "refused"})
    kept = (folder / "claims" / "accepted.trig").read_text(encoding="utf-8")
    done = _draft(graph, vocabulary, text, folder)
    assert (done.accepted, done.refused, done.proposed) == (1, 1, len(rest))
    assert _ids(folder, "proposed") == rest
    assert (folder / "claims" / "accepted.trig").read_text(encoding="utf-8") == kept
    # Once accepted, a claim is the curator's: accepting it again changes nothing.
    accept(folder, {first: "accepted"})
    assert (folder / "claims" / "accepted.trig").read_text(encoding="utf-8") == kept
    with pytest.raises(ArgumentError, match="was accepted before"):
        accept(folder, {first: "refused"})


def test_corrections_replace_entities_and_name_new_ones(folder: Path) -> None:
    claim = next(p.id for p in read_proposals(folder) if p.claim == "hosts")
    edit = {"subject": "cn/samr", "object_en": "Third forum"}
    done = accept(folder, {claim: "accepted"}, {claim: edit})
    assert done.unnamed == ()
    stated = read_article(folder).stated
    agents = {q.object for q in stated if str(q.predicate).endswith("#agent>")}
    assert agents == {ox.NamedNode("https://w3id.org/stdkg/cn/samr")}
    labels = [q.object for q in stated if q.object == ox.Literal("Third forum", language="en")]
    assert len(labels) == 1


def test_a_wrong_decision_changes_no_file(folder: Path) -> None:
    claim = _ids(folder, "proposed")[0]
    before = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    with pytest.raises(SourceError, match="no proposal is called drafts-0"):
        accept(folder, {"drafts-0": "accepted"})
    with pytest.raises(SourceError, match="'not a path' is no entity"):
        accept(folder, {claim: "accepted"}, {claim: {"object": "not a path"}})
    unwritten = next(p.id for p in read_proposals(folder) if p.claim == "counts" and not p.figure)
    with pytest.raises(ArgumentError, match=f"{unwritten}: the ontology or its code lists have no"):
        accept(folder, {claim: "accepted", unwritten: "accepted"})
    with pytest.raises(ArgumentError, match=f"{claim}: the ontology or its code lists have no"):
        accept(folder, {claim: "accepted"}, {claim: {"claim": "invents"}})
    assert {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()} == before


def test_a_separator_of_lines_in_a_name_does_not_end_a_record(
    graph: KnowledgeGraph, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    text, folder = tmp_path / "separated.txt", tmp_path / "separated"
    text.write_text("浙江省市场监管局印发《某某\u2028行动计划》。", encoding="utf-8")
    _draft(graph, vocabulary, text, folder)
    [proposal] = read_proposals(folder)
    assert proposal.object.name == "某某\u2028行动计划"


def test_a_folder_of_another_text_is_refused(
    graph: KnowledgeGraph, vocabulary: Vocabulary, text: Path, folder: Path
) -> None:
    text.write_text(TEXT + "又及。", encoding="utf-8")
    with pytest.raises(SourceError, match="is the folder of another text than"):
        _draft(graph, vocabulary, text, folder)
    (folder / "draft.jsonl").write_text('{"id": 1}\n', encoding="utf-8")
    with pytest.raises(SourceError, match=r"draft\.jsonl:1: no proposal"):
        read_proposals(folder)
    (folder / "draft.jsonl").write_bytes(b"{}\n\xb1\xea\n")
    with pytest.raises(SourceError, match=r"draft\.jsonl:2: not UTF-8"):
        read_proposals(folder)


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(cli.cli, [str(each) for each in arguments], obj={})


def test_the_commands_draft_and_accept(built: Path, text: Path, tmp_path: Path) -> None:
    folder = tmp_path / "by-command"
    made = _run("draft", text, "-o", folder, "--store", built)
    assert made.exit_code == 0, made.output
    assert "5 claims proposed, 0 accepted, 0 refused" in made.output
    first, second, *_ = _ids(folder, "proposed")
    taken = _run("article", "accept", folder, first, "--refuse", second)
    assert "1 claims accepted, 1 refused, 3 open" in taken.output
    assert _run("article", "accept", folder).exit_code == 2
    sure = _run("article", "accept", folder, "--confidence", "0.8")
    assert _ids(folder, "accepted")[0] == first, sure.output


def test_a_review_is_of_its_article_and_whole(tmp_path: Path) -> None:
    file = tmp_path / "review.json"
    decision: dict[str, Any] = {"claim": "hosts-1", "decision": "accepted", "edit": {}}
    for content, message in (
        ("{", "not a review"),
        (json.dumps({"article": "other", "decisions": []}), "review of the article 'other'"),
        (json.dumps({"article": "a", "decisions": [decision | {"decision": "yes"}]}), "'yes'"),
        (json.dumps({"article": "a", "decisions": [decision | {"edit": {"x": ""}}]}), "x can't be"),
    ):
        file.write_text(content, encoding="utf-8")
        with pytest.raises(SourceError, match=message):
            read_review(file, "a")


def test_the_page_is_worked_by_keyboard_and_offline(folder: Path, chromium: Browser) -> None:
    context = chromium.new_context(offline=True, locale="en-US", color_scheme="dark")
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto((folder / "review.html").as_uri())
    for key in "jarke":
        page.keyboard.press(key)
    page.fill("[name=object_en]", "Third </script> forum")
    # Within one task: the focus is still in the field of the dialog that closed.
    page.evaluate(
        "() => { document.querySelector('#editor-form').requestSubmit();"
        " document.activeElement.dispatchEvent("
        "new KeyboardEvent('keydown', { key: '?', bubbles: true })); }"
    )
    assert page.is_visible("#help")
    page.keyboard.press("Escape")
    with page.expect_download() as download:
        page.keyboard.press("s")
    saved = Path(download.value.path())
    states, edits = read_review(saved, "some-place")
    proposals = [p.id for p in read_proposals(folder) if p.id in _ids(folder, "proposed")]
    assert states == {proposals[1]: "accepted", proposals[2]: "refused"}
    assert edits == {proposals[2]: {"object_en": "Third </script> forum"}}
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("document.querySelector('#proposals li[aria-current]') !== null")
    assert not faults
    context.close()
    accept(folder, states, edits)


@pytest.mark.parametrize(
    ("counted", "figure", "indicator", "unit"),
    [
        ("国际标准转化率", ("85.7", "%"), "conversion-rate", "percent"),
        ("标准化经费", ("3200000", "元"), "standardization-funds", "yuan"),
        ("标准制定周期", ("17.5", "个月"), "development-time", "month"),
        ("任务", ("3", "项"), "tasks", "task"),
        ("任务", ("3.5", "项"), "", ""),
        ("国际标准转化率", ("30-40", "%"), "", ""),
    ],
)
def test_figures_are_counts_shares_money_and_times(
    vocabulary: Vocabulary, counted: str, figure: tuple[str, str], indicator: str, unit: str
) -> None:
    value, word = figure
    mention = Mention("QTY", 0, 1, value, value, "figure", 0.9, unit=word)
    expected = f"std:indicator indicator:{indicator} ; std:value {value} ; std:unit unit:{unit}"
    found = figure_statements(vocabulary, counted, mention, None, is_as_of=False)
    assert found == (expected if unit else "")

"""New articles: their folders, and claims that are only proposed."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.common.errors import ExportError, SourceError
from kg.common.namespaces import BASE, node
from kg.evidence.verification import coverage_of, verify_phrases, write_positions
from kg.sources import article
from kg.sources.article_folder import ArticleDetails, new_article

TEXT = "栏目：要闻、观点、标准\n广东2021年部署改革任务18项，省政府组织实施。\n"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    file = tmp_path / "text.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def with_examples(folder: Path) -> article.Article:
    """Use the examples in the comments of all files."""
    for file in folder.rglob("*.trig"):
        lines = file.read_text(encoding="utf-8").splitlines()
        shown = [line.removeprefix("#|") for line in lines if "example.org" not in line]
        file.write_text("\n".join(shown) + "\n", encoding="utf-8")
    return article.read_article(folder)


def test_a_new_folder_says_what_it_is_and_holds_no_statement_but_the_source(
    tmp_path: Path, text: Path
) -> None:
    details = ArticleDetails(zh='"广东"报', en="Guangdong Daily", url="https://example.org/a?b=1")
    made = new_article(tmp_path / "GD 2021", text, details)
    assert made.slug == "gd-2021"
    assert {quad.subject for quad in made.quads} == {ox.NamedNode(BASE + "source/gd-2021")}
    assert {quad.object for quad in made.quads if quad.predicate == node("skos:prefLabel")} == {
        ox.Literal('"广东"报', language="zh"),
        ox.Literal("Guangdong Daily", language="en"),
    }
    assert not list((tmp_path / "GD 2021").rglob("*.txt"))
    names = {file.relative_to(made.folder).as_posix() for file in made.files}
    assert {"source.trig", "entities.trig", "schemes.trig", "uncovered.trig"} < names
    for file in made.files:
        comments = re.findall(r"^# ", file.read_text(encoding="utf-8"), re.MULTILINE)
        assert len(comments) >= 2, file


def test_the_examples_in_the_comments_are_claims_on_a_text(tmp_path: Path, text: Path) -> None:
    new_article(tmp_path / "gd", text, keep_text=True)
    made = with_examples(tmp_path / "gd")
    checked = verify_phrases([made], made.folder / "text.txt")
    assert not checked.faults
    assert len(checked.positions) == 2
    write_positions(checked)
    again = verify_phrases([article.read_article(made.folder)], text)
    assert again.sound
    assert coverage_of(again).explained == 4


def test_a_proposed_claim_is_left_out_with_what_only_it_needs(tmp_path: Path, text: Path) -> None:
    new_article(tmp_path / "gd", text)
    whole = with_examples(tmp_path / "gd")
    claims = tmp_path / "gd" / "claims" / "01-first.trig"
    written = claims.read_text(encoding="utf-8")
    claims.write_text(
        written.replace("c:tasks a std:Claim ;", "c:tasks a std:Claim ; std:proposed true ;"),
        encoding="utf-8",
    )
    found = article.read_article(tmp_path / "gd")
    assert found.proposed == {BASE + "claim/gd/tasks"}
    assert set(found.quads) - set(whole.quads) == {
        ox.Quad(node("claim:gd/tasks"), article.PROPOSED, ox.Literal(True), node("graph:evidence"))
    }
    gone = set(whole.quads) - set(found.stated)
    assert {article.subject_iri(quad).removeprefix(BASE) for quad in gone} == {
        *("claim/gd/tasks", "evidence/gd/tasks", "quote/gd/tasks"),
        "cn/gd/reform/standardization/tasks",
    }
    claims.write_text(
        written.replace("a std:Claim ;", "a std:Claim ; std:proposed true ;"), encoding="utf-8"
    )
    gone = set(whole.quads) - set(article.read_article(tmp_path / "gd").stated)
    assert BASE + "cn/gd/reform/standardization" in {article.subject_iri(quad) for quad in gone}
    assert BASE + "place/cn/gd" not in {article.subject_iri(quad) for quad in gone}


def test_the_mark_of_a_proposed_claim_is_true(tmp_path: Path, text: Path) -> None:
    new_article(tmp_path / "gd", text)
    with_examples(tmp_path / "gd")
    claims = tmp_path / "gd" / "claims" / "01-first.trig"
    written = claims.read_text(encoding="utf-8")
    claims.write_text(
        written.replace("c:tasks a std:Claim ;", 'c:tasks a std:Claim ; std:proposed "yes" ;'),
        encoding="utf-8",
    )
    with pytest.raises(SourceError, match=r"01-first\.trig:\d+: claim:gd/tasks has std:proposed"):
        article.read_article(tmp_path / "gd")


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        ("文".encode("gb18030"), None, "not UTF-8"),
        (b" \n", None, "the text is empty"),
        (b"x", "文章", "has no letters"),
        (b"x", "cfsn-2019-04-11", "is reserved"),
    ],
)
def test_a_folder_is_refused(
    tmp_path: Path, content: bytes, name: str | None, message: str
) -> None:
    file = tmp_path / "text.txt"
    file.write_bytes(content)
    with pytest.raises(SourceError, match=message):
        new_article(tmp_path / "gd", file, ArticleDetails(name))
    assert not (tmp_path / "gd").exists()


def test_nothing_is_written_over(tmp_path: Path, text: Path) -> None:
    with pytest.raises(ExportError, match="not an empty folder"):
        new_article(tmp_path, text)
    with pytest.raises(SourceError, match="no address of a page"):
        new_article(tmp_path / "gd", text, ArticleDetails(url="https://a.b/> . <x"))


def test_the_commands_make_and_verify_a_folder(tmp_path: Path, text: Path) -> None:
    folder = str(tmp_path / "gd")
    run = CliRunner().invoke
    made = run(cli, ["article", "new", folder, "--text", str(text), "--keep-text"], obj={})
    assert made.exit_code == 0
    assert f"--write --article {folder}" in made.output
    written = run(cli, ["verify", str(text), "--write", "--article", folder], obj={})
    assert written.exit_code == 0, written.output
    covered = run(cli, ["verify", folder, "--coverage"], obj={})
    assert covered.exit_code == 1
    assert "NOT COVERED" in covered.output
    assert "<source/gd>: 0 phrases found in the text, 0 faults" in covered.output

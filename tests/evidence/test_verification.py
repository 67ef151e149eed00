"""The article's phrases are in its text, its claims cover it, and every fault is reported."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.common import resources
from kg.common.errors import KgError
from kg.common.namespaces import BASE, STD
from kg.evidence import verification
from kg.evidence.coverage import ClaimPhrase, measure_text_coverage
from kg.evidence.naming import name_parts
from kg.evidence.reader import PARTS, Position
from kg.sources import article
from tests.support import ROOT, Run

CLAIMS = Path("articles") / "cfsn-2019-04-11"


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    ).stdout
    files = [ROOT / name for name in listed.split("\0") if name]
    return [f for f in files or sorted(ROOT.rglob("*")) if f.is_file()]


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_every_phrase_is_at_its_recorded_position(text_file: Path) -> None:
    result = verification.verify_phrases(article.read_articles(resources.articles()), text_file)
    assert result.faults == ()
    assert result.sound
    assert len(result.positions) > 140
    for quote, position in result.positions:
        assert result.text[position.start : position.end] == quote.exact


def test_every_clause_has_a_claim_or_a_reason_to_have_none(text_file: Path) -> None:
    result = verification.verify_phrases(article.read_articles(resources.articles()), text_file)
    covered = verification.coverage_of(result)
    gaps = [(result.text[p.start : p.end], why) for s in covered.sentences for p, why in s.gaps]
    assert [gap for gap, why in gaps if why is None] == []
    assert covered.stale == ()
    assert covered.clauses > 150


@pytest.mark.slow
def test_no_tracked_file_contains_a_long_stretch_of_the_text(text_file: Path) -> None:
    text = text_file.read_text(encoding="utf-8")
    windows = {text[i : i + 40] for i in range(len(text) - 39)}
    for file in tracked_files():
        try:
            body = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        held = [body[i : i + 40] for i in range(len(body) - 39) if body[i : i + 40] in windows]
        assert not held, file


def test_the_output_of_the_command(run: Run, text_file: Path) -> None:
    plain = run("verify", text_file)
    assert (plain.returncode, plain.stderr) == (0, "")
    covered = run("verify", text_file, "--coverage")
    assert covered.returncode == 0
    assert "0 are not covered" in covered.stdout
    assert "[秘书处由中国承担]" in covered.stdout
    assert "uncovered:site-furniture" in covered.stdout


@pytest.mark.parametrize("content", ["另一篇文章", ""])
def test_a_wrong_file_is_refused(run: Run, tmp_path: Path, content: str) -> None:
    file = tmp_path / "other.txt"
    file.write_text(content, encoding="utf-8")
    answer = run("verify", file)
    assert answer.returncode == 2
    assert re.fullmatch(r"kg: \S+: SHA-256 \S+ matches no known source .*\n", answer.stderr)


def test_a_missing_file_and_a_folder_are_refused(run: Run, tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        answer = run("verify", path)
        assert answer.returncode == 2
        assert answer.stderr.count("\n") == 1


def test_a_changed_text_is_refused(run: Run, tmp_path: Path, text_file: Path) -> None:
    file = tmp_path / "changed.txt"
    file.write_text(text_file.read_text(encoding="utf-8") + " ", encoding="utf-8")
    answer = run("verify", file)
    assert answer.returncode == 2
    assert "matches no known source" in answer.stderr


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('oa:exact "第二轮投票"', 'oa:exact "第三轮投票"', "'第三轮投票' is not in the text"),
        ('oa:exact "第二轮投票"', 'oa:exact "国际标准化组织"', "occurs"),
        ('oa:exact "第二轮投票"', 'oa:exact "二轮投票"', "recorded at"),
        (
            'oa:exact "第二轮投票"',
            'oa:exact "第二轮投票" ; oa:prefix "无"',
            "not between its prefix",
        ),
    ],
)
def test_a_wrong_phrase_is_an_error_that_names_file_and_line(
    run: Run, project: Path, text_file: Path, old: str, new: str, message: str
) -> None:
    file = project / CLAIMS / "claims" / "04-iso-committee.trig"
    replace(file, old, new)
    line = next(
        n for n, row in enumerate(file.read_text(encoding="utf-8").split("\n"), 1) if new in row
    )
    answer = run("verify", text_file, cwd=project)
    assert answer.returncode == 1
    [fault] = answer.stderr.splitlines()
    assert message in fault
    assert f"04-iso-committee.trig:{line}:" in fault


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("oa:exact", "oaa:exact", "04-iso-committee.trig:"),
        ("@prefix role:", "@prefix roll:", "04-iso-committee.trig:"),
        ("c:ballot-round {", "{", "is outside any graph"),
        ("<iso/tmb> std:partOf <iso>", "_:b std:partOf <iso>", "blank node"),
    ],
)
def test_broken_trig_is_an_error_that_names_the_file(
    run: Run, project: Path, text_file: Path, old: str, new: str, message: str
) -> None:
    replace(project / CLAIMS / "claims" / "04-iso-committee.trig", old, new)
    answer = run("verify", text_file, cwd=project)
    assert answer.returncode == 2
    [fault] = answer.stderr.splitlines()
    assert message in fault


def test_a_claim_in_two_files_is_refused(run: Run, project: Path, text_file: Path) -> None:
    claims = project / CLAIMS / "claims"
    (claims / "08-copy.trig").write_bytes((claims / "01-publication.trig").read_bytes())
    answer = run("verify", text_file, cwd=project)
    assert answer.returncode == 2
    assert "is also in 01-publication.trig" in answer.stderr


def test_a_gap_without_a_reason_fails(run: Run, project: Path, text_file: Path) -> None:
    replace(project / CLAIMS / "uncovered.trig", "oa:end 35", "oa:end 20")
    answer = run("verify", text_file, "--coverage", cwd=project)
    assert answer.returncode == 1
    assert "NOT COVERED" in answer.stdout


def test_a_reason_for_a_covered_stretch_fails(run: Run, project: Path, text_file: Path) -> None:
    replace(project / CLAIMS / "uncovered.trig", "oa:end 35", "oa:end 40")
    answer = run("verify", text_file, "--coverage", cwd=project)
    assert answer.returncode == 1
    assert "a claim stands on it" in answer.stdout


def test_writing_restores_the_positions_byte_for_byte(
    run: Run, project: Path, text_file: Path
) -> None:
    file = project / CLAIMS / "positions.trig"
    shipped = file.read_bytes()
    file.unlink()
    missing = run("verify", text_file, cwd=project)
    assert missing.returncode == 1
    assert "--write" in missing.stderr
    assert run("verify", text_file, "--write", cwd=project).returncode == 0
    assert file.read_bytes() == shipped


def test_nothing_is_written_while_a_phrase_is_wrong(
    run: Run, project: Path, text_file: Path
) -> None:
    file = project / CLAIMS / "positions.trig"
    shipped = file.read_bytes()
    replace(project / CLAIMS / "claims" / "04-iso-committee.trig", "第二轮投票", "第三轮投票")
    assert run("verify", text_file, "--write", cwd=project).returncode == 1
    assert file.read_bytes() == shipped


def test_articles_are_read_in_full() -> None:
    [one] = article.read_articles(resources.articles())
    assert one.slug == "cfsn-2019-04-11"
    with pytest.raises(KgError, match="No such file"):
        article.parse_trig(one.folder / "none.trig")


def test_every_subject_agent_and_date_is_named_or_inferred(text_file: Path) -> None:
    result = verification.verify_phrases(article.read_articles(resources.articles()), text_file)
    how = {part: {e.how for e in result.parts if e.part == part} for part in PARTS}
    assert how == {part: {"phrase", "role", "inferred"} for part in PARTS}


def test_what_no_phrase_names_is_found() -> None:
    claim, evidence, quote = (BASE + f"{kind}/example" for kind in ("claim", "evidence", "quote"))
    lines = f"""
        @prefix oa: <http://www.w3.org/ns/oa#> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        @prefix std: <{STD}> .
        <plan> skos:prefLabel "阳光计划"@zh, "Sunshine Plan"@en . <city> skos:prefLabel "某市"@zh .
        <{claim}> std:evidence <{evidence}> . <{evidence}> oa:hasSelector <{quote}> .
        <{quote}> oa:exact "“阳光”计划自2021年起实施" .
        GRAPH <{claim}> {{ <role> std:agent <city> ; std:in <plan> ; std:date "2021" }}"""
    quads = list(ox.parse(lines, format=ox.RdfFormat.TRIG, base_iri=BASE))
    found = {each.part: (each.how, each.entities) for each in name_parts([claim], quads)}
    assert found == {
        "subject": ("phrase", (BASE + "plan",)),
        "agent": ("unnamed", (BASE + "city",)),
        "time": ("phrase", ("2021",)),
    }


def test_words_beside_a_phrase_are_listed() -> None:
    text = "两年来,以试点为主线,着力发挥作用"
    phrases = [ClaimPhrase("c", Position(5, 7)), ClaimPhrase("c", Position(13, 17))]
    [sentence] = measure_text_coverage(text, phrases, []).sentences
    assert [text[p.start : p.end] for p in sentence.loose] == ["以", "为主线", "着力"]
    assert [text[p.start : p.end] for p, _ in sentence.gaps] == ["两年来"]


def test_qualifying_words_that_no_claim_carries_are_listed(text_file: Path) -> None:
    result = verification.verify_phrases(article.read_articles(resources.articles()), text_file)
    loose = [p for s in verification.coverage_of(result).sentences for p in s.loose]
    words = {result.text[p.start : p.end] for p in loose}
    assert {"重点", "着力", "多双边", "两年来", "事关"} <= words
    # Carried by claims, as a manner or a verdict.
    assert not {"全力", "全面", "圆满", "更为", "卓越"} & words

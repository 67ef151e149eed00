"""Matching references as people write them: results, document status, and no guesses."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from kg import KnowledgeGraph
from kg.analysis.match_rows import COLUMNS
from kg.cli.reports import match as report
from kg.common.namespaces import BASE
from kg.entities.match import Match, Reason
from kg.entities.match.corrections import swap_lookalikes
from kg.entities.match.designation_search import find_designations
from kg.entities.match.model import REFUSALS, WEIGHTS
from kg.entities.match.readings import trim
from kg.entities.match.suffix_words import OTHER_DOCUMENTS as OTHER
from kg.entities.match.title_agreement import compare_titles
from kg.entities.match.words import DETAILS, OTHER_DOCUMENTS, WHY, explain
from kg.entities.status_words import STATUSES
from kg.pipeline.build import Summary
from tests.support import Run


def one(graph: KnowledgeGraph, text: str) -> Match:
    [found] = graph.match([text])
    return found


def path(iri: str) -> str:
    return iri.removeprefix(BASE)


def reasons(found: Match) -> list[str]:
    return [reason.key for reason in found.reasons]


@pytest.mark.parametrize(
    ("text", "meant", "why"),
    [
        ("ISO 9001:2015", "iso/9001-2015", ["same"]),
        ("ＩＳＯ　９００１：２０１５", "iso/9001-2015", ["same"]),
        ("iso 27001:2022", "iso-iec/27001-2022", ["designated"]),
        ("ISO/IEC 27001:2022(E)", "iso-iec/27001-2022", ["designated"]),
        ("ISO 9001", "iso/9001-2015", ["designated", "undated"]),
        ("ISO-9001", "iso/9001-2015", ["designated", "undated", "written"]),
        ("ISO 9001/2015", "iso/9001-2015", ["same", "written"]),
        ("ISO 9001 (2015)", "iso/9001-2015", ["same", "written"]),
        ("ISO-IEC 27001:2022", "iso-iec/27001-2022", ["same", "written"]),
        ("国际标准ISO 9001:2008", "iso/9001-2008", ["same", "written"]),
        ("[3] 《ISO 9001:2008》;", "iso/9001-2008", ["same"]),
        ("ISO 9001:2015 Quality management systems", "iso/9001-2015", ["same", "same-title"]),
        ("ISO 9001:2015 质量管理体系 要求", "iso/9001-2015", ["same", "no-title"]),
        ("IS0 9OO1:2015", "iso/9001-2015", ["same", "alike"]),
        ("IOS 9001:2015", "iso/9001-2015", ["same", "mended"]),
        ("ISSO 9001:2015", "iso/9001-2015", ["same", "mended"]),
        ("lSO 9001:2015", "iso/9001-2015", ["same", "alike"]),
        ("IOS/TC 321", "iso/tc/321", ["same", "mended"]),
        ("Standardization Administration of Chna", "cn/sac", ["same", "mended"]),
        ("国家标准委", "cn/sac", ["same"]),
        ("國際標準化組織", "iso", ["same"]),
        ("国际电工委员会", "iec", ["same"]),
        ("International Organisation for Standardization", "iso", ["same", "written"]),
        ("<iso/9001-2015>", "iso/9001-2015", ["iri"]),
    ],
)
def test_references_are_matched_with_reasons(
    world: KnowledgeGraph, text: str, meant: str, why: list[str]
) -> None:
    found = one(world, text)
    assert (path(found.iri), reasons(found)) == (meant, why)
    assert 0.6 < found.score <= 1
    assert (found.score == 1) == (set(why) <= {"same", "designated", "same-title", "iri"})


@pytest.mark.parametrize(
    ("text", "why", "offered"),
    [
        ("", "empty", []),
        (" -- ", "empty", []),
        ("ISO 9001:2016", "other-edition", ["iso/9001-2015", "iso/9001-2008", "iso/9001-2000"]),
        ("ISO 9010:2015", "no-such-number", []),
        ("ISO 90001:2015", "no-such-number", []),
        ("ISO 9001:2051", "other-edition", ["iso/9001-2015", "iso/9001-2008", "iso/9001-2000"]),
        ("EN ISO 9001:2015", "adoption", ["iso/9001-2015"]),
        ("GB/T 19001-2016 idt ISO 9001:2015", "adoption", ["iso/9001-2015"]),
        ("等同采用ISO 9001:2015", "adoption", ["iso/9001-2015"]),
        ("ISO 9001:2015; ISO 9001:2008", "pair", ["iso/9001-2015", "iso/9001-2008"]),
        ("see ISO 9001:2015 again", "more", ["iso/9001-2015"]),
        ("ISO 9001:2015 Environmental management systems", "other-title", ["iso/9001-2015"]),
        ("ISO 9001 第7版", "no-such-edition", ["iso/9001-2015", "iso/9001-2008"]),
        ("GB/T 19001—2016", "recognized", []),
        ("ISA 9001", "similar", ["iso/9001-2015"]),
        ("国标管委", "similar", ["cn/sac"]),
        ("国家标准化管理委员", "part", ["cn/sac"]),
        ("江苏省人民政府", "similar", ["cn/zj/gov"]),
        ("Transaction assurance in e-commerce", "several", ["iso/tc/321"]),
    ],
)
def test_nothing_is_guessed(world: KnowledgeGraph, text: str, why: str, offered: list[str]) -> None:
    found = one(world, text)
    assert (found.iri, found.score, found.status.key) == ("", 0, "")
    assert reasons(found) == [why]
    others = list(map(path, found.others))
    assert set(offered) <= set(others)
    assert bool(others) == bool(offered)


@pytest.mark.parametrize("text", ["浙江省政府", "杭州市", "国家市场监督管理总局"])
def test_no_character_of_a_chinese_name_is_corrected(world: KnowledgeGraph, text: str) -> None:
    assert one(world, text).iri
    for at in range(len(text)):
        changed = text[:at] + "某" + text[at + 1 :]
        assert one(world, changed).iri == "", changed


def test_no_digit_of_a_number_is_corrected(world: KnowledgeGraph) -> None:
    for text in ("ISO 9001:2015", "ISO/IEC 27001:2022", "JIS Q 9001:2015", "ISO/TC 321"):
        for at, sign in enumerate(text):
            for digit in "0123456789" if sign.isdigit() else "":
                changed = text[:at] + digit + text[at + 1 :]
                found = one(world, changed)
                known = {path(found.iri)} & {
                    # What the small world has under another number.
                    "iso/9001-2015",
                    "iso-iec/27001-2022",
                    "iso-iec/27001-2013",
                    "jis/q9001-2015",
                    "iso/tc/321",
                }
                assert (not found.iri) or changed == text or not known, changed


@pytest.mark.parametrize(
    ("text", "status", "successors"),
    [
        ("ISO 9001:2015", "current", []),
        ("ISO 9001:2000", "superseded", ["iso/9001-2015"]),
        ("ISO/IEC 27001:2013", "superseded", ["iso-iec/27001-2022"]),
        ("ISO/DIS 9001", "draft", []),
        ("ISO/TC 321", "", []),
        # No source describes it, but one says what replaced it.
        ("ISO 10303-1:1994", "mentioned", ["iso/10303-1-2021"]),
    ],
)
def test_document_status_and_successors(
    world: KnowledgeGraph, text: str, status: str, successors: list[str]
) -> None:
    found = one(world, text)
    assert found.status.key == status
    assert [path(iri) for iri in found.status.successors] == successors


def test_matches_are_frozen_and_have_a_short_repr(world: KnowledgeGraph) -> None:
    found = one(world, "ISO 9001")
    assert repr(found) == (
        "Match('ISO 9001', <iso/9001-2015>, score=0.95, reasons=designated+undated)"
    )
    with pytest.raises(FrozenInstanceError):
        found.score = 1.0  # type: ignore[misc]
    assert repr(one(world, "国标管委")) == "Match('国标管委', no match, score=0.0, reasons=similar)"


def test_undated_references_give_the_other_editions(world: KnowledgeGraph) -> None:
    assert [path(iri) for iri in one(world, "ISO 9001").others] == [
        "iso/9001-2008",
        "iso/9001-2000",
    ]


def test_matches_keep_the_order_of_equal_texts(world: KnowledgeGraph) -> None:
    texts = ["ISO 9001", "杭州市", "ISO 9001", ""]
    found = world.match(texts)
    assert [match.text for match in found] == texts
    assert found[0] == found[2]


def test_list_numbers_quotes_and_punctuation_are_trimmed() -> None:
    for text in ("1. ISO 1", "[12] ISO 1", "“ISO 1”", "《ISO 1》。", " ISO 1; ", "(3) ISO 1"):
        assert trim(text) == "ISO 1"
    assert trim("3GPP TS 1") == "3GPP TS 1"
    assert trim("802.3") == "802.3"


def test_lookalikes_are_swapped_only_where_mixed() -> None:
    assert list(swap_lookalikes("lS0 27OOl")) == ["ISO 27001"]
    assert list(swap_lookalikes("OIML R 76")) == []
    assert list(swap_lookalikes("B0101 H2O")) == []


def test_the_longest_designations_are_found() -> None:
    text = "GB/T 19001-2016 idt ISO 9001:2015/Amd 1:2024 (IDT)"
    assert list(find_designations(text)) == ["GB/T 19001-2016", "ISO 9001:2015/Amd 1:2024"]


def test_titles_are_compared_by_words() -> None:
    titles = ["Quality management systems — Requirements", "品質マネジメントシステム"]
    assert compare_titles("quality management system, requirements", titles) == "same-title"
    assert (
        compare_titles("Environmental management systems — Requirements", titles) == "other-title"
    )
    assert compare_titles("Quality management systems part 2", titles) == "other-title"
    assert compare_titles("品質マネジメント", titles) == "same-title"
    assert compare_titles("Qualité", ["品質"]) == "no-title"


def test_every_reason_and_status_has_text_in_both_languages() -> None:
    assert set(WHY) == {*WEIGHTS, *REFUSALS}
    assert set(DETAILS) <= set(WHY)
    assert all("{value}" in text.en and "{value}" in text.zh for text in DETAILS.values())
    assert not any("{value}" in text.en + text.zh for text in WHY.values())
    assert set(OTHER_DOCUMENTS) == {"amendment", "corrigendum", "addendum", *OTHER}
    for key, text in {**WHY, **{k: t for k, t in STATUSES.items() if k}}.items():
        assert text.en, key
        assert text.zh, key


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_totals_have_no_holes(world: KnowledgeGraph, lang: str) -> None:
    texts = ["", "ISO 9001:2016", "EN ISO 9001:2015", "ISO 9001 第3版", "ISO 9010:2015", "国标管委"]
    matches = world.match([*texts, "Transaction assurance in e-commerce", "ISO 9001:2008"])
    text = report.totals(matches, lang)
    assert not re.search(r"[…“”{}]|^ +\d+ +$", text, re.MULTILINE), text
    counts = [int(line.split()[0]) for line in text.splitlines()[1:]]
    assert sum(counts) == len(matches)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason("no-title", "第3版"), "there is no title to hold “第3版” against"),
        (Reason("no-title", "(third edition"), "there is no title to hold “third edition” against"),
        (Reason("no-title", " “” "), "there is no title in the language given"),
        (Reason("other-title", ""), "the number is known, but not with this title"),
        (Reason("other-title", "“Tests”"), "the number is known, its title is “Tests”"),
        (Reason("written", "ISO 1 (E)"), "read as ISO 1 (E)"),
    ],
)
def test_reasons_have_neither_empty_quotes_nor_half_brackets(reason: Reason, words: str) -> None:
    assert explain(reason, "en") == words


LIST = """No;Reference;Remark
1;ISO 9001:2008;old
2;IOS 9001;=1+1
3;国标管委;
4;ISO 9001:2016;

5;杭州市;"two
lines"
"""


@pytest.fixture
def list_file(tmp_path: Path) -> Path:
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    return tmp_path / "list.csv"


def test_a_list_comes_back_with_added_columns(run: Run, joined: Summary, list_file: Path) -> None:
    result = run("match", list_file, "--column", "Reference", store=joined.folder)
    assert result.returncode == 0, result.stderr
    rows = list(csv.DictReader(io.StringIO(result.stdout), delimiter=";"))
    assert list(rows[0]) == ["No", "Reference", "Remark", *COLUMNS]
    # The blank row keeps its place.
    assert [row["No"] for row in rows] == ["1", "2", "3", "4", "", "5"]
    assert rows[0]["iri"] == BASE + "iso/9001-2008"
    assert (rows[0]["status"], rows[0]["replaced_by"]) == (
        "replaced by ISO 9001:2015",
        BASE + "iso/9001-2015",
    )
    assert "data/iso-9001-2015.yaml" in rows[0]["evidence"]
    assert (rows[0]["later_edition"], rows[1]["evidence"]) == ("", "")
    # What is the reader's own stays as it is.
    assert (rows[1]["Remark"], rows[5]["Remark"]) == ("=1+1", "two\nlines")
    assert "read as ISO 9001" in rows[1]["why"]
    assert (rows[2]["iri"], rows[2]["score"]) == ("", "0")
    assert "<cn/sac>" in rows[2]["others"]
    assert result.stderr.splitlines()[0] == "6 references: 3 matched, 3 not"


def test_single_references_and_texts_are_matched(run: Run, joined: Summary, tmp_path: Path) -> None:
    result = run("match", "ISO 9001:2015", store=joined.folder)
    assert result.returncode == 0, result.stderr
    [row] = csv.DictReader(io.StringIO(result.stdout))
    assert list(row) == ["reference", *COLUMNS]
    assert (row["reference"], row["iri"]) == ("ISO 9001:2015", BASE + "iso/9001-2015")
    text = "ISO 9001:2015\n\nISO/TC 321\n"
    (tmp_path / "list.txt").write_text(text, encoding="utf-8")
    from_file = run("match", tmp_path / "list.txt", store=joined.folder)
    assert [row["iri"] for row in csv.DictReader(io.StringIO(from_file.stdout))] == [
        BASE + "iso/9001-2015",
        "",
        BASE + "iso/tc/321",
    ]
    assert run("match", "-", store=joined.folder, stdin=text).stdout == from_file.stdout
    as_table = run("match", "-", "--column", "n", store=joined.folder, stdin="m,n\n1,ISO/TC 321\n")
    assert as_table.stdout.splitlines()[1].startswith(f"1,ISO/TC 321,{BASE}iso/tc/321,")


def test_a_workbook_round_trips(run: Run, joined: Summary, list_file: Path, tmp_path: Path) -> None:
    book, back = tmp_path / "out.xlsx", tmp_path / "back.csv"
    given = ("--column", "Reference", "--lang", "zh")
    assert run("match", list_file, *given, "-o", book, store=joined.folder).returncode == 0
    assert run("match", book, *given, "-o", back, store=joined.folder).returncode == 0
    rows = list(csv.reader(io.StringIO(back.read_text("utf-8-sig"))))
    width = 3 + len(COLUMNS)
    assert rows[0][width:] == ["kg_" + name for name in COLUMNS]
    for row in rows[1:]:
        assert row[3:width] == row[width:]
    assert rows[1][6] == "被ISO 9001:2015代替"
    assert rows[2][2] == "=1+1"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["list.csv", "--column", "X"], "no column 'X'; there are 'No', 'Reference', 'Remark'"),
        (["list.csv", "--column", "4"], "no column '4'"),
        (["list.csv"], "3 columns: choose one with --column: 'No', 'Reference', 'Remark'"),
        (["ISO 1", "--column", "1"], "'ISO 1' is no file, and --column is for files"),
        (["none.xls"], "none.xls: name a file that ends in .csv, .tsv, .xlsx, .txt"),
        ([" "], "name a list, or give a reference"),
        (["none.csv", "--column", "1"], "none.csv: No such file or directory"),
        (["list.csv", "--column", "1", "-o", "list.csv"], "is the input file: name another"),
        (["list.csv", "--column", "1", "-o", "out.doc"], "give --format, or one of"),
        (["list.csv", "--column", "1", "--sheet", "A"], "has no sheets"),
    ],
)
def test_usage_errors_say_what_to_do(
    run: Run, joined: Summary, list_file: Path, arguments: list[str], message: str
) -> None:
    given = [str(list_file.parent / a) if "." in a else a for a in arguments]
    result = run("match", *given, store=joined.folder)
    assert result.returncode == 2
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_the_exit_code_is_1_if_nothing_matched(run: Run, joined: Summary, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("name\nGB/T 99999\n", encoding="utf-8")
    result = run("match", tmp_path / "list.csv", "--column", "name", store=joined.folder)
    assert result.returncode == 1
    assert "GB/T 99999" in result.stdout

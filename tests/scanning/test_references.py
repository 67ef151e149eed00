"""References in sentences are found with their spans, numbers and clauses, and nothing else is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks.scanning import count, plant
from kg.identifiers import parse
from kg.scanning.passages import Passage
from kg.scanning.references import find_references
from tests.support import DESIGNATIONS

CASES = yaml.safe_load(Path(__file__).with_name("references.yaml").read_text(encoding="utf-8"))


def expected(found: list[Any]) -> tuple[str, str, list[str]]:
    written, *rest = map(str, found)
    return written, rest[0] if rest else str(parse(written)), rest[1:]


@pytest.mark.parametrize("case", CASES, ids=[case["text"] for case in CASES])
def test_a_sentence_has_these_references(case: dict[str, Any]) -> None:
    references = find_references([Passage(case["text"], 1)])
    found = [
        (each.text, each.number, [clause.name for clause in each.clauses]) for each in references
    ]
    assert found == [expected(each) for each in case["finds"]]
    for each in references:
        assert case["text"][each.start : each.end] == each.text


def test_a_reference_tells_how_it_is_given() -> None:
    text = "ISO 9001:2015 and 14001; GB/T 1.1～1.3; ISO 5725 (all parts), whereas IEC 60947 is."
    references = find_references([Passage(text, 1)])
    assert [(each.number, each.form, each.is_dated) for each in references][:2] == [
        ("ISO 9001:2015", "full", True),
        ("ISO 14001", "listed", False),
    ]
    assert [each.form for each in references[2:5]] == ["full", "range", "listed"]
    assert [each.wanted for each in references[5:]] == ["ISO 5725 (all parts)", "IEC 60947"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("按ISO 9001:2015第1号修改单执行", "ISO 9001:2015 第1号修改单"),
        ("GB/T 1.1—2020《标准化工作导则》第1号修改单", "GB/T 1.1—2020 第1号修改单"),
        ("GB/T 1.1—2020《标准化工作导则》，《某手册》草案", "GB/T 1.1—2020"),
        ("《GB/T 1.1—2020》（征求意见稿）已发布", "GB/T 1.1—2020 征求意见稿"),
        ("ISO 9000系列标准的要求", "ISO 9000 系列标准"),
        ("ISO 9001:2015の追補1", "ISO 9001:2015 追補1"),
        ("See Amendment 1 to the ISO 9001:2015 standard", "ISO 9001:2015 Amendment 1"),
        ("die Änderung 1 zu ISO 9001:2015", "ISO 9001:2015 Änderung 1"),
        (
            "ISO/IEC 17025:2005, Technical Corrigendum 1",
            "ISO/IEC 17025:2005 Technical Corrigendum 1",
        ),
        ("the ISO 9000 series of standards", "ISO 9000 series"),
        ("ISO 9001:2026 (draft)", "ISO 9001:2026 draft"),
        ("ISO 9001 supplements the law", "ISO 9001"),
        ("ISO 9001更正了旧版", "ISO 9001"),
        ("ISO 9001系列化生产", "ISO 9001"),
        ("ISO 9001系列标准化工作", "ISO 9001"),
        ("GB/T 1.1—2020起草的论文稿", "GB/T 1.1—2020"),
        ("an ISO 9001 certificate", "ISO 9001"),
    ],
)
def test_words_beside_a_number_name_another_document(text: str, wanted: str) -> None:
    [reference] = find_references([Passage(text, 1)])
    assert reference.wanted == wanted
    assert reference.number == str(parse(reference.text))


def test_dual_numbers_name_each_other() -> None:
    text = "GB/T 19001-2016/ISO 9001:2015; ISO/IEC 9594-8 | ITU-T X.509; ISO 1/ISO 14001"
    found = {each.number: each.dual for each in find_references([Passage(text, 1)])}
    assert found["GB/T 19001—2016"] == "ISO 9001:2015"
    assert found["ISO 9001:2015"] == "GB/T 19001—2016"
    assert found["ISO/IEC 9594-8"] == "ITU-T X.509"
    assert not found["ISO 14001"]


def test_clauses_have_places() -> None:
    text = "See ISO 9001:2015, 4.1 and Annex A."
    [reference] = find_references([Passage(text, 1)])
    assert [text[clause.start : clause.end] for clause in reference.clauses] == ["4.1", "Annex A"]


def test_words_refer_back_over_passages_only_where_they_are_alone() -> None:
    texts = ("[1] ISO 9001:2015.", "[2] Ibid., 7.1.", "[3] ISO 9000; ISO 16016.", "[4] Ibid.")
    found = find_references([Passage(text, at) for at, text in enumerate(texts, 1)])
    assert [each.number for each in found if each.form == "back"] == ["ISO 9001:2015"]
    column = [
        Passage(text, at, column="A") for at, text in enumerate(("ISO 16016", "同上", "x"), 1)
    ]
    assert [each.number for each in find_references(column)] == ["ISO 16016", "ISO 16016"]


def test_designations_of_lists_are_planted_and_found(tmp_path: Path) -> None:
    file = tmp_path / "own.list.txt"
    file.write_text("ISO 9001:2015\nGB/T 1.1—2020\nno designation\nJIS Z 8301\n", encoding="utf-8")
    counts = count(file)
    assert (counts.planted, counts.found, counts.wrong) == (4, 3, 0)
    assert counts.misses == [("no designation", "nothing")]
    for designation, text, start in plant(iter(["ISO 9001"])):
        assert text[start:].startswith(designation)


@pytest.mark.skipif(not DESIGNATIONS.exists(), reason="real designations may not be shipped")
@pytest.mark.privileged
def test_designations_as_they_are_really_written_are_found_in_prose() -> None:
    counted = [
        count(DESIGNATIONS / f"{name}.txt") for name in ("iso.iso-pubid-coramd", "iec.vap-pubid")
    ]
    planted = sum(counts.planted for counts in counted)
    assert sum(counts.found for counts in counted) >= 0.98 * planted
    assert sum(counts.wrong for counts in counted) <= 0.02 * planted

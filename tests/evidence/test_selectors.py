"""Quotes are located in a text, and their positions recorded so that changes are noticed."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.common.errors import KgError
from kg.common.namespaces import BASE
from kg.evidence import selectors
from kg.evidence.reader import Position
from kg.evidence.selectors import Quote

TEXT = "第一轮投票未通过,第二轮投票获得全票通过。"
EVIDENCE = BASE + "evidence/test/vote"
SOURCE = BASE + "source/test"


def quote(exact: str, prefix: str = "", suffix: str = "") -> Quote:
    return Quote(EVIDENCE, SOURCE, exact, prefix, suffix)


def dataset(trig: str) -> list[ox.Quad]:
    head = (
        f"@base <{BASE}> . @prefix graph: <{BASE}graph/> . "
        f"@prefix oa: <http://www.w3.org/ns/oa#> . @prefix std: <{BASE}ontology#> . "
    )
    return list(ox.parse(head + trig, format=ox.RdfFormat.TRIG, base_iri=BASE))


def test_locating_a_phrase() -> None:
    position = selectors.locate_quote(TEXT, quote("全票通过"))
    assert TEXT[position.start : position.end] == "全票通过"


def test_positions_count_code_points() -> None:
    assert selectors.locate_quote("𠮷野家 vote", quote("vote")) == Position(4, 8)


@pytest.mark.parametrize(
    ("prefix", "suffix", "start"), [("第二轮", "", 12), ("", "未通过", 3), ("第二轮", "获得", 12)]
)
def test_prefix_and_suffix_select_one_occurrence(prefix: str, suffix: str, start: int) -> None:
    assert selectors.locate_quote(TEXT, quote("投票", prefix, suffix)) == Position(start, start + 2)


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        (quote("全票通國"), "is not in the text"),
        (quote("投票"), "occurs 2 times"),
        (quote("全票通过", prefix="第三轮"), "not between its prefix"),
        (quote("全票通过", suffix="吗"), "not between its prefix"),
        (quote(""), "the phrase is empty"),
    ],
)
def test_a_wrong_phrase_is_an_error_of_one_line(phrase: Quote, message: str) -> None:
    with pytest.raises(KgError, match=message) as error:
        selectors.locate_quote(TEXT, phrase)
    assert "\n" not in str(error.value)


@given(text=st.text(max_size=60), start=st.integers(0, 60), length=st.integers(1, 20))
def test_a_unique_phrase_has_a_position_and_any_other_is_refused(
    text: str, start: int, length: int
) -> None:
    exact = text[start : start + length]
    if not exact:
        return
    if selectors.count_occurrences(text, exact) == 1:
        assert selectors.locate_quote(text, quote(exact)) == Position(start, start + len(exact))
    else:
        with pytest.raises(KgError, match="occurs"):
            selectors.locate_quote(text, quote(exact))


def evidence_trig(exact: str = "全票通过") -> str:
    return f"""graph:evidence {{
        <evidence/test/vote> a oa:SpecificResource ; oa:hasSource <source/test> ;
            oa:hasSelector <quote/test/vote> .
        <quote/test/vote> oa:exact "{exact}" .
        <evidence/test/bare> a oa:SpecificResource ; oa:hasSource <source/test> .
    }}"""


def test_positions_survive_writing_and_reading() -> None:
    quads = dataset(evidence_trig())
    [phrase] = selectors.read_quotes(quads)
    position = selectors.locate_quote(TEXT, phrase)
    written = dataset(selectors.positions_to_trig(SOURCE, [(phrase, position)]))
    assert selectors.read_positions([*quads, *written]) == {EVIDENCE: position}
    assert selectors.count_evidence([*quads, *written]) == [
        selectors.EvidenceCounts(SOURCE, 1, 0, 1)
    ]


def test_a_changed_phrase_is_no_longer_verified() -> None:
    [phrase] = selectors.read_quotes(dataset(evidence_trig()))
    written = dataset(
        selectors.positions_to_trig(SOURCE, [(phrase, selectors.locate_quote(TEXT, phrase))])
    )
    # Of the same length as the old phrase, so that only the digest differs.
    changed = dataset(evidence_trig("全体通过"))
    assert selectors.count_evidence([*changed, *written]) == [
        selectors.EvidenceCounts(SOURCE, 0, 1, 1)
    ]
    assert selectors.count_evidence(changed) == [selectors.EvidenceCounts(SOURCE, 0, 1, 1)]


def test_two_quotes_for_one_piece_of_evidence_are_refused() -> None:
    quads = dataset(
        "graph:evidence { <evidence/test/vote> oa:hasSource <source/test> ; "
        'oa:hasSelector <q/1>, <q/2> . <q/1> oa:exact "a" . <q/2> oa:exact "b" }'
    )
    with pytest.raises(KgError, match="has 2 quotes"):
        selectors.read_quotes(quads)

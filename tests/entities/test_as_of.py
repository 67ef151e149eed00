"""What the status of documents was on earlier days, by the dates that sources state."""

from __future__ import annotations

import pytest

from kg.common.dates import PartialDate
from kg.common.errors import ArgumentError
from kg.common.namespaces import BASE
from kg.entities.as_of import PastStatuses, parse_day, status_reader
from kg.entities.document_status import DocumentStatus, document_status
from kg.entities.index import name_index
from kg.entities.status_words import REASONS, STATUSES, describe_status
from tests.entities.test_document_status import store_of


def date(property_: str, value: str) -> str:
    kind = {4: "gYear", 7: "gYearMonth", 10: "date"}[len(value)]
    return f'; std:{property_} "{value}"^^xsd:{kind} '


def document(name: str, stage: str, *dates: str) -> str:
    path = name.lower().replace(" ", "/", 1).replace(":", "-")
    told = "".join(date(*each.split("=")) for each in dates)
    listed = f"; std:stage stage:{stage} ; prov:wasDerivedFrom <record/one/{path[4:]}>"
    return f'<{path}> a std:Standard ; skos:prefLabel "{name}" {listed} {told}.\n'


STORE = store_of(f"""
<graph/one> a std:Catalogue ; dcterms:source <source/one> .
<source/one> skos:prefLabel "List One"@en ; std:snapshotOn "2024-06-15"^^xsd:date .
GRAPH <graph/one> {{
    {document("ISO 1:2000", "superseded", "publishedOn=2000-03")}
    {document("ISO 1:2010", "superseded", "publishedOn=2010-05-07")}
    {document("ISO 1:2020", "published", "publishedOn=2020-02")}
    {document("ISO 1:2025", "development")}
    <iso/1-2010> std:replaces <iso/1-2000> .
    <iso/1-2020> std:replaces <iso/1-2010> .
    <iso/1-2025> std:replaces <iso/1-2020> .
    {document("ISO 2:2001", "withdrawn", "publishedOn=2001-01-01")}
    {document("ISO 3:2001", "withdrawn", "publishedOn=2001-01-01", "withdrawnOn=2011-08")}
    {document("ISO 4:2001", "published")}
    {document("ISO 5:2001", "published", "publishedOn=2001-04-01", "effectiveOn=2001-10-01")}
    {document("ISO 6:2001", "withdrawn", "publishedOn=2001-01-01", "confirmedOn=2009-01-01")}
    {document("ISO 7:2024", "published", "publishedOn=2024-06")}
    {document("ISO 8:2001", "cancelled", "createdOn=1999-01-01")}
    {document("ISO 9:2001", "superseded", "publishedOn=2001-01-01")}
    {document("ISO 10:2001", "development", "createdOn=2022-01-01")}
    {document("ISO 11:2010", "superseded", "publishedOn=2010-01-01")}
    {document("ISO 11:2020", "published", "publishedOn=2020-01-01", "effectiveOn=2021-07-01")}
    <iso/11-2020> std:replaces <iso/11-2010> .
    {document("ISO 12:2024", "upcoming", "publishedOn=2024-01-01", "effectiveOn=2025-01-01")}
    {document("ISO 12:2012", "published", "publishedOn=2012-01-01")}
    <iso/12-2024> std:replaces <iso/12-2012> .
    {document("ISO 13:2001", "superseded", "publishedOn=2001-01-01")}
    {document("ISO 13:2010", "published", "publishedOn=2010-01-01")}
    {document("ISO 14:2020", "published", "publishedOn=2020-01-01")}
    <iso/13-2010> std:replaces <iso/13-2001> .
    <iso/14-2020> std:replaces <iso/13-2001> .
}}
""")
INDEX = name_index(STORE)


def status_on(day: str, path: str) -> DocumentStatus:
    return PastStatuses(STORE, INDEX, parse_day(day)).of(BASE + path)


@pytest.mark.parametrize(
    ("day", "path", "key", "reason"),
    [
        ("2000-02-28", "iso/1-2000", "unpublished", "published-later"),
        ("2000-03-10", "iso/1-2000", "unknown", "publication-imprecise"),
        ("2000-04-01", "iso/1-2000", "current", "replaced-later"),
        ("2010-05-06", "iso/1-2000", "current", "replaced-later"),
        ("2010-05-07", "iso/1-2000", "superseded", ""),
        ("2020-02-15", "iso/1-2010", "unknown", "replacement-imprecise"),
        ("2020-03-01", "iso/1-2010", "superseded", ""),
        ("2023-01-01", "iso/1-2025", "unpublished", ""),
        ("2023-01-01", "iso/1-2020", "current", ""),
        ("2010-01-01", "iso/2-2001", "unknown", "withdrawal-undated"),
        ("2010-01-01", "iso/9-2001", "unknown", "replacement-undated"),
        ("2011-07-31", "iso/3-2001", "current", "withdrawn-later"),
        ("2011-08-15", "iso/3-2001", "unknown", "withdrawal-imprecise"),
        ("2011-09-01", "iso/3-2001", "withdrawn", ""),
        ("2001-06-01", "iso/4-2001", "unknown", "publication-imprecise"),
        ("2002-01-01", "iso/4-2001", "current", ""),
        ("2001-06-01", "iso/5-2001", "upcoming", "in-force-later"),
        ("2001-10-01", "iso/5-2001", "current", ""),
        ("2008-12-31", "iso/6-2001", "current", "confirmed-later"),
        ("2009-01-02", "iso/6-2001", "unknown", "withdrawal-undated"),
        ("2024-06-10", "iso/7-2024", "unknown", "publication-imprecise"),
        ("2024-06-15", "iso/7-2024", "current", ""),
        ("2005-01-01", "iso/8-2001", "unknown", "cancellation-undated"),
        ("1998-01-01", "iso/8-2001", "unpublished", ""),
        ("2021-01-01", "iso/10-2001", "unpublished", ""),
        ("2022-01-01", "iso/10-2001", "draft", ""),
        ("2021-06-30", "iso/11-2010", "current", "replaced-later"),
        ("2021-07-01", "iso/11-2010", "superseded", ""),
        ("2023-01-01", "iso/12-2024", "unpublished", "published-later"),
        ("2024-02-01", "iso/12-2024", "upcoming", "in-force-later"),
        ("2024-12-31", "iso/12-2024", "upcoming", ""),
        ("2025-01-01", "iso/12-2024", "current", "in-force-since"),
    ],
)
def test_a_status_follows_from_dates(day: str, path: str, key: str, reason: str) -> None:
    status = status_on(day, path)
    assert (status.key, status.reason) == (key, reason)
    assert status.day == day


def test_only_what_was_out_has_replaced_a_document() -> None:
    assert status_on("2015-01-01", "iso/1-2000").successors == (BASE + "iso/1-2010",)
    assert status_on("2023-01-01", "iso/1-2000").successors == (BASE + "iso/1-2020",)
    assert status_on("2005-01-01", "iso/1-2000").successors == ()
    assert status_on("2024-12-31", "iso/12-2012").successors == ()
    assert status_on("2025-01-01", "iso/12-2012").successors == (BASE + "iso/12-2024",)


def test_dates_are_the_basis_of_a_status() -> None:
    [(graph, subject, property_, value)] = status_on("2000-01-01", "iso/1-2000").basis
    assert (graph, subject) == (BASE + "graph/one", BASE + "iso/1-2000")
    assert property_.endswith("#publishedOn")
    assert value.value == "2000-03"


@pytest.mark.parametrize(
    ("day", "subjects"),
    [
        # It was out, and what replaced it was not.
        ("2005-01-01", ["iso/13-2001", "iso/13-2010", "iso/14-2020"]),
        ("2015-01-01", ["iso/13-2010"]),
        ("2021-01-01", ["iso/13-2010", "iso/14-2020"]),
    ],
)
def test_the_basis_holds_what_a_status_follows_from(day: str, subjects: list[str]) -> None:
    basis = status_on(day, "iso/13-2001").basis
    assert [subject.removeprefix(BASE) for _, subject, *_ in basis] == subjects


def test_from_the_newest_state_on_the_status_is_the_latest_known() -> None:
    for path in ("iso/1-2000", "iso/1-2020", "iso/2-2001"):
        now = document_status(STORE, INDEX, BASE + path)
        later = status_on("2024-06-15", path)
        assert (later.key, later.successors) == (now.key, now.successors)
    assert status_reader(STORE, INDEX, None)(BASE + "iso/2-2001").day == ""
    assert PastStatuses(STORE, INDEX, parse_day("2000-01-01")).newest == PartialDate(2024, 6, 15)


def test_what_is_unknown_says_which_date_is_missing() -> None:
    status = status_on("2010-01-01", "iso/2-2001")
    assert describe_status(status, {}, "en") == (
        "unknown on that day: no source dates the withdrawal"
    )
    earlier = status_on("2000-01-01", "iso/1-2000")
    assert describe_status(earlier, {}, "zh") == "该日尚未发布（2000-03发布）"
    assert {"unpublished", "upcoming", "unknown"} <= STATUSES.keys()
    assert all(text.en and text.zh for text in REASONS.values())


@pytest.mark.parametrize("text", ["2025", "2025-04", "2025-02-30", "yesterday", ""])
def test_a_day_is_a_whole_date(text: str) -> None:
    with pytest.raises(ArgumentError, match="is not a day"):
        parse_day(text)
    assert str(parse_day("2025年4月30日")) == "2025-04-30"

"""Later editions that catalogues list, by dates or by version numbers, and nothing beyond these."""

from __future__ import annotations

import pytest

from kg import KnowledgeGraph
from kg.common.namespaces import BASE
from kg.entities.document_status import document_status
from kg.entities.index import name_index
from tests.entities.test_document_status import status_of, store_of
from tests.support import ROOT, BuildWith, Run

EDITIONS = sorted((ROOT / "tests" / "fixtures" / "editions").glob("relaton-data-*"))


def document(name: str, date: str = "", more: str = "") -> str:
    """A described document without a stage, its IRI made of its name."""
    datatype = {4: "gYear", 7: "gYearMonth", 10: "date"}.get(len(date))
    dated = f'; std:publishedOn "{date}"^^xsd:{datatype} ' if date else ""
    path = "".join(char if char.isalnum() or char in "-." else "_" for char in name.lower())
    return f'<d/{path}> a std:Standard ; skos:prefLabel "{name}" {dated}{more}.\n'


def later(statements: str, name: str) -> list[tuple[str, str]]:
    """Return the name and basis of the later editions of a document among others."""
    store = store_of(f"GRAPH <graph/one> {{ {statements} }}")
    index = name_index(store)
    [found] = [each for each in index.find_same(name) if each.text == name]
    status = document_status(store, index, found.iri)
    return [(index.names_of(edition.iri)[0], edition.by) for edition in status.later]


@pytest.mark.parametrize(
    ("dates", "name", "expected"),
    [
        # Dates of publication first.
        ({"ITU-R BT.601-6": "2007-02", "ITU-R BT.601-7": "2022-03"}, 0, "date"),
        # Version numbers are compared as numbers.
        ({"ITU-R BT.601-9": "", "ITU-R BT.601-10": ""}, 0, "version"),
        ({"ITU-R BT.601-9": "", "ITU-R BT.601-10": ""}, 1, None),
        ({"OGC 17-069r9": "", "OGC 17-069r10": ""}, 0, "version"),
        ({"ETSI EN 301 549 V2.1.2": "", "ETSI EN 301 549 V3.2.1": ""}, 0, "version"),
        # The months of designations, where a source has no date.
        ({"ETSI EN 1 V1.2.1 (2018-08)": "", "ETSI EN 1 V3.2.1 (2021-03)": ""}, 0, "date"),
        ({"ITU-T X.1 (07/2004)": "", "ITU-T X.1 (01/2012)": "2012-01-13"}, 0, "date"),
        # A year that includes the other's month is not later; the number is.
        ({"ITU-R BT.601-6": "2007-02", "ITU-R BT.601-7": "2007"}, 0, "version"),
        ({"ISO 1:2015": "", "ISO 1:2015-06": ""}, 0, None),
        # Dates and numbers that contradict each other say nothing.
        ({"ITU-R BT.601-3": "2024-05", "ITU-R BT.601-4": "1995-05"}, 0, None),
        ({"ITU-R BT.601-3": "2024-05", "ITU-R BT.601-4": "1995-05"}, 1, None),
        # Forms of numbers that can't be compared.
        ({"ETSI ETS 300 001 ed.1": "", "ETSI ETS 300 001 V1.1.1": ""}, 0, None),
        ({"OGC 17-069r1": "", "OGC 17-069r1c1": ""}, 0, None),
    ],
)
def test_later_rests_on_dates_or_numbers(
    dates: dict[str, str], name: int, expected: str | None
) -> None:
    names = list(dates)
    statements = "".join(document(each, date) for each, date in dates.items())
    found = later(statements, names[name])
    assert found == ([] if expected is None else [(names[1 - name], expected)])


def test_the_latest_is_listed() -> None:
    names = [f"ITU-R BT.601-{number}" for number in (5, 6, 7, 8)]
    statements = "".join(map(document, names))
    assert later(statements, names[0]) == [(names[3], "version")]
    assert later(statements, names[3]) == []


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("IEEE Std 802.3-2018", "IEEE Std 802.3-2022 Redline"),
        ("IEEE Std 802.3-2018", "IEEE P802.3/D-3.2-2021"),
        ("ISO 9001:2008", "ISO/DIS 9001"),
        ("ISO 9001:2008", "ISO 9001:2008/Cor 1:2009"),
        ("ISO 9001:2008", "ISO 9001"),
        ("ISO 9001:2008", "ISO/TS 9001:2015"),
        ("OIML R 117-1:2007", "OIML R 117-1:2019 (F)"),
    ],
)
def test_drafts_variants_supplements_and_languages_are_no_editions(name: str, other: str) -> None:
    statements = document(name) + document(other, "2030-01-01")
    assert later(statements, name) == []


def test_a_language_version_has_a_later_one_in_its_language() -> None:
    names = ["OIML R 1:2007 (E)", "OIML R 1:2019", "OIML R 1:2019 (E)", "OIML R 1:2019 (F)"]
    statements = "".join(map(document, names))
    assert later(statements, names[0]) == [(names[2], "date")]
    assert later("".join(map(document, names[:2])), names[0]) == [(names[1], "date")]


@pytest.mark.parametrize(
    ("name", "other", "expected"),
    [
        # Releases of 3GPP run in parallel.
        ("ETSI TS 138 300 V18.9.0 (2026-01)", "ETSI TS 138 300 V19.2.0 (2026-04)", False),
        ("ETSI TS 138 300 V18.8.0 (2026-01)", "ETSI TS 138 300 V18.9.0 (2026-04)", True),
        ("3GPP TS 23.501 V17.7.0 (2022-12)", "3GPP TS 23.501 V18.1.0 (2023-03)", False),
        ("3GPP TS 23.501 V17.7.0 (2022-12)", "3GPP TS 23.501 V17.8.0 (2023-03)", True),
        ("3GPP TS 23.501 Release 17", "3GPP TS 23.501 Release 18", False),
        ("ETSI TR 121 905 V4.5.0 (2003-01)", "ETSI TR 121 905 V5.9.0 (2004-06)", False),
        ("ETSI TS 102 221 V17.1.0 (2022-02)", "ETSI TS 102 221 V18.2.0 (2024-01)", False),
        ("ETSI TS 118 101 V1.1.1 (2015-01)", "ETSI TS 118 101 V2.10.0 (2016-10)", False),
        ("ETSI TS 102 250-2 V1.4.1 (2006-03)", "ETSI TS 102 250-2 V2.2.1 (2011-04)", True),
        ("ETSI EN 301 549 V2.1.2 (2018-08)", "ETSI EN 301 549 V3.2.1 (2021-03)", True),
    ],
)
def test_parallel_releases_are_not_later(name: str, other: str, expected: bool) -> None:
    found = later(document(name) + document(other), name)
    assert found == ([(other, "date")] if expected else [])


def test_edition_numbers_of_sources_are_compared_last() -> None:
    first, second = (
        document(name, more=f'; std:edition "{edition}" ')
        for name, edition in (("IEC 1:2000", "2.0"), ("IEC 1:2000 ED10", "10.0"))
    )
    assert later(first + second, "IEC 1:2000") == [("IEC 1:2000 ED10", "version")]
    unequal = document("IEC 1:2000 ED10", more='; std:edition "10.0", "11" ')
    assert later(first + unequal, "IEC 1:2000") == []


def test_dates_of_issue_count_where_both_have_one() -> None:
    def issued(name: str, published: str, day: str) -> str:
        return document(name, published, f'; std:issuedOn "{day}"^^xsd:date ')

    # The older standard was put on the web later.
    first = issued("IEEE Std 1070-1995", "2019-04-26", "1995-12-12")
    second = issued("IEEE Std 1070-2006", "2006-12-19", "2006-06-08")
    assert later(first + second, "IEEE Std 1070-1995") == [("IEEE Std 1070-2006", "date")]
    assert later(first + second, "IEEE Std 1070-2006") == []
    contrary = issued("IEEE Std 1070-2006", "2020-12-19", "1992-09-17")
    assert later(first + contrary, "IEEE Std 1070-1995") == []
    undated = document("IEEE Std 1070-2006", "2020-12-19")
    assert later(first + undated, "IEEE Std 1070-1995") == [("IEEE Std 1070-2006", "date")]


@pytest.mark.parametrize(
    "names",
    [
        ("IEEE P1070/D-3-2005", "IEEE P1070/D-3-2006"),
        ("IEEE Std 1349-2011 Redline", "IEEE Std 1349-2021 Redline"),
    ],
)
def test_a_draft_or_redline_has_no_later_edition(names: tuple[str, str]) -> None:
    assert later("".join(map(document, names)), names[0]) == []


def test_neither_cancelled_nor_undescribed_editions_are_listed() -> None:
    cancelled = document("ISO 1:2020", more="; std:stage stage:cancelled ")
    mentioned = '<d/m> skos:prefLabel "ISO 1:2021" .'
    assert later(document("ISO 1:2010") + cancelled + mentioned, "ISO 1:2010") == []


def test_current_documents_and_drafts_have_no_later_editions() -> None:
    for stage, expected in (("published", 0), ("development", 0), ("withdrawn", 1)):
        first = document("ISO 1:2010", more=f"; std:stage stage:{stage} ")
        assert len(later(first + document("ISO 1:2020"), "ISO 1:2010")) == expected, stage


def test_without_a_designation_nothing_is_later() -> None:
    store = store_of('GRAPH <graph/one> { <n/1> a std:Document ; skos:prefLabel "A notice" }')
    status = status_of(store, "n/1")
    assert (status.key, status.later) == ("untold", ())


@pytest.fixture(scope="module")
def editions(build_with: BuildWith) -> KnowledgeGraph:
    """The article with records of editions whose catalogues tell no status."""
    return KnowledgeGraph.open(build_with(*EDITIONS).folder)


@pytest.mark.parametrize(
    ("text", "later_edition", "by"),
    [
        ("ITU-R BT.601-6", "itu-r/bt.601/edition/7", "date"),
        ("ITU-R BT.601-7", "", ""),
        ("ETSI EN 301 549 V2.1.2 (2018-08)", "etsi/en/301549-2021-03/edition/v3.2.1", "date"),
        ("ETSI EN 301 549 V3.2.1 (2021-03)", "", ""),
        ("OGC 17-069r3", "ogc/17-069r4", "date"),
        ("OGC 17-069r4", "", ""),
        ("ETSI TS 138 300 V19.2.0", "", ""),
        ("ETSI TS 138 300 V18.9.0", "", ""),
        ("ETSI TS 138 300 V18.8.0", "etsi/ts/138300-2026-04/edition/v18.9.0", "date"),
    ],
)
def test_bodies_that_tell_no_status(
    editions: KnowledgeGraph, text: str, later_edition: str, by: str
) -> None:
    [match] = editions.match([text])
    assert (match.status.key, match.status.successors) == ("untold", ())
    found = [(edition.iri.removeprefix(BASE), edition.by) for edition in match.status.later]
    assert found == ([(later_edition, by)] if later_edition else [])
    profile = editions.profile(match.iri)
    assert profile.status == match.status


def test_commands_use_the_same_words(editions: KnowledgeGraph, run: Run) -> None:
    assert editions.store.path
    store = editions.store.path.parents[2]
    untold = "not told by its catalogue"
    listed = f"{untold}; a later edition is listed: ITU-R BT.601-7 (by date)"
    matched = run("match", "-", store=store, stdin="ITU-R BT.601-6\nITU-R BT.601-7\n")
    assert listed in matched.stdout
    assert "replaced" not in matched.stdout.partition("\n")[2] + matched.stderr
    assert matched.stderr.splitlines()[1:] == [
        f"       1  {untold}; a later edition is listed",
        f"       1  {untold}",
    ]
    shown = run("show", "ITU-R BT.601-6", store=store)
    assert f"\n  status: {listed}\n" in shown.stdout
    shown = run("show", "ITU-R BT.601-6", "--lang", "zh", store=store)
    assert "\n  状态：目录未注明状态；另列有较新版本：ITU-R BT.601-7（按日期）\n" in shown.stdout

"""Questions whose answers depend on the days of snapshots, and on dated drafts."""

from __future__ import annotations

from tests.queries.test_questions_catalogues import asked

SNAPSHOTS = """
graph:evidence {
    <graph/old> a std:Catalogue ; dcterms:source <source/old> .
    <graph/mid> a std:Catalogue ; dcterms:source <source/mid> .
    <graph/new> a std:Catalogue ; dcterms:source <source/new> .
    <source/old> std:snapshotOn "2019-01-01"^^xsd:date .
    <source/mid> std:snapshotOn "2020-01-01"^^xsd:date .
    <source/new> std:snapshotOn "2021-01-01"^^xsd:date .
}
"""


def snapshot(name: str, **members: str) -> str:
    """Describe a catalogue of committees, each with the members that share its secretariat."""
    lines = []
    for committee, agents in members.items():
        lines.append(f"<{committee}> a std:TechnicalCommittee .")
        lines.append(f"<{committee}> prov:wasDerivedFrom <record/{name}/{committee}> .")
        lines += [
            f"<{committee}/{agent}> a std:Secretariat ; std:in <{committee}> ;"
            f" std:role role:secretariat ; std:agent <{agent}> ."
            for agent in agents.split()
        ]
    return f"<graph/{name}> {{ {' '.join(lines)} }}"


def test_secretariats_change_hands_between_two_snapshots() -> None:
    trig = SNAPSHOTS + snapshot("old", stays="din", moves="scc", new="", ends="bsi", gone="sn")
    trig += snapshot("new", stays="din", moves="sn", new="sac", ends="", born="din")
    rows = asked("handovers", trig)
    hands = {row["committee"]: (row.get("before"), row.get("after")) for row in rows}
    # Committees that one snapshot alone describes tell nothing.
    assert hands == {"moves": ("scc", "sn"), "new": (None, "sac"), "ends": ("bsi", None)}
    [moved] = asked("handovers", trig, committee="moves")
    assert (moved["beforeOn"], moved["afterOn"]) == ("2019-01-01", "2021-01-01")
    assert moved["beforeRecord"] == "record/old/moves"
    assert moved["afterRecord"] == "record/new/moves"
    [taken] = asked("handovers", trig, agent="sac")
    assert taken["committee"] == "new"


def test_a_member_that_keeps_its_share_hands_nothing_over() -> None:
    trig = SNAPSHOTS + snapshot("old", left="din sac", joined="din")
    trig += snapshot("new", left="sac", joined="din sn")
    hands = {
        (row["committee"], row.get("before"), row.get("after")) for row in asked("handovers", trig)
    }
    assert hands == {("left", "din", None), ("joined", None, "sn")}


def test_a_snapshot_is_compared_with_the_next_one() -> None:
    trig = SNAPSHOTS + snapshot("old", a="din") + snapshot("mid", a="sn") + snapshot("new", a="bis")
    rows = asked("handovers", trig)
    hands = [(row["before"], row["after"], row["beforeOn"][:4], row["afterOn"][:4]) for row in rows]
    assert hands == [("din", "sn", "2019", "2020"), ("sn", "bis", "2020", "2021")]


DRAFTS = """
graph:evidence { <graph/one> a std:Catalogue . }
<graph/one> {
    <rec> std:publisher <w3c> ; std:committee <w3c/group/x> ; std:stage stage:published ;
        std:publishedOn "2010-05-20"^^xsd:date .
    <pr> std:draftOf <rec> ; std:updates <cr> . <cr> std:updates <wd> .
    <pr> std:stage stage:development ; std:publishedOn "2010-02-01"^^xsd:date .
    <cr> std:stage stage:development ; std:publishedOn "2009-01-01"^^xsd:date .
    <wd> std:stage stage:development ; std:publishedOn "2008-04-30"^^xsd:date .
    <iso/1> std:publisher <iso> ; std:project <p/1> ; std:stage stage:published ;
        std:stageCode "60.60" ; std:publishedOn "2020-12"^^xsd:gYearMonth .
    <iso/cd/1> std:publisher <iso> ; std:project <p/1> ; std:stage stage:development ;
        std:stageCode "30.60" ; std:publishedOn "2019-11"^^xsd:gYearMonth .
    <iso/wd/1> std:publisher <iso> ; std:project <p/1> ; std:stage stage:development ;
        std:stageCode "20.20" ; std:publishedOn "2018"^^xsd:gYear .
    <iso/fdis/1> std:publisher <iso> ; std:project <p/1> ; std:stage stage:development ;
        std:stageCode "60.00" ; std:publishedOn "2017-01"^^xsd:gYearMonth .
    <rec> dcterms:identifier "REC" . <pr> dcterms:identifier "PR" . <cr> dcterms:identifier "CR" .
    <wd> dcterms:identifier "WD" . <iso/1> dcterms:identifier "ISO 1:2020" .
    <pr> prov:wasDerivedFrom <record/pr> . <cr> prov:wasDerivedFrom <record/cr> .
    <wd> prov:wasDerivedFrom <record/wd> . <iso/cd/1> prov:wasDerivedFrom <record/cd> .
}
"""


def test_development_runs_from_the_first_draft_dated_by_the_month() -> None:
    rows = asked("development-times", DRAFTS)
    months = {row["body"]: (row["year"], row["documents"], row["average"]) for row in rows}
    # A year alone is too coarse, and a text that awaits publication is no draft.
    assert months == {"w3c": ("2010", "1", "25"), "iso": ("2020", "1", "13")}
    assert {row["catalogues"] for row in rows} == {"one"}
    assert [row["body"] for row in asked("development-times", DRAFTS, body="iso")] == ["iso"]
    assert [r["body"] for r in asked("development-times", DRAFTS, committee="w3c/group/x")] == [
        "w3c"
    ]


def listed(name: str, body: str, *facts: str) -> str:
    """Describe a document of a body, which a catalogue of 2025-06-02 lists."""
    return (
        f"<graph/one> {{ <{name}> std:publisher <{body}> ; prov:wasDerivedFrom <record/{name}> ;"
        f" std:stage stage:published ; {' ; '.join(facts)} . }}"
    )


STANDARD = "std:deliverable deliverable:international-standard"
SPECIFICATION = "std:deliverable deliverable:technical-specification"
REVIEWED = (
    """graph:evidence {
        <graph/one> a std:Catalogue ; dcterms:source <source/one> .
        <source/one> std:snapshotOn "2025-06-02"^^xsd:date .
    }"""
    + listed(
        "old", "iso", STANDARD, 'std:stageCode "60.60"', 'std:publishedOn "2020-05"^^xsd:gYearMonth'
    )
    + listed(
        "due-now",
        "iso",
        STANDARD,
        'std:stageCode "60.60"',
        'std:publishedOn "2020-06-01"^^xsd:date',
    )
    + listed(
        "ts",
        "iso",
        SPECIFICATION,
        'std:stageCode "60.60"',
        'std:publishedOn "2022-02-28"^^xsd:date',
    )
    + listed("year", "iso", STANDARD, 'std:stageCode "60.60"', 'std:publishedOn "2019"^^xsd:gYear')
    + listed(
        "kept",
        "iso",
        STANDARD,
        'std:stageCode "90.93"',
        'std:publishedOn "2010"^^xsd:gYear',
        'std:confirmedOn "2016-02-29"^^xsd:date',
    )
    + listed(
        "kept-when", "iso", STANDARD, 'std:stageCode "90.93"', 'std:publishedOn "2010"^^xsd:gYear'
    )
    + listed(
        "revised", "iso", STANDARD, 'std:stageCode "90.92"', 'std:publishedOn "2010"^^xsd:gYear'
    )
    + listed(
        "review", "iso", STANDARD, 'std:stageCode "90.20"', 'std:publishedOn "2010"^^xsd:gYear'
    )
    + listed("stable", "iec", 'std:stableUntil "2026-01-31"^^xsd:date')
    + listed("unstable", "iec", 'std:stableUntil "2024-12-31"^^xsd:date')
)


def test_reviews_are_overdue_by_the_rule_of_the_body() -> None:
    due = {row["document"]: row.get("due") for row in asked("reviews", REVIEWED, body="iso")}
    assert due == {
        "old": "2025-05",
        "ts": "2025-02",
        "year": "2024",
        "kept": "2021-02",
        "review": None,
    }
    [row] = asked("reviews", REVIEWED, body="iec")
    assert (row["document"], row["due"]) == ("unstable", "2024-12")
    assert row["counted"].endswith("stableUntil")

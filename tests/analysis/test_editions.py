"""Works and their editions: which text means a work, in what order its editions are, what holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from kg import KnowledgeGraph
from kg.cli.reports.profile import profile as report
from kg.common.namespaces import BASE
from kg.sources.record_batch import Options
from kg.sources.relaton import convert


def record(text: str, body: str, **fields: Any) -> bytes:
    usual = {
        "id": text,
        "type": "standard",
        "title": [{"content": "A title", "language": "en"}],
        "docid": [{"id": text, "type": body, "primary": True}],
    }
    return yaml.safe_dump(usual | fields).encode()


def dated(day: str) -> list[dict[str, str]]:
    return [{"type": "published", "value": day}]


RECORDS = [
    *(
        record("ECMA-262", "ECMA", edition=edition, date=dated(day))
        for edition, day in (
            ("5.1", "2011-06"),
            ("16", "2025-06"),
            ("2", "1998-08"),
            ("10", "2019"),
        )
    ),
    record("ECMA-262", "ECMA", edition="4"),
    record("ECMA-404", "ECMA", edition="2", date=dated("2017-12")),
    *(
        record(f"3GPP TS 23.501:REL-{version.split('.')[0]}/{version}", "3GPP", date=dated(day))
        for version, day in (
            ("17.9.0", "2023-06-21"),
            ("17.14.0", "2024-09-24"),
            ("18.1.0", "2023-04-05"),
        )
    ),
    *(
        record(f"OIML D 11:{year}", "OIML", docstatus={"stage": stage}, date=dated(str(year)))
        for year, stage in ((2013, "superseded"), (2026, "in-force"), (2004, "withdrawn"))
    ),
    record(
        "STD 66",
        "IETF",
        relation=[{"type": "includes", "bibitem": {"docid": [{"id": "RFC 3986", "type": "IETF"}]}}],
    ),
]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    file: Path = tmp_path_factory.mktemp("works") / "records.nt"
    options = Options("relaton-data-any")
    batches = [convert(f"data/{n}.yaml", data, options) for n, data in enumerate(RECORDS)]
    assert not [reject for batch in batches for reject in batch.rejects]
    file.write_text("".join(line for batch in batches for line in batch.lines), encoding="utf-8")
    return KnowledgeGraph.of_files([file])


@pytest.mark.parametrize(
    ("text", "work", "labels"),
    [
        (
            "ECMA-262",
            "ecma/262",
            [
                "ECMA-262 (16th edition)",
                "ECMA-262 (10th edition)",
                "ECMA-262 (edition 5.1)",
                "ECMA-262 (4th edition)",
                "ECMA-262 (2nd edition)",
            ],
        ),
        ("ecma 404", "ecma/404", ["ECMA-404 (2nd edition)"]),
        (
            "3GPP TS 23.501",
            "3gpp/ts/23.501",
            ["3GPP TS 23.501 V18.1.0", "3GPP TS 23.501 V17.14.0", "3GPP TS 23.501 V17.9.0"],
        ),
        ("OIML D 11", "oiml/d/11", ["OIML D 11:2026", "OIML D 11:2013", "OIML D 11:2004"]),
        ("STD 66", "ietf/std/66", ["RFC 3986"]),
    ],
)
def test_an_undated_designation_shows_the_work_and_its_editions(
    graph: KnowledgeGraph, text: str, work: str, labels: list[str]
) -> None:
    profile = graph.profile(text)
    assert profile.iri == BASE + work
    assert "work" in [kind.en for kind in profile.kinds]
    assert [edition.label.en for edition in profile.editions] == labels
    assert profile.edition_count == len(labels)


def test_an_edition_is_shown_by_its_own_name(graph: KnowledgeGraph) -> None:
    for text in ("ECMA-262 (10th edition)", "OIML D 11:2013", "3GPP TS 23.501 V17.9.0"):
        profile = graph.profile(text)
        assert profile.label.en == text
        assert profile.editions == ()


def test_the_edition_that_holds_is_told_only_if_a_source_does(graph: KnowledgeGraph) -> None:
    oiml = report(graph.profile("OIML D 11"), "table", "en")
    assert "Current: OIML D 11:2026\n" in oiml
    chinese = report(graph.profile("OIML D 11"), "table", "zh")
    assert "现行：OIML D 11:2026\n" in chinese
    ecma = report(graph.profile("ECMA-262", limit=2), "table", "en")
    assert "No catalogue says that one of these is current.\n" in ecma
    assert "Its editions: the first 2 of 5\n" in ecma
    assert "4th edition" not in ecma


def test_dates_and_numbers_of_editions_are_those_of_the_records(graph: KnowledgeGraph) -> None:
    editions = graph.profile("ECMA-262").editions
    assert [(edition.edition, edition.date) for edition in editions] == [
        ("16", "2025-06"),
        ("10", "2019"),
        ("5.1", "2011-06"),
        ("4", ""),
        ("2", "1998-08"),
    ]
    assert {edition.status.key for edition in editions} == {"untold"}

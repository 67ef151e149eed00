"""What an expert of a kind of thing sees first, from the canned questions."""

from __future__ import annotations

import pytest

from kg.analysis.editions import Edition
from kg.common.bilingual import Text
from kg.common.namespaces import BASE
from kg.entities.document_status import DocumentStatus
from kg.graph import KnowledgeGraph
from kg.web.pages import panels
from kg.web.pages.editions import WIDTH, edition_strip


@pytest.mark.parametrize(
    ("entity", "expected"),
    [
        ("iso/tc/321", ["committee-members", "committee-program", "committee-years"]),
        ("place/cn", ["country-rank", "country-secretariats", "country-fields"]),
        ("iso", ["published-by-year", "newest", "drafts-under-way"]),
        ("ics/35", ["field-years", "field-leaders", "field-profile"]),
        ("iso/9001", [""]),
        ("place/cn/zj/hangzhou", []),
        ("nothing/here", []),
    ],
)
def test_each_kind_has_panels_of_its_own(
    entity: str, expected: list[str], world: KnowledgeGraph
) -> None:
    found = panels.find(world, BASE + entity, "en")
    assert [panel.question for panel in found] == expected
    for panel in found:
        assert all(any(cell.text for cell in row) for row in panel.answer.rows)
        assert panel.answer.rows


def test_members_stand_under_their_role_once(world: KnowledgeGraph) -> None:
    members = panels.find(world, BASE + "iso/tc/321", "zh")[0]
    assert [(role.text, len(people)) for role, people in members.roles] == [
        ("秘书处", 1),
        ("积极成员（P成员）", 8),
        ("观察成员（O成员）", 5),
    ]
    assert "中国" in {cell.text for cell in members.roles[0][1]}


def test_adoptions_of_any_edition_cite_their_record(world: KnowledgeGraph) -> None:
    [adopted] = panels.find(world, BASE + "iso/9001", "en")
    row = dict(zip(adopted.answer.columns, adopted.answer.rows[0], strict=True))
    assert (row["document"].text, row["country"].text) == ("JIS Q 9001:2015", "Japan")
    assert row["record"].proofs[0].record == "data/JIS_Q_9001_2015.yaml"


def edition(name: str, date: str, status: DocumentStatus) -> Edition:
    return Edition(BASE + name, Text(name, name), "", date, status, ())


def test_editions_stand_on_a_line_in_proportion_to_time() -> None:
    current = DocumentStatus("current")
    old = DocumentStatus("current", successors=(BASE + "c",))
    strip = edition_strip(
        [
            edition("c", "2020-07", current),
            edition("d", "", DocumentStatus("draft")),
            edition("b", "2010-07-01", old),
            edition("a", "2000-07", DocumentStatus("withdrawn")),
        ]
    )
    assert strip is not None
    first, middle, last = strip.marks
    assert (first.x + last.x, middle.x) == (WIDTH, WIDTH / 2)
    assert [mark.status for mark in strip.marks] == ["ended", "ended", "current"]
    assert edition_strip([edition("c", "2020", current)]) is None


def test_what_became_of_an_edition_is_told_as_its_sources_do() -> None:
    told = ("withdrawn", "cancelled", "current", "untold", "mentioned", "upcoming", "draft")
    strip = edition_strip(
        edition(key, f"{2000 + at}", DocumentStatus(key)) for at, key in enumerate(told)
    )
    assert strip is not None
    assert [mark.status for mark in strip.marks] == [
        *("ended", "ended", "current", "untold", "untold", "upcoming", "draft")
    ]


def test_years_that_would_overlap_stand_in_rows() -> None:
    many = edition_strip(
        [
            *(edition(f"m{m}", f"2020-{m:02}", DocumentStatus("draft")) for m in range(1, 6)),
            edition("first", "1950", DocumentStatus("draft")),
        ]
    )
    assert many is not None
    assert [mark.row for mark in many.marks] == [0, 0, 1, 2, -1, -1]

"""Events of committees: between two states of ISO's table."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg.changes.compare import compare_states
from kg.changes.model import Changes
from kg.changes.wording import describe_event
from kg.pipeline.states import open_states
from tests.changes.states import only, set_day
from tests.support import WORLD

TABLE = WORLD / "iso_technical_committees.csv"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def _compare(folder: Path, reference: str, **cells: str | None) -> Changes:
    """Compare the table with one that has other cells in a row, or lacks the row."""
    with TABLE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    changed = [
        {**row, **cells} if row["reference"] == reference else row
        for row in rows
        if cells or row["reference"] != reference
    ]
    paths = []
    for name, content in (("old", rows), ("new", changed)):
        file = folder / name / TABLE.name
        file.parent.mkdir(parents=True)
        with file.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, list(rows[0]))
            writer.writeheader()
            writer.writerows(content)
        set_day(file.parent, "2025-07-01" if name == "old" else "2026-05-01")
        paths.append(file)
    old, new = paths
    return compare_states(*open_states(old, new))


def test_a_secretariat_passes_on(tmp_path: Path) -> None:
    cells = {"secretariat.id": "1511", "secretariat.acronym": "DIN"}
    changes = _compare(tmp_path, "ISO/TC 321", **cells)
    event = only(changes, "secretariat-changed")
    assert event.name == "ISO/TC 321"
    assert (event.old, event.new) == (("SAC",), ("DIN",))
    assert event.new_record.endswith("iso-technical-committees/7145156")
    assert describe_event(event, "en") == "The secretariat of ISO/TC 321 passed from SAC to DIN"
    assert describe_event(event, "zh") == "ISO/TC 321的秘书处由SAC移交DIN"


def test_members_join_leave_and_change_their_role(tmp_path: Path) -> None:
    with TABLE.open(encoding="utf-8", newline="") as stream:
        row = next(row for row in csv.DictReader(stream) if row["reference"] == "ISO/TC 321")
    ids = row["pMembers.id"].strip("[]").split(", ")
    names = row["pMembers.acronym"].strip("[]").split(", ")
    cells = {
        "pMembers.id": f"[{', '.join(ids[1:])}]",
        "pMembers.acronym": f"[{', '.join(names[1:])}]",
    }
    event = only(_compare(tmp_path, "ISO/TC 321", **cells), "membership-changed")
    assert event.agent == names[0]
    assert describe_event(event, "en").endswith("changed from participating member to none")


def test_a_committee_is_gone_or_changes_its_title(tmp_path: Path) -> None:
    assert only(_compare(tmp_path / "a", "ISO/TC 321"), "record-gone").name == "ISO/TC 321"
    changes = _compare(tmp_path / "b", "ISO/TC 321", **{"title.en": "Trust in e-commerce"})
    assert only(changes, "title-changed").new == ("Trust in e-commerce",)
    changes = _compare(tmp_path / "c", "ISO/TC 321", status="Standby")
    event = only(changes, "committee-state-changed")
    assert describe_event(event, "en") == "ISO/TC 321 changed from running to on standby"

"""The plain comparison of records agrees with the events, and notices what they lack."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import as_of, catalogue_changes, plain_changes
from kg.common.dates import PartialDate
from kg.entities.as_of import PastStatuses
from kg.pipeline.build import Summary
from tests.changes.states import Record, write_state
from tests.changes.test_history import table

OLD = (
    Record("ISO 32110:2019", published="2019-03"),
    Record("ISO 32111:2019", published="2019-03", number="2"),
)
NEW = (
    replace(OLD[0], stage="95.99"),
    OLD[1],
    Record(
        "ISO 32110:2025",
        published="2025-05",
        number="3",
        relations=(("obsoletes", "ISO 32110:2019"),),
    ),
    Record("ISO 32111:2019/Amd 1:2025", published="2025-05", number="4"),
)


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def test_both_comparisons_find_the_same(tmp_path: Path) -> None:
    old = write_state(tmp_path / "old" / "relaton-data-iso", OLD, "2025-04-30")
    new = write_state(tmp_path / "new" / "relaton-data-iso", NEW, "2025-06-02")
    ours, plain, _ = catalogue_changes.compare(old, new, only_changed=False)
    assert ours == plain
    assert plain["replaced"] == {"iso32110:2019->iso32110:2025"}
    assert plain["amended"] == {"iso32111:2019->iso32111:2019/amd1:2025"}
    assert plain["new-edition"] == {"iso32110->iso32110:2025"}
    assert plain["came"] == {"iso 32110:2025", "iso 32111:2019/amd 1:2025"}


def test_both_comparisons_find_the_same_secretariats(tmp_path: Path) -> None:
    old, new = (
        table(tmp_path, name, holder)
        for name, holder in (("old", ("1511", "DIN")), ("new", ("1635", "SAC")))
    )
    ours, plain, _ = catalogue_changes.compare_committees(old, new)
    assert ours == plain
    assert plain["secretariats"] == {"ISO/TC 321 1511", "ISO/TC 321 1635"}
    assert not plain["p-members"]


@pytest.mark.parametrize(
    ("stage", "substage", "out"),
    [("60", "60", True), ("60", "00", False), ("95", "99", True), ("40", "99", False)],
)
def test_what_is_out(stage: str, substage: str, out: bool) -> None:
    status = {"stage": {"value": stage}, "substage": {"value": substage}}
    record = {"docid": [{"id": "ISO 1:2020"}], "docstatus": status}
    assert plain_changes.is_out(record) is out


def test_statuses_of_the_day_are_compared_with_the_older_state(
    joined: Summary, tmp_path: Path
) -> None:
    state = as_of.open_state(joined.folder, tmp_path)
    documents = sorted(state.documents)
    counts, misses = as_of.compare(state, state, documents, [state.day])
    assert counts["agreed"] > 0
    assert not misses
    past = PastStatuses(state.graph.store, state.index, state.day)
    current = next(each for each in documents if past.key(each) == "current")
    older = replace(state, documents=state.documents - {current})
    counts, misses = as_of.compare(older, state, [current], [state.day])
    assert misses == [(state.graph.label(current), "current", "unpublished")]
    first, *_, last = as_of.days_between(PartialDate(2025, 1, 1), PartialDate(2026, 1, 1), 5)
    assert (str(first), str(last)) == ("2025-01-01", "2026-01-01")

"""What can be compared: sources, git checkouts at days, built graphs, and the last two builds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from dulwich import porcelain

from kg.changes.compare import compare_states
from kg.changes.model import Changes
from kg.common.errors import SourceError, StoreError
from kg.pipeline.build import CatalogueSelection, build
from kg.pipeline.states import last_states, open_states
from kg.sources.source import Source
from tests.changes.states import AFTER, BEFORE, Record, only, write_state

OLD = Record("ISO 32110:2019", published="2019-03", stage="60.60")
NEW = OLD.changed(stage="95.99")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with a commit on each of two days."""
    folder = tmp_path / "relaton-data-iso"
    folder.mkdir()
    repository = porcelain.init(str(folder))
    for record, day in ((OLD, BEFORE), (NEW, AFTER)):
        shutil.rmtree(folder / "data", ignore_errors=True)
        write_state(folder, [record], day)
        porcelain.add(repository, [str(file) for file in (folder / "data").iterdir()])
        porcelain.commit(
            repository,
            message=day.encode(),
            author=b"A <a@example.org>",
            committer=b"A <a@example.org>",
            commit_timestamp=_noon(day),
            commit_timezone=0,
        )
    return folder


def _noon(day: str) -> int:
    from datetime import UTC, datetime

    return int(datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC).timestamp())


def test_a_checkout_at_two_days(checkout: Path) -> None:
    changes = compare_states(
        *open_states(Path(f"{checkout}@2025-05-15"), Path(f"{checkout}@2025-06-02"))
    )
    assert only(changes, "withdrawn").name == "ISO 32110:2019"
    assert changes.compared == (("relaton-data-iso", BEFORE, AFTER),)
    changes = compare_states(*open_states(Path(f"{checkout}@{BEFORE}"), checkout))
    assert only(changes, "withdrawn").new_record.endswith("iso-32110-2019.yaml")


@pytest.mark.parametrize(
    ("revision", "message"),
    [
        ("2025-04-29", "the history begins on 2025-04-30: give a day from then on"),
        ("2025-02-30", "2025-02-30 is no day of the calendar"),
        ("v9", "the repository has no revision 'v9'"),
    ],
)
def test_a_revision_that_is_not_there(checkout: Path, revision: str, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        _ = Source.open(Path(f"{checkout}@{revision}")).digest


def _compare_last(store: Path) -> Changes:
    last = last_states(store)
    assert last is not None
    return compare_states(*last)


def test_without_a_graph_there_is_nothing_to_compare(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no graph has been built"):
        last_states(tmp_path)


def test_two_graphs_and_two_builds_of_one(tmp_path: Path) -> None:
    source = write_state(tmp_path / "relaton-data-iso", [OLD], BEFORE)
    store, other = tmp_path / "store", tmp_path / "other"
    build(store, selection=CatalogueSelection(add=(source,)))
    assert last_states(store) is None
    build(other, selection=CatalogueSelection(add=(source,)))
    shutil.rmtree(source)
    write_state(source, [NEW], AFTER)
    build(store)
    assert only(_compare_last(store), "withdrawn")
    changes = compare_states(*open_states(other, store))
    assert only(changes, "withdrawn").old_record.endswith("iso-32110-2019.yaml")
    # Nothing to do: the conversions of both graphs stay.
    build(store)
    assert only(_compare_last(store), "withdrawn")

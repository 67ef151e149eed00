"""``kg changes``: its formats, its filters and its feed."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import feedparser
import pytest

from tests.changes.states import AFTER, BEFORE, Record, write_state
from tests.support import Run

OLD = Record("ISO 32110:2019", published="2019-03")
NEW = (
    OLD.changed(stage="95.99"),
    Record(
        "ISO 32110:2025",
        title="Widgets & 'gadgets'",
        published="2025-05",
        number="2",
        committee="ISO/TC 321",
        relations=(("obsoletes", "ISO 32110:2019"),),
    ),
)


@pytest.fixture
def states(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    old = write_state(tmp_path / "old" / "relaton-data-iso", [OLD], BEFORE)
    new = write_state(tmp_path / "new" / "relaton-data-iso", NEW, AFTER)
    return str(old), str(new)


def test_formats(run: Run, states: tuple[str, str], tmp_path: Path) -> None:
    shown = run("changes", *states, "--format", "md")
    assert shown.returncode == 0
    assert "| 2025-05 | ISO 32110:2019 was replaced by ISO 32110:2025 |" in shown.stdout
    assert "relaton-data-iso: 2025-04-30 to 2025-06-02\n4 events" in shown.stderr
    chinese = run("changes", *states, "--lang", "zh", "--kind", "withdrawn")
    assert "ISO 32110:2019废止" in chinese.stdout
    assert "共1个事件" in chinese.stderr
    data = json.loads(run("changes", *states, "--format", "json").stdout)
    assert data["counts"] == {"published": 1, "new-edition": 1, "replaced": 1, "withdrawn": 1}
    rows = list(csv.DictReader(run("changes", *states, "--format", "csv").stdout.splitlines()))
    assert [row["kind"] for row in rows] == list(data["counts"])
    page = tmp_path / "changes.html"
    run("changes", *states, "-o", str(page))
    assert "Widgets &amp; &#x27;gadgets&#x27;" in page.read_text(encoding="utf-8")


def test_the_feed_is_valid_and_its_ids_stay(run: Run, states: tuple[str, str]) -> None:
    first, again = (run("changes", *states, "--format", "atom").stdout for _ in range(2))
    feeds = [feedparser.parse(text) for text in (first, again)]
    assert not feeds[0].bozo
    assert feeds[0].version == "atom10"
    assert [entry.id for entry in feeds[0].entries] == [entry.id for entry in feeds[1].entries]
    assert len({entry.id for entry in feeds[0].entries}) == len(feeds[0].entries) == 4
    assert feeds[0].entries[0].title == "ISO 32110:2025 was published"


def test_filters(run: Run, states: tuple[str, str], tmp_path: Path) -> None:
    def told(*arguments: str) -> list[str]:
        result = run("changes", *states, "--format", "json", *arguments)
        return [event["kind"] for event in json.loads(result.stdout)["events"]]

    assert told("--since", "2025-06") == ["withdrawn"]
    watched = tmp_path / "watched.txt"
    watched.write_text("# ours\nISO 32110\n", encoding="utf-8")
    assert len(told("--watch", str(watched))) == 4
    watched.write_text("ISO/TC 321\n", encoding="utf-8")
    assert told("--watch", str(watched)) == ["published"]
    watched.write_text("# none yet\n", encoding="utf-8")
    assert "names nothing" in run("changes", *states, "--watch", str(watched)).stderr
    watched.write_text("ISO 32110\nno such thing\n", encoding="utf-8")
    failed = run("changes", *states, "--watch", str(watched))
    assert failed.returncode == 2
    assert f"{watched}:2: 'no such thing' is no document" in failed.stderr


def test_nothing_happened_and_bad_arguments(run: Run, states: tuple[str, str]) -> None:
    assert run("changes", states[0], states[0]).returncode == 1
    assert "no graph has been built" in run("changes").stderr
    assert "give both states, OLD and NEW, or none" in run("changes", states[0]).stderr
    assert "unknown kind 'gone'" in run("changes", *states, "--kind", "gone").stderr
    assert "'soon' is no date" in run("changes", *states, "--since", "soon").stderr

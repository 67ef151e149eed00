"""The commands that compare two checkouts notice a difference, and follow a value."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tests import outputs, walks
from tests.support import ROOT

PAGE = "<meta content=\"script-src 'sha256-{}'\"><script>/* {} */\nlet x = {};</script>"


def folders(home: Path, name: str, first: str, second: str) -> tuple[Path, Path]:
    pair = home / "first", home / "second"
    for folder, text in zip(pair, (first, second), strict=True):
        (folder / "article").mkdir(parents=True)
        (folder / "article" / name).write_text(text, encoding="utf-8")
        (folder / "article" / "stderr.txt").write_text(str(folder), encoding="utf-8")
    return pair


@pytest.mark.parametrize(
    ("name", "first", "second", "different"),
    [
        ("00001_query", "a\n", "a\n", False),
        ("00001_query", "a\n", "b\n", True),
        ("00002_view_html", PAGE.format("a", "one", 1), PAGE.format("b", "two", 1), False),
        ("00002_view_html", PAGE.format("a", "one", 1), PAGE.format("a", "one", 2), True),
        ("00003_validate", "conforms (shacl, 0.4 s)", "conforms (shacl, 1.2 s)", False),
        ("00003_validate", "conforms (shacl, 0.4 s)", "fails (shacl, 0.4 s)", True),
        ("committees.en.csv", "a", "b", True),
    ],
)
def test_only_comments_digests_and_times_may_differ(
    tmp_path: Path, name: str, first: str, second: str, different: bool
) -> None:
    pair = folders(tmp_path, name, first, second)
    assert outputs.compare(*pair) == ([f"article/{name}"] if different else [])


def test_an_output_that_one_checkout_lacks_is_different(tmp_path: Path) -> None:
    pair = folders(tmp_path, "00001_query", "a", "a")
    (pair[1] / "article" / "00001_query").unlink()
    assert outputs.compare(*pair) == ["article/00001_query"]


def test_a_value_is_followed_from_module_to_module(built: Path) -> None:
    command = ["query", "ballot", "committee=ISO/TC 321", "--store", str(built)]
    visits = walks.walk(command, walks.carries_value("ISO/TC 321"), ROOT / "kg")
    assert visits[0] == "cli/reports/questions.py"
    assert {"queries/questions.py", "entities/resolution.py"} <= set(visits)
    assert all(first != second for first, second in pairwise(visits))
    assert not walks.walk(command, walks.carries_value("no such value"), ROOT / "kg")

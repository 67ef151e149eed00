"""The documents say what the program does."""

from __future__ import annotations

from tests.support import ROOT, Run


def test_the_page_of_questions_is_made_from_their_headers(run: Run) -> None:
    page = (ROOT / "docs" / "questions.md").read_text(encoding="utf-8")
    made = run("query", "--format", "md").stdout
    assert made == page, "run: kg query --format md > docs/questions.md"

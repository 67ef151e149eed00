"""Headings of columns: every column of every question has one in both languages."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from kg.analysis import evidence_rows, statistics
from kg.cli import reports
from kg.common import resources
from kg.common.errors import QueryError
from kg.queries.columns import FILE, column_headings, read_headings
from kg.queries.questions import load_questions

HEADINGS = read_headings(resources.queries() / FILE)
QUESTIONS = load_questions(resources.queries())
HAN = re.compile(r"[\u4e00-\u9fff]")


def test_every_column_of_a_question_has_a_heading() -> None:
    missing = sorted(
        f"{question.name}.{column}"
        for question in QUESTIONS.values()
        for column in question.columns
        if column not in HEADINGS and f"{question.name}.{column}" not in HEADINGS
    )
    assert len(QUESTIONS) > 50
    assert not missing, f"add to queries/{FILE}: {', '.join(missing)}"


def _words(path: Path) -> set[str]:
    return set(re.findall(r"\w+", path.read_text()))


def test_no_heading_is_left_over() -> None:
    folder = Path(str(reports.__file__)).parent
    words_of = {path.stem: _words(path) for path in folder.glob("*.py")}
    others = (_words(Path(str(module.__file__))) for module in (evidence_rows, statistics))
    words = set().union(*words_of.values(), *others)
    known = {column for question in QUESTIONS.values() for column in question.columns}
    own = {f"{q.name}.{column}" for q in QUESTIONS.values() for column in q.columns}
    own |= {f"{report}.{word}" for report, its in words_of.items() for word in its}
    unused = [name for name in HEADINGS if name not in (own if "." in name else known | words)]
    assert not unused, f"remove from queries/{FILE}: {', '.join(unused)}"


def test_headings_are_words() -> None:
    for name, text in HEADINGS.items():
        assert HAN.search(text.zh), name
        # A machine name has capitals inside a word or an underscore.
        assert not re.search(r"[a-z][A-Z]|_", text.en), name


def test_headings_of_one_table_differ() -> None:
    twice = [
        f"{question.name}: {heading}"
        for question in QUESTIONS.values()
        for lang in ("en", "zh")
        for heading, number in Counter(
            column_headings(question.columns, lang, question.name).values()
        ).items()
        if number > 1
    ]
    assert not twice


def test_a_question_can_have_its_own_heading() -> None:
    assert column_headings(["edition"], "zh") == {"edition": "版次"}
    assert column_headings(["edition"], "zh", "events") == {"edition": "届次"}
    assert column_headings(["mine"], "zh") == {"mine": "mine"}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("date: {en: date}", ":1: 'zh' is missing"),
        ("date: {en: a, zh: b}\ndate: {en: a, zh: b}", ":2: 'date' is given twice"),
        ("- date", ":1: give columns"),
        ("date: &a {en: a, zh: b}", ":1: anchors"),
    ],
)
def test_errors_name_the_line(tmp_path: Path, text: str, fault: str) -> None:
    file = tmp_path / FILE
    file.write_text(text, encoding="utf-8")
    with pytest.raises(QueryError, match=re.escape(f"{file}{fault}")):
        read_headings(file)

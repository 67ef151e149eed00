"""Indexed texts are those of simple reference patterns."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.entities.index import words

LETTER = rf"[^\W\d_{words._IDEOGRAPHS}]"
WORD = re.compile(rf"[{words._IDEOGRAPHS}]|\d+|{LETTER}+")
COMPOUND = re.compile(rf"{LETTER}+(?:[^\w\s]{LETTER}+)+")
TEXTS = st.text(st.sampled_from("abAZ019_-/.,:'’·‑ \t\x1cé中国ＩＳかß÷̈"), max_size=24)


def reference(text: str) -> str:
    """Return the indexed text: all words, then compounds without punctuation."""
    plain = words._normalize(text)
    found = WORD.findall(plain)
    joined = [re.sub(r"[\W_]+", "", each) for each in COMPOUND.findall(plain)]
    first = ["¶" + found[0]] if found else []
    return " ".join(["§7", *first, *found, *(["¦", *joined] if joined else ())])


@given(TEXTS)
def test_indexed_text_is_that_of_the_reference(text: str) -> None:
    assert words.indexed_text(text, 7) == reference(text)


@pytest.mark.parametrize(
    ("text", "words_"),
    [
        ("e-Commerce, GB/T 1x/y", "§7 ¶e e commerce gb t 1 x y ¦ ecommerce gbt xy"),
        ("l’été à l'école", "§7 ¶l l ete a l ecole ¦ lete lecole"),
        ("_a-b_", "§7 ¶a a b ¦ ab"),
        ("B-to-B", "§7 ¶b b to b ¦ btob"),
        ("中国-EU", "§7 ¶中 中 国 eu"),
    ],
)
def test_compounds_follow_the_words(text: str, words_: str) -> None:
    assert words.indexed_text(text, 7) == words_

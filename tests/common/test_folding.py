"""Folding: the fast path for ASCII agrees with the general one."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from kg.common import folding


def plainly(text: str) -> str:
    """Fold a text as for any script."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return folding.simplified(
        unicodedata.normalize("NFKC", folding._PUNCTUATION.sub(folding._reduce, plain))
    )


@given(st.text(st.characters(max_codepoint=0x7F)))
def test_ascii_names_are_folded_like_others(text: str) -> None:
    assert folding.fold(text) == plainly(text)


def test_punctuation_between_digits_is_kept() -> None:
    assert folding.fold("1.1-2 020/A.B") == "1.1-2 020ab"

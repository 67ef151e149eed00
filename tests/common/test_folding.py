"""Names are folded the same whichever way is taken."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from kg.common import folding


def plainly(text: str) -> str:
    """The way of texts in any script."""
    plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return folding.simplified(
        unicodedata.normalize("NFKC", folding._PUNCTUATION.sub(folding._reduce, plain))
    )


@given(st.text(st.characters(max_codepoint=0x7F)))
def test_a_name_in_ascii_is_folded_as_any_other(text: str) -> None:
    assert folding.fold(text) == plainly(text)


def test_signs_between_digits_stay() -> None:
    assert folding.fold("1.1-2 020/A.B") == "1.1-2 020ab"

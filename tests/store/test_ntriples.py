"""Lines of N-Triples are those that the engine would write."""

from __future__ import annotations

import re
import sys

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.store import ntriples

THING = "https://example.org/a"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXTS, st.sampled_from([None, "en", "zh-Hans", "SR-latn"]))
def test_a_line_is_that_of_the_engine(text: str, language: str | None) -> None:
    node = ox.NamedNode(THING)
    wanted = ox.serialize(
        [ox.Triple(node, node, ox.Literal(text, language=language))],
        format=ox.RdfFormat.N_TRIPLES,
    )
    term = ntriples.iri(THING)
    line = ntriples.line(term, term, ntriples.literal(text, language))
    assert line.encode() == wanted
    assert ntriples.lines(ntriples.triples([line])) == [line]


def test_every_sign_is_written_as_the_engine_writes_it() -> None:
    signs = [chr(n) for n in range(sys.maxunicode + 1) if not 0xD800 <= n < 0xE000]
    odd = [sign for sign in signs if ntriples.literal(sign) != str(ox.Literal(sign))]
    assert not odd


@given(st.text(st.sampled_from("aZ9:/.%2fF#?&[]@-_~ é<>{}|\\^`\"'")))
def test_an_address_that_is_plain_is_an_iri(rest: str) -> None:
    for text in (f"https://example.org/{rest}", f"http://{rest}", rest):
        try:
            wanted = str(ox.NamedNode(text))
        except ValueError as error:
            assert not ntriples.is_plain(text)
            with pytest.raises(ValueError, match=re.escape(str(error))):
                ntriples.iri(text)
        else:
            assert ntriples.iri(text) == wanted


def test_what_is_no_language_is_refused() -> None:
    with pytest.raises(ValueError, match="subtag"):
        ntriples.literal("a", "no language")

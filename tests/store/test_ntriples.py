"""Lines of N-Triples are written as pyoxigraph writes them, and read back."""

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
def test_triples_are_encoded_as_pyoxigraph_does(text: str, language: str | None) -> None:
    node = ox.NamedNode(THING)
    wanted = ox.serialize(
        [ox.Triple(node, node, ox.Literal(text, language=language))],
        format=ox.RdfFormat.N_TRIPLES,
    )
    term = ntriples.encode_iri(THING)
    line = ntriples.encode_triple(term, term, ntriples.encode_literal(text, language))
    assert line.encode() == wanted
    assert ntriples.serialize(ntriples.parse([line])) == [line]


def test_every_character_is_encoded_as_pyoxigraph_does() -> None:
    signs = [chr(n) for n in range(sys.maxunicode + 1) if not 0xD800 <= n < 0xE000]
    odd = [sign for sign in signs if ntriples.encode_literal(sign) != str(ox.Literal(sign))]
    assert not odd


@given(st.text(st.sampled_from("aZ9:/.%2fF#?&[]@-_~ é<>{}|\\^`\"'")))
def test_plain_iris_are_valid(rest: str) -> None:
    for text in (f"https://example.org/{rest}", f"http://{rest}", rest):
        try:
            wanted = str(ox.NamedNode(text))
        except ValueError as error:
            assert not ntriples.is_plain_iri(text)
            with pytest.raises(ValueError, match=re.escape(str(error))):
                ntriples.encode_iri(text)
        else:
            assert ntriples.encode_iri(text) == wanted


def test_invalid_language_tags_are_rejected() -> None:
    with pytest.raises(ValueError, match="subtag"):
        ntriples.encode_literal("a", "no language")

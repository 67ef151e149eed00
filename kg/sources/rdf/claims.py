"""Tell the files of articles from other RDF: their claims must not be flattened."""

from __future__ import annotations

import re
from typing import Final

_ARTICLE_TERM: Final = re.compile(rb"std:(Claim|Source)\b|/stdkg/ontology#(Claim|Source)>")
_ONTOLOGY_TERM: Final = re.compile(rb"owl:Class\b|/owl#Class>")


def is_article_file(data: bytes) -> bool:
    """Return whether a TriG file holds claims or their source, and is no export of a whole graph.

    >>> is_article_file(b"graph:evidence { c:vote a std:Claim }")
    True
    >>> is_article_file(b"graph:evidence { c:vote a std:Claim } { std:Claim a owl:Class }")
    False
    """
    return bool(_ARTICLE_TERM.search(data)) and not _ONTOLOGY_TERM.search(data)

"""Refuse RDF files that nest so deep that a parser would run out of stack or memory.

The engine recurses into JSON-LD and triple terms: a few thousand levels overflow its stack, which
ends the process. Blank nodes and collections of Turtle are read level by level, to any depth.
"""

from __future__ import annotations

import re
from typing import Final

import pyoxigraph as ox

from kg.common.errors import SourceError

_MAX_DEPTH: Final = 200
_JSON: Final = re.compile(r'"(?:[^"\\]|\\.)*+"|(?P<open>[\[{])|(?P<close>[\]}])', re.DOTALL)
_TURTLE: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*+'''"
    r'|"(?:[^"\\\n]|\\.)*+"'
    r"|'(?:[^'\\\n]|\\.)*+'"
    r"|\#[^\n]*+"
    r"|(?P<open><<)|(?P<close>>>)"
    r"|<[^\s<>]*+>",
    re.DOTALL,
)


def check_nesting(path: str, text: str, format_: ox.RdfFormat) -> None:
    """Raise SourceError, with file and line, for a file that nests deeper than 200 levels."""
    if format_ == ox.RdfFormat.JSON_LD:
        tokens = _JSON
    elif text.count("<<") > _MAX_DEPTH:
        tokens = _TURTLE
    else:
        return
    depth = 0
    for match in tokens.finditer(text):
        if match.lastgroup == "open":
            depth += 1
            if depth > _MAX_DEPTH:
                line = text.count("\n", 0, match.start()) + 1
                raise SourceError(f"{path}:{line}: nested deeper than {_MAX_DEPTH}: flatten it")
        elif match.lastgroup == "close":
            depth -= 1

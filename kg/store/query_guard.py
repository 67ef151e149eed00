"""Refuses queries that would reach for the network or kill the process, before an engine sees them.

Oxigraph calls other endpoints for SERVICE in every mode, and ends the process on deep nesting and
on long chains of operators.
"""

from __future__ import annotations

import re
from typing import Final

from kg.common.errors import KgError

_MAX_CHARACTERS: Final = 1_000_000
_MAX_DEPTH: Final = 200
_MAX_PARTS: Final = 1000

# Exactly the escapes that the engine takes: it reads """a"} ... \q""" as two short strings and
# code, since \q is no escape, so a wider pattern here would take that code for text.
_ESCAPE: Final = r"""\\(?:[tbnrf"'\\]|u(?![dD][89a-fA-F])[0-9a-fA-F]{4})"""
_LOCAL_ESCAPE: Final = r"""%[0-9a-fA-F]{2}|\\[-_~.!$&'()*+,;=/?\#@%]"""
_TOKEN: Final = re.compile(
    rf'''(?P<iri> <[^\x00-\x20<>"{{}}|^`\\]*> )
      | """ (?: "{{0,2}} (?: [^"\\] | {_ESCAPE} ) )*+ """
      | \'\'\' (?: '{{0,2}} (?: [^'\\] | {_ESCAPE} ) )*+ \'\'\'
      | " (?: [^"\\\n\r] | {_ESCAPE} )*+ "
      | ' (?: [^'\\\n\r] | {_ESCAPE} )*+ '
      | \# [^\n\r]*
      | [?$] \w+
      | @ [a-zA-Z]+ (?: - [a-zA-Z0-9]+ )*
      | \^\^
      | \d+ \. \d+
      | (?P<word> \w [\w.-]* )?
        (?P<local> : (?: (?: [\w:] | {_LOCAL_ESCAPE} )
                         (?: (?: [\w:.-] | {_LOCAL_ESCAPE} )* (?: [\w:-] | {_LOCAL_ESCAPE} ) )? )? )
      | (?P<keyword> \w [\w.-]* )''',
    re.VERBOSE,
)
# In ``?a<?b#>`` the engine sees a comparison and a comment where an IRI could stand. Only these
# IRIs can't be read in any other way.
_CERTAIN_IRI: Final = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]*://.*|[\w/.:~%+-]*)>")
_SERVICE: Final = re.compile(r"service(?!:)|service:\s*\{", re.IGNORECASE)
_SERVICE_PERHAPS: Final = re.compile("service", re.IGNORECASE)
_MARK: Final = re.compile(r"[][(){},!|&+*/=<>.;^-]|\b(?:as|filter)\b", re.IGNORECASE)


def _bare(query: str) -> tuple[str, bool]:
    """Blank IRIs, strings, comments and names out; False: the query can be read in two ways."""
    certain = True

    def blank(match: re.Match[str]) -> str:
        nonlocal certain
        if match["iri"]:
            certain = certain and bool(_CERTAIN_IRI.fullmatch(match["iri"]))
        if match["keyword"]:
            return match["keyword"]
        # ``SERVICE:x {`` is a name to the eye and a call to the engine.
        calls = re.search(r"service(silent)?$", match["word"] or "", re.IGNORECASE)
        return " service: " if calls else " "

    bare = _TOKEN.sub(blank, query)
    return bare, certain and not re.search(r"""["'\\]""", bare)


def check(query: str) -> str:
    """Refuse what would reach for the network or kill the process; else give the bare query."""
    if len(query) > _MAX_CHARACTERS:
        raise KgError(
            f"the query has {len(query)} characters, more than {_MAX_CHARACTERS}: shorten it"
        )
    bare, certain = _bare(query)
    judged = bare if certain else query
    if (_SERVICE if certain else _SERVICE_PERHAPS).search(judged):
        raise KgError(
            "the query calls another endpoint with SERVICE, and queries here stay off the network:"
            " take the SERVICE part out"
        )
    # The engine recurses over nesting, and over chains such as a||b||c or UNION after UNION too;
    # past some thousands of either, its stack ends and the process with it.
    nesting: list[str] = []
    parts = 0
    for mark in _MARK.findall(judged):
        inside = nesting[-1] if nesting else ""
        if mark in {")", "]", "}"}:
            del nesting[-1:]
        elif mark in {"(", "[", "{"}:
            nesting.append(mark)
            parts += mark == "{" or not inside
        else:
            parts += not (mark == "," and inside == "(")
        if len(nesting) > _MAX_DEPTH:
            raise KgError(f"the query nests brackets deeper than {_MAX_DEPTH}: flatten it")
    if parts > _MAX_PARTS:
        raise KgError(
            f"the query has {parts} patterns and operators, more than {_MAX_PARTS}:"
            " split it, or put long lists into VALUES or IN"
        )
    return bare

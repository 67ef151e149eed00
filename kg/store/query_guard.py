"""Reject updates, and queries that would access the network or crash the worker, before they run.

Oxigraph calls other endpoints for SERVICE in every mode, and overflows its stack, which ends the
process, on deep nesting and long chains of operators.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection
from typing import Final

from kg.common.errors import QueryError

NO_NETWORK: Final = (
    "the query calls another endpoint with SERVICE, but queries have no network access: remove the"
    " SERVICE part"
)
_MAX_CHARACTERS: Final = 1_000_000
_MAX_DEPTH: Final = 200
_MAX_PARTS: Final = 1000
_MAX_JOINS: Final = 100
"""The engine plans a join of n patterns in n³ steps: 100 take up to 2 s, 300 a minute."""
_MAX_ALTERNATIVES: Final = 100
"""A path is evaluated once for each alternative, in every step of a repetition."""

# Exactly the escapes that the engine accepts. It reads """a"} ... \q""" as two short strings with
# code between them, since \q is invalid; a wider pattern would mistake that code for text.
_ESCAPE: Final = r"""\\(?:[tbnrf"'\\]|u(?![dD][89a-fA-F])[0-9a-fA-F]{4})"""
_LOCAL_ESCAPE: Final = r"""%[0-9a-fA-F]{2}|\\[-_~.!$&'()*+,;=/?\#@%]"""
TOKEN: Final = re.compile(
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
# The engine reads ``?a<?b#>`` as a comparison and a comment although it looks like an IRI. Only
# these IRIs are unambiguous.
_UNAMBIGUOUS_IRI: Final = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]*://.*|[\w/.:~%+-]*)>")
_SERVICE: Final = re.compile(r"service(?!:)|service:\s*\{", re.IGNORECASE)
_POSSIBLE_SERVICE: Final = re.compile("service", re.IGNORECASE)
_FROM: Final = re.compile(r"\bfrom\b", re.IGNORECASE)
_NAMES_GRAPHS: Final = re.compile(r"\b(?:from|graph)\b", re.IGNORECASE)
_AGGREGATE: Final = re.compile(r"\b(?:count|sum|avg)\s*\(\s*(?!\s|distinct\b)", re.IGNORECASE)
_PROLOGUE: Final = frozenset(("prefix", "base"))
_UPDATES: Final = frozenset(
    ("insert", "delete", "with", "load", "clear", "drop", "create", "add", "move", "copy")
)
FIRST_WORDS: Final = _PROLOGUE | _UPDATES | {"select", "ask", "construct", "describe"}
"""Words that a query or an update can begin with, in lower case."""
_MARK: Final = re.compile(r"[][(){},!|&+*/=<>.;^-]|\b(?:as|filter)\b", re.IGNORECASE)
_JOIN: Final = re.compile(r"\|\||[][(){},|/.;]|\bunion\b", re.IGNORECASE)


def _strip(query: str) -> tuple[str, bool]:
    """Replace IRIs, strings, comments and names with spaces.

    Also return whether the query is unambiguous to this tokenizer.
    """
    unambiguous = True

    def blank(match: re.Match[str]) -> str:
        nonlocal unambiguous
        if match["iri"]:
            unambiguous = unambiguous and bool(_UNAMBIGUOUS_IRI.fullmatch(match["iri"]))
        if match["keyword"]:
            return match["keyword"]
        # ``SERVICE:x {`` looks like a prefixed name, but the engine reads it as a call.
        calls = re.search(r"service(silent)?$", match["word"] or "", re.IGNORECASE)
        return " service: " if calls else " "

    stripped = TOKEN.sub(blank, query)
    return stripped, unambiguous and not re.search(r"""["'\\]""", stripped)


def names_graphs(query: str) -> bool:
    """Return whether a query has FROM, and so a default graph of its own."""
    return bool(_FROM.search(query) and _FROM.search(_strip(query)[0]))


def _form(query: str) -> str:
    """Return the keyword after the prologue, such as ``select``, in lower case."""
    end = 0
    for match in TOKEN.finditer(query):
        keyword = (match["keyword"] or "").casefold()
        if keyword and keyword not in _PROLOGUE:
            return keyword
        named = keyword or match["local"] or match["iri"] or match[0].startswith("#")
        if not named or query[end : match.start()].strip():
            break
        end = match.end()
    return ""


def counts_repeats(query: str) -> bool:
    """Return whether a query counts or sums over the union of graphs without DISTINCT.

    False where it names graphs, with GRAPH or FROM: it then tells them apart itself.
    """
    stripped, _ = _strip(query)
    return bool(_AGGREGATE.search(stripped)) and not _NAMES_GRAPHS.search(stripped)


def unknown_prefix(query: str, known: Collection[str]) -> str | None:
    """Return what is wrong with the first prefix that is not declared; None if all are.

    ``known`` are declared outside of the query. A text that this tokenizer can't read has no fault
    of this kind.
    """
    if not _strip(query)[1]:
        return None
    declared, keyword = set(known), ""
    for match in TOKEN.finditer(query):
        if match["local"] is None:
            keyword = match["keyword"] or (keyword if match[0].startswith("#") else "")
            continue
        prefix = match["word"] or ""
        if keyword.casefold() == "prefix":
            declared.add(prefix)
        elif prefix not in declared and prefix != "_":
            line = query.count("\n", 0, match.start()) + 1
            near = difflib.get_close_matches(prefix, sorted(declared), n=1, cutoff=0.7)
            meant = f", or use {near[0]}:" if near else ""
            return (
                f"line {line}: no prefix '{prefix}:' is declared: add PREFIX {prefix}: <…>{meant}"
            )
        keyword = ""
    return None


def check_query(query: str) -> None:
    """Raise QueryError for an update, and for a query that is too long, too deep, or uses SERVICE.

    This reads the text much as the engine does, and gives a clear message; the wall is the sandbox.
    """
    if len(query) > _MAX_CHARACTERS:
        raise QueryError(
            f"the query has {len(query)} characters, more than {_MAX_CHARACTERS}: shorten it"
        )
    if (form := _form(query)) in _UPDATES:
        raise QueryError(
            f"the graph is read-only: {form.upper()} is an update, and updates are not run; change"
            " the sources, and run 'kg build'"
        )
    stripped, unambiguous = _strip(query)
    checked = stripped if unambiguous else query
    if (_SERVICE if unambiguous else _POSSIBLE_SERVICE).search(checked):
        raise QueryError(NO_NETWORK)
    _check_nesting(checked)
    _check_joins(checked)


def _check_nesting(query: str) -> None:
    # The engine recurses into nesting, and into chains such as a||b||c or repeated UNIONs; a few
    # thousand of either overflow its stack and end the process.
    nesting: list[str] = []
    parts = 0
    for mark in _MARK.findall(query):
        inside = nesting[-1] if nesting else ""
        if mark in {")", "]", "}"}:
            del nesting[-1:]
        elif mark in {"(", "[", "{"}:
            nesting.append(mark)
            parts += mark == "{" or not inside
        else:
            parts += not (mark == "," and inside == "(")
        if len(nesting) > _MAX_DEPTH:
            raise QueryError(f"the query nests brackets deeper than {_MAX_DEPTH}: flatten it")
    if parts > _MAX_PARTS:
        raise QueryError(
            f"the query has {parts} patterns and operators, more than {_MAX_PARTS}:"
            " split it, or put long lists into VALUES or IN"
        )


class _Group:
    """An open bracket: the number of patterns and alternatives in it so far."""

    def __init__(self, mark: str) -> None:
        self.mark = mark
        self.joins = 0
        self.alternatives = 0
        self.branch = 0
        """Patterns in the largest branch of the UNION that is open."""
        self.in_union = False
        self.only_group = False

    def close(self, inner: _Group) -> None:
        """Add what a bracket inside has: of the branches of a UNION, the largest one."""
        if inner.mark != "{":
            self.joins += inner.joins
            self.alternatives += inner.alternatives
            return
        # A group of nothing but a group is no join.
        joins = inner.joins if inner.only_group else inner.joins + 1
        self.only_group = self.joins == 0
        before = self.branch if self.in_union else 0
        self.branch = max(joins, before)
        self.joins += self.branch - before
        self.in_union = False


def _check_joins(query: str) -> None:
    """Raise QueryError for a group that joins too many patterns, or a path of many alternatives.

    A join is a triple pattern, a step of a path, or a group within a group. Division in an
    expression counts as a step: the text alone doesn't tell them apart.
    """
    groups = [_Group("")]
    for mark in _JOIN.findall(query):
        group = groups[-1]
        if mark in {"(", "[", "{"}:
            groups.append(_Group(mark))
        elif mark in {")", "]", "}"}:
            if len(groups) > 1:
                groups.pop()
                groups[-1].close(group)
        elif mark == "|":
            group.alternatives += 1
        elif mark in {"/", ".", ";"} or (mark == "," and group.mark != "("):
            group.joins += 1
            group.only_group = False
            if mark != "/":
                # The next pattern has a path of its own.
                group.alternatives = 0
        elif mark != ",":
            group.in_union = mark != "||"
        _check_group(groups[-1] if len(groups) > 1 else group)


def _check_group(group: _Group) -> None:
    if group.mark and group.joins > _MAX_JOINS:
        raise QueryError(
            f"the query joins more than {_MAX_JOINS} patterns and steps of paths: split it"
        )
    if group.alternatives > _MAX_ALTERNATIVES:
        raise QueryError(
            f"a path of the query has more than {_MAX_ALTERNATIVES} alternatives: use a variable"
            " for the property, and list its values in VALUES"
        )

"""The text of a query for an endpoint: with its prefixes, and with values for its variables.

The embedded engine takes prefixes, base and bindings as arguments; the SPARQL 1.1 Protocol has
none of these, so they are written into the text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import pyoxigraph as ox

from kg.store import Term
from kg.store.query_guard import TOKEN

_SOLUTIONS: Final = frozenset(("group", "having", "order", "limit", "offset", "values"))
_KEY: Final = "stdkg_key"
_TOTAL: Final = "stdkg_total"
_DIGITS: Final = 8
"""Digits of a hash that are compared: enough for four billion parts."""
ALL_KEYS: Final = (0, 16**_DIGITS)


@dataclass(frozen=True)
class Token:
    """A name, keyword, literal or sign of a query, in lower case if it is a keyword."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Parts:
    """A query in three parts, to be put together again."""

    prologue: str
    dataset: str
    body: str

    def whole(self) -> str:
        """Return the whole query."""
        return f"{self.prologue}{self.body}"


def scan(text: str) -> list[Token]:
    """Return the tokens of a query, without comments."""
    return list(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    end = 0
    for match in TOKEN.finditer(text):
        yield from _signs(text, end, match.start())
        end = match.end()
        if match[0].startswith("#"):
            continue
        if match[0][0] in "?$":
            yield Token("variable", match[0][1:], match.start(), end)
        elif match["keyword"]:
            yield Token("keyword", match["keyword"].lower(), match.start(), end)
        elif match["iri"]:
            yield Token("iri", match[0], match.start(), end)
        elif match["local"] is not None:
            yield Token("name", match["word"] or "", match.start(), end)
        else:
            yield Token("literal", match[0], match.start(), end)
    yield from _signs(text, end, len(text))


def _signs(text: str, start: int, end: int) -> Iterator[Token]:
    for place in range(start, end):
        if not text[place].isspace():
            yield Token("sign", text[place], place, place + 1)


def split(text: str) -> Parts:
    """Split a query into its prologue, its FROM clauses and the rest, which includes them."""
    tokens = scan(text)
    place = _end_of_prologue(tokens)
    if place == len(tokens):
        return Parts("", "", text)
    start = tokens[place].start
    return Parts(text[:start] + "\n" * (start > 0), _dataset(text, tokens[place:]), text[start:])


def _end_of_prologue(tokens: list[Token]) -> int:
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token.kind == "keyword" and token.text == "prefix":
            place += 3
        elif token.kind == "keyword" and token.text == "base":
            place += 2
        else:
            break
    return min(place, len(tokens))


def _dataset(text: str, tokens: list[Token]) -> str:
    """Return the FROM clauses of a query."""
    clauses = []
    for token, following, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if token.text == "{":
            break
        if token.kind == "keyword" and token.text == "from":
            is_named = following.kind == "keyword" and following.text == "named"
            clauses.append(text[token.start : (after if is_named else following).end])
    return " ".join(clauses)


def _without_dataset(parts: Parts) -> str:
    body = parts.body
    for token in reversed(scan(body)):
        if token.kind == "keyword" and token.text == "from":
            clause = _dataset(body[token.start :] + " { }", scan(body[token.start :] + " { }"))
            body = body[: token.start] + body[token.start + len(clause) :]
    return body


def declare(text: str, prefixes: Mapping[str, str], base: str | None) -> str:
    """Return a query that declares the prefixes that it uses, and its base if it needs one."""
    tokens = scan(text)
    own = {b.text for a, b in pairwise(tokens) if _is(a, "prefix")}
    used = {token.text for token in tokens if token.kind == "name"} - own
    lines = [f"PREFIX {name}: <{prefixes[name]}>\n" for name in sorted(used & prefixes.keys())]
    relative = any(token.kind == "iri" and ":" not in token.text for token in tokens)
    if base is not None and relative:
        lines.insert(0, f"BASE <{base}>\n")
    return "".join(lines) + text


def _is(token: Token, keyword: str) -> bool:
    return token.kind == "keyword" and token.text == keyword


def replace_variables(text: str, bindings: Mapping[str, Term]) -> str | None:
    """Write terms in place of variables; None if a use of one doesn't allow that."""
    pieces, end = [], 0
    tokens = scan(text)
    in_projection, depth = False, 0
    for place, token in enumerate(tokens):
        if token.kind == "sign" and token.text in "({":
            depth += token.text == "("
            in_projection = in_projection and token.text != "{"
        elif token.kind == "sign" and token.text == ")":
            depth -= 1
        elif _is(token, "select"):
            in_projection, depth = True, 0
        elif _is(token, "where") or _is(token, "from"):
            in_projection = False
        if in_projection and token.text == "*" and depth == 0:
            return None
        if token.kind != "variable" or token.text not in bindings:
            continue
        before = [each.text for each in tokens[max(0, place - 2) : place]]
        if _needs_variable(tokens, place, before, in_projection and depth == 0):
            return None
        term = str(bindings[token.text])
        if in_projection and depth == 0:
            term = f"({term} AS ?{token.text})"
        pieces += [text[end : token.start], f" {term} "]
        end = token.end
    return "".join(pieces) + text[end:]


def _needs_variable(tokens: list[Token], place: int, before: list[str], is_projected: bool) -> bool:
    if before[-1:] == ["as"] or before == ["bound", "("]:
        return True
    if is_projected:
        return False
    # GROUP BY ?x, VALUES ?x and the like, up to the bracket that opens what they are about.
    for token in reversed(tokens[:place]):
        if token.kind == "keyword" and token.text in _SOLUTIONS:
            return True
        if token.kind == "sign" and token.text in "{}":
            return False
    return False


def add_values(text: str, bindings: Mapping[str, Term]) -> str:
    """Add the values of variables to the outermost group, and to each that uses one of them."""
    names = [name for name, term in bindings.items() if not isinstance(term, ox.BlankNode)]
    values = {name: f" VALUES ?{name} {{ {bindings[name]} }} " for name in names}
    # No engine finds a blank node by its label.
    values |= {name: f" VALUES ?{name} {{ }} " for name in bindings if name not in names}
    tokens = scan(text)
    inserted: dict[int, set[str]] = {}
    open_groups: list[int] = []
    outermost = next((each.end for each in tokens if each.text == "{"), None)
    if outermost is not None:
        inserted[outermost] = set(bindings)
    follows_values = False
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.kind == "sign" and token.text == "{":
            holds_query = following is not None and _is(following, "select")
            open_groups.append(-1 if follows_values or holds_query else token.end)
            follows_values = False
        elif token.kind == "sign" and token.text == "}":
            del open_groups[-1:]
        elif _is(token, "values"):
            follows_values = True
        elif token.kind == "variable" and token.text in bindings:
            group = open_groups[-1] if open_groups else -1
            if group >= 0 and not follows_values:
                inserted.setdefault(group, set()).add(token.text)
    for place in sorted(inserted, reverse=True):
        added = "".join(values[name] for name in sorted(inserted[place]))
        text = text[:place] + added + text[place:]
    return text


def count_query(text: str) -> str:
    """Return a query for the number of rows of a SELECT query."""
    parts = split(text)
    inner = _without_dataset(parts)
    return (
        f"{parts.prologue}SELECT (COUNT(*) AS ?{_TOTAL}) {parts.dataset}\n"
        f"WHERE {{ {{\n{inner}\n}} }}"
    )


def part_query(text: str, columns: Collection[str], keys: tuple[int, int]) -> str:
    """Return a query for those rows of a SELECT query whose hash is in a range.

    A row has the same hash wherever it comes in an answer, so the parts have each row once,
    however the engine orders them.
    """
    parts = split(text)
    inner = _without_dataset(parts)
    names = " ".join(f"?{name}" for name in columns)
    cells = ', " ", '.join(f'COALESCE(STR(?{name}), "")' for name in columns)
    start, end = (f"{key:0{_DIGITS}x}" for key in keys)
    upper = f' && ?{_KEY} < "{end}"' if keys[1] < ALL_KEYS[1] else ""
    return (
        f"{parts.prologue}SELECT {names} {parts.dataset}\nWHERE {{ {{\n{inner}\n}}\n"
        f"BIND(MD5(CONCAT({cells})) AS ?{_KEY}) "
        f'FILTER(?{_KEY} >= "{start}"{upper}) }}'
    )


def is_ordered(text: str) -> bool:
    """Return whether the rows of a query have an order that must be kept."""
    depth = 0
    for token in scan(text):
        depth += {"{": 1, "}": -1}.get(token.text, 0) if token.kind == "sign" else 0
        if depth == 0 and _is(token, "order"):
            return True
    return False

"""Read files of JSON Lines."""

from __future__ import annotations

from collections.abc import Iterator


def json_lines(text: str) -> Iterator[tuple[int, str]]:
    r"""Yield the lines of a text of JSON Lines that aren't blank, each with its number.

    ``splitlines()`` would also split at characters that stand unescaped inside strings (U+0085,
    U+2028, U+2029: RFC 8259, section 7).

    >>> list(json_lines('{"a": "1\u20282"}\n\n{}\n'))
    [(1, '{"a": "1\u20282"}'), (3, '{}')]
    """
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line

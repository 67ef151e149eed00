"""Find designations within a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from kg.identifiers import Designation, parse
from kg.identifiers.model import changed

_GAP: Final = re.compile(
    r"[\s,;()（）《》“”，；：、\[\]【】§]+|:\s+|(?<=\d)(?=[^\W\d_a-zA-Z])"
    r"|(?<=[^\W\d_a-zA-Z])(?=[a-zA-Z])"
)
_JOINED: Final = re.compile(
    r"\s*(?:/|&|\+|、|,|，|;|；|和|及|与|與|および|と|\band\b|\bund\b|\bet\b|\by\b)\s*"
    r"(?=(?:[A-Z]+[/ -])*[A-Z]{0,4}[ .-]*\d)",
    re.IGNORECASE,
)
_LETTERED: Final = re.compile(r"(?P<head>.*\d)(?P<letters>[a-z]{1,2}(?:/[a-z]{1,2})+)")
_LAST_NUMBER: Final = re.compile(r"(?<![\w.-])(?:[A-Z]{1,2}[. ]?)?\d[\w.:-]*$")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_YEAR_AT_END: Final = re.compile(r"[:-](?:19|20)\d\d$")
_MAX_NUMBERS: Final = 12
MAX_PIECES: Final = 24
"""Maximum number of pieces of a text that are read."""


def find_designations(text: str) -> Iterator[str]:
    """Yield the longest designations within a text."""
    pieces = [piece for piece in _GAP.split(text) if piece][:MAX_PIECES]
    start = 0
    while start < len(pieces):
        ends = range(len(pieces), start, -1)
        end = next((e for e in ends if parse(" ".join(pieces[start:e])) is not None), None)
        if end is None:
            start += 1
        else:
            yield " ".join(pieces[start:end])
            start = end


def split_head(text: str, is_document: Callable[[str], bool]) -> tuple[str, str] | None:
    """Return the longest number at the start of a text, and the rest; None if there is none.

    A second number in the rest means another document, or one that is adopted, so that the text
    has no single number either. ``is_document`` tells whether a text is the name of a document.
    """
    head = next(split_heads(text, is_document), None)
    return None if head is None or list(find_designations(head[1])) else head


def split_heads(text: str, is_document: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Yield the numbers at the start of a text with the rest, the longest first."""
    for gap in reversed(list(islice(_GAP.finditer(text), MAX_PIECES))):
        head, rest = text[: gap.start()], text[gap.start() :]
        if not any(map(str.isalnum, rest)) or not any(map(str.isdigit, head)):
            continue
        if parse(head) is not None or is_document(head):
            yield head, rest


def split_aliases(designation: Designation) -> list[str]:
    """Return a designation for each of several numbers joined by slashes; empty for one number.

    >>> split_aliases(parse("ITU-T H.264/H.265"))
    ['ITU-T H.264', 'ITU-T H.265']
    """
    if not designation.aliases:
        return []
    # IEEE joins whole designations, ITU only numbers.
    return [
        number if parse(number) else str(changed(designation, number=number, aliases=()))
        for number in (designation.number, *designation.aliases)
    ]


def split_pair(text: str) -> list[str]:
    """Return the designations of a text that gives the body once and several numbers.

    >>> split_pair("ISO 9001/14001"), split_pair("IEC 61508-1 and -2")
    (['ISO 9001', 'ISO 14001'], ['IEC 61508-1', 'IEC 61508-2'])
    >>> split_pair("IEEE 802.11a/b/g")
    ['IEEE 802.11a', 'IEEE 802.11b', 'IEEE 802.11g']
    """
    if match := _LETTERED.fullmatch(text):
        numbers = [match["head"] + letter for letter in match["letters"].split("/")]
        return numbers if all(map(parse, numbers)) else []
    joint = next((j for j in _JOINED.finditer(text) if parse(text[: j.start()])), None)
    if joint is None:
        return []
    first, rest = text[: joint.start()].strip(), text[joint.end() :].strip()
    found = [first]
    while rest and len(found) < _MAX_NUMBERS:
        joints = [*_JOINED.finditer(rest), None]
        # The longest first, as a designation can have a slash.
        for joint in reversed(joints):
            piece = rest[: joint.start()] if joint else rest
            full = _full(first, piece.strip())
            if full:
                break
        else:
            return []
        found.append(full)
        rest = rest[joint.end() :] if joint else ""
    return found if len(found) > 1 else []


def _full(first: str, piece: str) -> str:
    """Return the designation of a number that shares its body with another; empty if it has none.

    A clause is no number: it is much shorter.
    """
    designation = parse(piece)
    if designation is not None and not designation.aliases:
        return piece
    number = _LAST_NUMBER.search(first)
    if number is None:
        return ""
    if piece.startswith("-"):
        parts = piece.count("-")
        texts = [re.sub(rf"(?:-\d+){{{parts}}}(?=$|:)", "", first) + piece]
    elif _YEAR.fullmatch(piece):
        texts = [_YEAR_AT_END.sub("", first) + f":{piece}"]
    elif abs(len(_digits(piece)) - len(_digits(number.group()))) > 1:
        return ""
    else:
        head = first[: number.start()]
        texts = [f"{head}{piece}", f"{head} {piece}"]
    found = (parse(text) for text in texts)
    return next((t for t, d in zip(texts, found, strict=True) if d and not d.aliases), "")


def _digits(number: str) -> str:
    match = re.search(r"\d+", number)
    return match.group() if match else ""

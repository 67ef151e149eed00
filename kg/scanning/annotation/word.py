"""Mark the references of a Word document: highlights, and comments in its body."""

from __future__ import annotations

import copy
import io
from collections.abc import Sequence
from typing import Any, Final

from kg.scanning import MatchedReference
from kg.scanning.documents import word
from kg.scanning.marks import mark_of

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_COLORS: Final = {
    "current": "green",
    "draft": "cyan",
    "replaced": "red",
    "other": "yellow",
    "none": "lightGray",
}
_AUTHOR: Final = "stdkg"
_LENGTHS: Final = {"tab": 1, "br": 1, "cr": 1, "noBreakHyphen": 1}


def annotated(
    name: str, data: bytes, references: Sequence[tuple[MatchedReference, str]]
) -> tuple[bytes, int]:
    """Return a copy with the references marked, and how many could not be.

    Comments can stand only in the body: elsewhere a reference is highlighted.
    """
    document = word.open_word(name, data)
    by_paragraph: dict[int, list[tuple[MatchedReference, str]]] = {}
    for item, note in references:
        by_paragraph.setdefault(item.reference.passage.paragraph, []).append((item, note))
    number, unmarked = 0, 0
    notes: dict[Any, Any] = {}
    for paragraph, part, _ in word.paragraphs(document):
        if not "".join(piece.text for piece in word.pieces(paragraph)).strip():
            continue
        number += 1
        in_body = not part or part.startswith("table")
        for item, note in reversed(by_paragraph.get(number, [])):
            runs = _runs(paragraph, item.reference.start, item.reference.end)
            for run in runs:
                _highlight(run, _COLORS[mark_of(item.match)])
            if not runs:
                unmarked += 1
            elif in_body:
                _comment(document, runs, note)
            else:
                notes[paragraph.getroottree().getroot()] = part
    _write_notes(document, notes)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue(), unmarked


def _runs(paragraph: Any, start: int, end: int) -> list[Any]:
    """Return the runs with exactly the text between two places, splitting those at the ends."""
    found, at = [], 0
    for run, text in word.pieces(paragraph):
        begin, stop = max(start - at, 0), min(end - at, len(text))
        at += len(text)
        if begin >= stop:
            continue
        middle = _split(run, begin) if begin else run
        if stop < len(text):
            _split(middle, stop - begin)
        found.append(middle)
    return found


def _split(run: Any, at: int) -> Any:
    """Split a run after some characters; return the new run with the rest."""
    rest = copy.deepcopy(run)
    for child in list(rest):
        if child.tag != f"{_W}rPr":
            rest.remove(child)
    run.addnext(rest)
    done = 0
    for child in list(run):
        if child.tag == f"{_W}rPr":
            continue
        length = _length(child)
        if done >= at:
            rest.append(child)
        elif done + length > at:
            more = copy.deepcopy(child)
            more.text = child.text[at - done :]
            child.text = child.text[: at - done]
            for each in (child, more):
                each.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            rest.append(more)
        done += length
    return rest


def _length(element: Any) -> int:
    kind = str(element.tag).removeprefix(_W)
    return len(element.text or "") if kind == "t" else _LENGTHS.get(kind, 0)


def _highlight(run: Any, color: str) -> None:
    properties = run.find(f"{_W}rPr")
    if properties is None:
        properties = run.makeelement(f"{_W}rPr", {})
        run.insert(0, properties)
    for old in properties.findall(f"{_W}highlight"):
        properties.remove(old)
    mark = properties.makeelement(f"{_W}highlight", {f"{_W}val": color})
    # The schema prescribes the order of properties (ISO/IEC 29500-1, 17.3.2.28).
    later = [each for each in properties if str(each.tag).removeprefix(_W) in _AFTER]
    if later:
        later[0].addprevious(mark)
    else:
        properties.append(mark)


_AFTER: Final = frozenset(
    [
        "u",
        "effect",
        "bdr",
        "shd",
        "fitText",
        "vertAlign",
        "rtl",
        "cs",
        "em",
        "lang",
        "eastAsianLayout",
        "specVanish",
        "oMath",
    ]
)


def _comment(document: Any, runs: Sequence[Any], note: str) -> None:
    from docx.text.run import Run

    first, last = (Run(run, document) for run in (runs[0], runs[-1]))
    document.add_comment([first, last], text=note, author=_AUTHOR, initials="kg")


def _write_notes(document: Any, roots: dict[Any, Any]) -> None:
    """Write changed notes back: their parts aren't kept as trees, unlike headers and footers."""
    if not any(part in ("footnote", "endnote") for part in roots.values()):
        return
    from lxml import etree

    for relation in document.part.rels.values():
        kind = relation.reltype.rpartition("/")[2].removesuffix("s")
        root = next((root for root, part in roots.items() if part == kind), None)
        if root is not None and not relation.is_external:
            relation.target_part._blob = etree.tostring(
                root, xml_declaration=True, encoding="UTF-8", standalone=True
            )

"""Find words that refer back to a document: ``that standard``, ``ibid.``, ``该标准``, ``同上``.

Only where it is certain which one is meant: a single document has been named in the paragraph, or,
for ``ibid.`` at its beginning, in the paragraph before; for ``同上`` in a table, in the cell above.
Words by which a document means itself (``this standard``, ``本标准``, ``diese Norm``) don't count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.identifiers import undated
from kg.scanning.passages import Passage
from kg.scanning.references.model import Reference

_THAT: Final = re.compile(
    r"\b(?:that|(?:the )?said|the same|the (?:afore|above)[- ]?(?:mentioned|said)|the aforesaid"
    r"|the (?:former|latter)"
    r"|the (?:above|cited|referenced|foregoing))\s+(?:same\s+)?(?:international |european "
    r"|national |draft )?"
    r"(?:standard|norm|specification|recommendation|guide|technical report"
    r"|technical specification)\b(?!s)"
    r"|\b(?:die(?:ser)?|der) (?:genannten?|vorgenannten?|besagten?|obigen?|o\. ?g\.|erwähnten?"
    r"|zitierten?) Norm\b"
    r"|\b(?:jene|jener|dieselbe|derselben) Norm\b"
    r"|\b(?:ladite|la dite|de ladite|la même) norme\b|\b(?:la"
    r"|cette) (?:dernière )?norme (?:précitée|susmentionnée|susvisée|citée)"
    r"|\bcette dernière norme\b"
    r"|(?<!应)该(?:项)?(?:国家|国际|行业|地方|团体|推荐性|强制性)?(?:标准|规范|指南)(?!化"
    r"|的制定)|(?:上述|前述|同一|前款)(?:国家|国际|行业)?标准(?!化)"
    r"|(?:同|当該|上記の?|前記の?|同上の)(?:国際|日本産業)?(?:規格|標準)(?!化)|同JIS",
    re.IGNORECASE,
)
_IBID: Final = re.compile(
    r"\b(?:ibid(?:em)?|idem|ebenda|ebd)\b\.?|\ba\. ?a\. ?O\.|同上|同前(?!述)|〃|\bditto\b|\bdito\b",
    re.IGNORECASE,
)


def find_back_references(
    passage: Passage,
    own: Sequence[Reference],
    previous: Sequence[Reference],
    above: Sequence[Reference],
) -> Iterator[Reference]:
    """Yield the words that refer back to one certain document.

    ``own`` are the references of the passage, ``previous`` those of the one before, and ``above``
    those of the cell above in a table.
    """
    text = passage.text
    for match in _THAT.finditer(text):
        yield from _meaning(passage, match, [each for each in own if each.end <= match.start()])
    for match in _IBID.finditer(text):
        before = [each for each in own if each.end <= match.start()]
        if not before:
            alone = not text.replace(match[0], "").strip(" .,;:()[]（）。")
            before = list(above if passage.column and alone else previous)
            if passage.column and not alone:
                continue
        yield from _meaning(passage, match, before)


def _meaning(
    passage: Passage, match: re.Match[str], before: Sequence[Reference]
) -> Iterator[Reference]:
    """Yield the reference to the only document named before; nothing if there are several."""
    numbers = {str(undated(each.designation)) for each in before}
    designations = {each.number for each in before}
    if len(numbers) != 1:
        return
    dated = [each for each in before if each.is_dated] or before
    if len({each.number for each in dated}) == 1 or len(designations) == 1:
        yield Reference(passage, match.start(), match.end(), dated[-1].designation, "back")

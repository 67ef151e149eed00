"""The titles of a document, one for each language: whole, and without phrases that are no title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from kg.sources.relaton import languages, texts
from kg.sources.relaton.reading.record import Words

_WHOLE: Final = ("main", "")
_PARTS: Final = ("title-intro", "title-main", "title-part")
_OTHERS: Final = ("subtitle",)
_BETWEEN: Final = " - "

_MISSING: Final = re.compile(r"titre manqu\w*|title missing|missing title", re.I)
_NOTICE: Final = re.compile(r"versi[oó]n oficial en español", re.I)
_NO_TITLE: Final = re.compile(
    r"(?:parti?e?|amende?ment|section|corrigendum|rectificatif(?: technique)?)? ?[\dIVX.-]*"
    r"|legacy paper document",
    re.I,
)


def titles(
    words: Sequence[Words], only: str, mended: set[str], unknown: Counter[str]
) -> Iterator[tuple[str, str]]:
    """Each title and its language; ``only`` is the language of a document that has one.

    The whole title is taken where the source has it, or it is put together from its parts.
    ``mended`` takes the codes of what was mended, ``unknown`` kinds and languages that are new.
    """
    by_language: dict[str, dict[str, list[str]]] = {}
    for title in words:
        text = texts.clean(title.text, mended) if title.text else ""
        if not text:
            continue
        if title.kind not in _WHOLE and title.kind not in _PARTS and title.kind not in _OTHERS:
            unknown[f"title.type={title.kind}"] += 1
        code = title.language
        if not code and only:
            mended.add("language-of-title")
            code = only
        language = languages.tag(code, title.script)
        if language is None:
            unknown[f"title.language={code}"] += 1
            continue
        by_language.setdefault(language, {}).setdefault(title.kind, []).append(text)
    for language, kinds in by_language.items():
        for text in _whole(kinds):
            if (real := _real(text, mended)) and real:
                yield real, language


def _whole(kinds: dict[str, list[str]]) -> list[str]:
    found = list(dict.fromkeys(text for kind in _WHOLE for text in kinds.get(kind, ())))
    if not found:
        found = [_BETWEEN.join(text for kind in _PARTS for text in kinds.get(kind, ()))]
    after = kinds.get("subtitle")
    return [_BETWEEN.join((found[0], *after)), *found[1:]] if after else found


def _real(text: str, mended: set[str]) -> str:
    """A title without phrases that stand for a missing one; empty if nothing is left."""
    # Most titles have neither phrase, and are seen to have none sooner than both are looked for.
    if text.isascii() and "manqu" not in (lower := text.lower()) and "missing" not in lower:
        return text
    if _NOTICE.search(text):
        mended.add("notice-in-title")
        text = _BETWEEN.join(p for p in text.split(_BETWEEN) if not _NOTICE.fullmatch(p.strip()))
    if not _MISSING.search(text):
        return text
    mended.add("placeholder-title")
    parts = [_MISSING.sub("", part).strip(" :—–-") for part in text.split(_BETWEEN)]
    if all(_NO_TITLE.fullmatch(part) for part in parts):
        return ""
    return _BETWEEN.join(part for part in parts if part)

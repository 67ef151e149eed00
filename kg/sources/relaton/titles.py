"""Complete titles of a document in each language, without placeholders."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from kg.sources.documents.values import clean_text, language_tag
from kg.sources.relaton.reading.record import RecordText

_COMPLETE: Final = ("main", "")
_PARTS: Final = ("title-intro", "title-main", "title-part")
_SUBTITLES: Final = ("subtitle",)
_SEPARATOR: Final = " - "
_UNDETERMINED: Final = "und"
"""The language tag of a text whose source gives no language (BCP 47, 4.1)."""

_MISSING: Final = re.compile(r"titre manqu\w*|title missing|missing title", re.I)
_NOTICE: Final = re.compile(r"versi[oó]n oficial en español", re.I)
_NO_TITLE: Final = re.compile(
    r"(?:parti?e?|amende?ment|section|corrigendum|rectificatif(?: technique)?)? ?[\dIVX.-]*"
    r"|legacy paper document",
    re.I,
)


def document_titles(
    texts: Sequence[RecordText], default_language: str, repairs: set[str], unknown: Counter[str]
) -> Iterator[tuple[str, str]]:
    """Yield the titles of a document with their language tags.

    A title is complete in the source, or joined from parts. ``default_language`` is the code for
    titles without a language, or empty. ``repairs`` receives the codes of repairs, ``unknown``
    counts of unknown kinds and languages.
    """
    by_language: dict[str, dict[str, list[str]]] = {}
    for title in texts:
        text = clean_text(title.text, repairs) if title.text else ""
        if not text:
            continue
        if (
            title.kind not in _COMPLETE
            and title.kind not in _PARTS
            and title.kind not in _SUBTITLES
        ):
            unknown[f"title.type={title.kind}"] += 1
        code = title.language
        if not code and default_language:
            repairs.add("language-of-title")
            code = default_language
        language = language_tag(code, title.script) if code else _UNDETERMINED
        if language is None:
            unknown[f"title.language={code}"] += 1
            continue
        by_language.setdefault(language, {}).setdefault(title.kind, []).append(text)
    for language, kinds in by_language.items():
        for text in _complete_titles(kinds):
            if title_text := _without_placeholders(text, repairs):
                yield title_text, language


def _complete_titles(kinds: dict[str, list[str]]) -> list[str]:
    titles = list(dict.fromkeys(text for kind in _COMPLETE for text in kinds.get(kind, ())))
    if not titles:
        titles = [_SEPARATOR.join(text for kind in _PARTS for text in kinds.get(kind, ()))]
    subtitles = kinds.get("subtitle")
    return [_SEPARATOR.join((titles[0], *subtitles)), *titles[1:]] if subtitles else titles


def _without_placeholders(text: str, repairs: set[str]) -> str:
    """Remove placeholders for missing titles; return an empty text if nothing is left."""
    # Most titles have no placeholder, and this is faster than the patterns.
    if text.isascii() and "manqu" not in (lower := text.lower()) and "missing" not in lower:
        return text
    if _NOTICE.search(text):
        repairs.add("notice-in-title")
        text = _SEPARATOR.join(
            p for p in text.split(_SEPARATOR) if not _NOTICE.fullmatch(p.strip())
        )
    if not _MISSING.search(text):
        return text
    repairs.add("placeholder-title")
    parts = [_MISSING.sub("", part).strip(" :—–-") for part in text.split(_SEPARATOR)]
    if all(_NO_TITLE.fullmatch(part) for part in parts):
        return ""
    return _SEPARATOR.join(part for part in parts if part)

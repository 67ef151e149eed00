"""Output of ``kg match``: columns added to a list of references, and totals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import pyoxigraph as ox

from kg.analysis.match_rows import COLUMNS
from kg.cli.reports.columns import for_people
from kg.common.bilingual import Text
from kg.entities.match import Match
from kg.entities.match.words import count_matches
from kg.tables import LabeledTable, table_bytes

_SHORT: Final = ("name", "status", "evidence", "why")
_TOTALS: Final = Text(
    "{all} references: {matched} matched, {unmatched} not",
    "共{all}条：匹配{matched}条，未匹配{unmatched}条",
)


def short_table(
    texts: Sequence[str], rows: Iterable[Sequence[str | float]], format: str, lang: str
) -> bytes:
    """Return the references with what people ask first: name, status, evidence, and why.

    ``rows`` are those of :func:`kg.analysis.match_rows.match_rows`; ``format`` is ``table`` or
    ``md``.
    """
    places = [COLUMNS.index(name) for name in _SHORT]
    cells = (
        (text, *(row[place] for place in places)) for text, row in zip(texts, rows, strict=True)
    )
    table = LabeledTable(
        ("reference", *_SHORT),
        tuple(tuple(ox.Literal(str(cell)) if cell else None for cell in row) for row in cells),
        {},
        lang,
    )
    return table_bytes(for_people(table, lang), format, lang)


def totals(matches: Sequence[Match], lang: str) -> str:
    """Return how many references matched, by status, and why the others did not."""
    matched = sum(bool(match.iri) for match in matches)
    counted = {"all": len(matches), "matched": matched, "unmatched": len(matches) - matched}
    lines = [_TOTALS.of(lang).format(**counted)]
    lines += [f"  {count:6}  {words}" for words, count in count_matches(matches, lang)]
    return "\n".join(lines) + "\n"

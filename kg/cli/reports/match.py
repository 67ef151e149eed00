"""Output of ``kg match``: columns added to a list of references, and totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

import pyoxigraph as ox

from kg.cli.reports.columns import for_people
from kg.common.bilingual import Text
from kg.common.namespaces import compact, iri
from kg.entities.index import NameIndex, name_index
from kg.entities.labels import labels
from kg.entities.match import Match, Reason
from kg.entities.match.words import WHY, explain
from kg.entities.status_words import describe_status, summarize_status
from kg.evidence.proofs import cite, proofs_of_pairs
from kg.store import Store
from kg.tables import LabeledTable, table_bytes

COLUMNS: Final = (
    *("iri", "name", "score", "status", "replaced_by", "later_edition", "later_by"),
    *("evidence", "others", "why"),
)
"""Names of the added columns, the same in every language because programs rely on them."""

_SHORT: Final = ("name", "status", "evidence", "why")
_TOTALS: Final = Text(
    "{all} references: {matched} matched, {unmatched} not",
    "共{all}条：匹配{matched}条，未匹配{unmatched}条",
)
_SEPARATOR: Final = Text("; ", "；")
_REPLACES: Final = iri("std:replaces")


def rows(store: Store, matches: Sequence[Match], lang: str) -> Iterator[tuple[str | float, ...]]:
    """Yield the cells of :data:`COLUMNS` for each reference.

    IRIs in one cell are separated by spaces; ``later_by`` has a word for each of ``later_edition``,
    and ``evidence`` the records that say by what a document was replaced.
    """
    iris = {
        iri for match in matches for iri in (match.iri, *match.others, *match.status.named) if iri
    }
    nodes = map(ox.NamedNode, iris)
    names = {node.value: name for node, name in labels(store, nodes, lang).items()}
    index = name_index(store)
    pairs = [pair for match in matches for pair in match.status.statements]
    proofs = proofs_of_pairs(store, _REPLACES, pairs)
    for match in matches:
        status = match.status
        yield (
            match.iri,
            names.get(match.iri, ""),
            match.score,
            describe_status(status, names, lang),
            " ".join(status.successors),
            " ".join(edition.iri for edition in status.later),
            " ".join(edition.by for edition in status.later),
            cite(chain.from_iterable(proofs[pair] for pair in status.statements), lang),
            " | ".join(f"{names[iri]} {compact(iri)}" for iri in match.others),
            _SEPARATOR.of(lang).join(
                explain(_in_language(index, match, reason, lang), lang) for reason in match.reasons
            ),
        )


def short_table(
    texts: Sequence[str], rows: Iterable[Sequence[str | float]], format: str, lang: str
) -> bytes:
    """Return the references with what people ask first: name, status, evidence, and why.

    ``rows`` are those of :func:`rows`, ``format`` is ``table`` or ``md``.
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
    matched = [match for match in matches if match.iri]
    unmatched = [match for match in matches if not match.iri]
    statuses = Counter(summarize_status(match.status, lang) for match in matched)
    reasons = Counter(WHY[match.reasons[0].key].of(lang) for match in unmatched)
    lines = [
        _TOTALS.of(lang).format(all=len(matches), matched=len(matched), unmatched=len(unmatched))
    ]
    lines += [f"  {count:6}  {status}" for status, count in statuses.most_common() if status]
    lines += [f"  {count:6}  {reason}" for reason, count in reasons.most_common()]
    return "\n".join(lines) + "\n"


def _in_language(index: NameIndex, match: Match, reason: Reason, lang: str) -> Reason:
    """Return the reason with the title in a language, or else in English, if it gives one."""
    if reason.key != "other-title" or not match.others:
        return reason
    titles = dict(index.titles(match.others[0]))
    return Reason(reason.key, titles.get(lang) or titles.get("en") or reason.value)

"""Matches as columns beside a list of references."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import pyoxigraph as ox

from kg.analysis.status_proofs import proofs_of_statuses
from kg.common.bilingual import Text
from kg.common.namespaces import compact
from kg.entities.index import NameIndex, name_index
from kg.entities.labels import labels
from kg.entities.match import Match, Reason
from kg.entities.match.words import explain
from kg.entities.status_words import describe_status
from kg.evidence.proofs import cite
from kg.store import Store

COLUMNS: Final = (
    *("iri", "name", "score", "status", "replaced_by", "later_edition", "later_by"),
    *("evidence", "others", "why"),
)
"""Names of the added columns, the same in every language because programs rely on them."""

_SEPARATOR: Final = Text("; ", "；")


def match_rows(
    store: Store, matches: Sequence[Match], lang: str
) -> Iterator[tuple[str | float, ...]]:
    """Yield the cells of :data:`COLUMNS` for each reference.

    IRIs in one cell are separated by spaces; ``later_by`` has a word for each of ``later_edition``,
    and ``evidence`` the records that say by what a document was replaced, and its dates if the
    status is that of an earlier day.
    """
    iris = {
        iri for match in matches for iri in (match.iri, *match.others, *match.status.named) if iri
    }
    nodes = map(ox.NamedNode, iris)
    names = {node.value: name for node, name in labels(store, nodes, lang).items()}
    index = name_index(store)
    proofs = proofs_of_statuses(store, [match.status for match in matches])
    for match, proved in zip(matches, proofs, strict=True):
        status = match.status
        yield (
            match.iri,
            names.get(match.iri, ""),
            match.score,
            describe_status(status, names, lang),
            " ".join(status.successors),
            " ".join(edition.iri for edition in status.later),
            " ".join(edition.by for edition in status.later),
            cite(proved, lang),
            " | ".join(f"{names[iri]} {compact(iri)}" for iri in match.others),
            _SEPARATOR.of(lang).join(
                explain_reason(index, match, reason, lang) for reason in match.reasons
            ),
        )


def explain_reason(index: NameIndex, match: Match, reason: Reason, lang: str) -> str:
    """Return a reason in words; a title that it gives in the language, or else in English."""
    if reason.key == "other-title" and match.others:
        titles = dict(index.titles(match.others[0]))
        reason = Reason(reason.key, titles.get(lang) or titles.get("en") or reason.value)
    return explain(reason, lang)

"""Answers of canned questions as of a day: listings of documents, row by row.

The header of such a question says which columns hold a document, its status and its stage::

    #+ as-of: {document: standard, status: status, stage: stage}

Documents that were not published by then are left out, a status and a stage are those of the day,
and the column ``note`` says why, or what is not known. Of later days than those of the sources,
the latest known is told. A question that counts or ranks has no such columns, and is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pyoxigraph as ox

from kg.common.dates import PartialDate
from kg.common.errors import QueryError
from kg.common.namespaces import iri
from kg.entities.as_of import PastStatuses
from kg.entities.document_status import STAGE_KEYS, DocumentStatus
from kg.entities.index import name_index
from kg.entities.lookup import property_values
from kg.entities.status_words import explain_past
from kg.queries.model import PastColumns, Question
from kg.store import Store, Table, Term

_STATUS: Final = iri("std:documentStatus")
_STAGES: Final = {key: stage for stage, key in reversed(STAGE_KEYS.items())}
"""The first stage (IRI) of each key of a status; others have none."""
_STATUSES: Final = frozenset((*_STAGES, "untold"))
"""Keys with a concept in the code list documentStatus."""


def rows_on(
    store: Store,
    question: Question,
    bindings: Mapping[str, Term],
    answer: Table,
    day: PartialDate,
    lang: str,
) -> Table:
    """Return the rows of an answer as they stood on a day; see :func:`columns_on`.

    ``answer`` is that of the question without a binding of its column for the status.
    """
    columns = columns_on(question)
    past = PastStatuses(store, name_index(store), day)
    place = {name: answer.columns.index(name) for name in answer.columns}
    wanted = bindings.get(columns.status) if columns.status else None
    rows = []
    for row in answer.rows:
        document = row[place[columns.document]]
        if not isinstance(document, ox.NamedNode):
            continue
        status = past.of(document.value)
        told = _status_term(status)
        if status.key == "draft" and past.is_latest(document.value):
            # Of drafts the newest state also tells which are earlier ones.
            stated = property_values(store, [document.value], (_STATUS,))
            told = next((value for _, _, value, _ in stated), told)
        if status.key == "unpublished" or (wanted is not None and told != wanted):
            continue
        cells = list(row)
        if columns.status:
            cells[place[columns.status]] = told
        if columns.stage and status.key:
            cells[place[columns.stage]] = _stage_term(status, row[place[columns.stage]])
        note = explain_past(status, lang)
        rows.append((*cells, ox.Literal(note) if note else None))
    return Table((*answer.columns, "note"), tuple(rows))


def columns_on(question: Question) -> PastColumns:
    """Return the columns that hold documents; QueryError for a question without a past answer."""
    if question.past is None:
        raise QueryError(
            f"{question.name} has no answer as of a day: its rows are not documents, one by one;"
            " see docs/as-of.md for those that have one"
        )
    return question.past


def _status_term(status: DocumentStatus) -> Term | None:
    if status.successors:
        return ox.NamedNode(iri("documentStatus:replaced"))
    known = status.key in _STATUSES
    return ox.NamedNode(iri(f"documentStatus:{status.key}")) if known else None


def _stage_term(status: DocumentStatus, stated: Term | None) -> Term | None:
    """Return the stage that a source states, where it means the status of the day too."""
    if isinstance(stated, ox.NamedNode) and STAGE_KEYS.get(stated.value) == status.key:
        return stated
    return ox.NamedNode(_STAGES[status.key]) if status.key in _STAGES else None

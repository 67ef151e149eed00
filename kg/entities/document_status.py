"""Determine what became of a document: its status, and the documents that replaced it.

Only what sources state: a document is replaced by those of which a source says so
(``std:replaces``), directly or step by step. An edition that is merely later is listed as such, and
not said to replace anything; see :mod:`kg.entities.later_editions`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.common.namespaces import iri
from kg.entities.index import NameIndex
from kg.entities.index.schema import Rank
from kg.store import Store, Term

if TYPE_CHECKING:
    from kg.entities.later_editions import LaterEdition

STATUS_KEYS: Final = (
    "current",
    "upcoming",
    "draft",
    "superseded",
    "withdrawn",
    "cancelled",
    "untold",
    "series",
    "mentioned",
)
"""Keys of :class:`DocumentStatus`, without the empty one."""
KEYS_OF_A_DAY: Final = ("unpublished", "unknown")
"""Further keys of the status on an earlier day; see :mod:`kg.entities.as_of`."""

_SUCCESSORS: Final = "SELECT DISTINCT ?document ?later WHERE { ?later std:replaces ?document }"
_DOCUMENTS: Final = frozenset(map(iri, ("std:Document", "std:Standard")))
STAGE_KEYS: Final = {
    iri("stage:published"): "current",
    iri("stage:in-force"): "current",
    iri("stage:upcoming"): "upcoming",
    iri("stage:development"): "draft",
    iri("stage:superseded"): "superseded",
    iri("stage:withdrawn"): "withdrawn",
    iri("stage:cancelled"): "cancelled",
}
"""Keys by stage (IRI); others have none."""
UNPUBLISHED: Final = ("upcoming", "draft", "cancelled")
"""Keys of documents that have never been published, or are not yet in force."""
_ENDED: Final = ("superseded", "withdrawn", "cancelled")
"""Keys of documents that are over."""
WITH_LATER_EDITIONS: Final = (*_ENDED, "untold", "mentioned")
"""Keys of documents for which later editions are listed where no successor is stated."""


@dataclass(frozen=True)
class DocumentStatus:
    """What became of a document.

    ``key`` is the stage that its sources give, the last one if they differ: ``current``,
        ``upcoming`` (published but not yet in force), ``draft``, ``superseded``, ``withdrawn`` or
    ``cancelled``. It is ``untold`` for a document described without a stage, ``mentioned`` for one
    that others refer to but no source describes, ``series`` for one that stands for all editions or
    parts, and empty for other entities.

    ``successors`` are the IRIs of the current documents that sources say replaced it, or else of
    the last ones in the chain. ``statements`` are the statements of ``std:replaces`` that lead to
    them, as pairs of a later and an earlier document; :func:`kg.evidence.proofs.proofs_of_pairs`
    gives their records. ``later`` are the latest of the later editions that the catalogues list,
    for a document without a successor that isn't current or a draft.

    The status on an earlier ``day`` (ISO 8601) may also be ``unpublished`` or ``unknown``;
    ``reason`` is a key of :data:`kg.entities.status_words.REASONS` that says why, with the ``date``
    that it names.
    ``basis`` are the statements of dates, or of the records of kept states, from which it follows,
    as graph, subject, property and value.
    """

    key: str = ""
    successors: tuple[str, ...] = ()
    statements: tuple[tuple[str, str], ...] = ()
    later: tuple[LaterEdition, ...] = ()
    day: str = ""
    reason: str = ""
    date: str = ""
    basis: tuple[tuple[str, str, str, Term], ...] = ()

    @property
    def standing(self) -> str:
        """The key, or ``ended`` for what is replaced, withdrawn or cancelled to any source."""
        return "ended" if self.successors or self.key in _ENDED else self.key

    @property
    def named(self) -> tuple[str, ...]:
        """The IRIs of the documents that words for the status name."""
        return (*self.successors, *(edition.iri for edition in self.later))


def document_status(
    store: Store, index: NameIndex, entity: str, key_of: Callable[[str], str] | None = None
) -> DocumentStatus:
    """Return the status of an entity (IRI); its key is empty if it isn't a document.

    ``key_of`` gives the keys of what may have replaced it, by default those of the sources.
    """
    key = status_key(index, entity)
    key_of = key_of or partial(status_key, index)
    successors, statements = stated_successors(store, entity, key_of)
    if successors or key not in WITH_LATER_EDITIONS:
        return DocumentStatus(key, successors, statements)
    # Most entities are current or no documents, and the grammars take a third of a start-up.
    from kg.entities.later_editions import later_editions

    return DocumentStatus(key, later=later_editions(store, index, entity))


def status_key(index: NameIndex, entity: str) -> str:
    """Return the key of the status that the stages of an entity (IRI) give."""
    status = index.status(entity)
    if status.rank == Rank.MENTIONED:
        return "mentioned"
    if status.rank in (Rank.SERIES, Rank.WORK):
        return "series"
    if not _DOCUMENTS & index.kind_sets[status.kind].every:
        return ""
    return STAGE_KEYS.get(status.stage, "untold")


def stated_successors(
    store: Store, document: str, key_of: Callable[[str], str]
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return the current documents that replaced a document, or else the last in the chains.

    Also returns the statements that lead to them. A chain ends where no source names a further
    successor, and at a loop. What ``key_of`` calls a draft, not published, not yet in force or
    cancelled, hasn't replaced anything yet.
    """
    seen, queue = {document}, deque([document])
    statements: list[tuple[str, str]] = []
    last: list[str] = []
    while queue:
        replaced = queue.popleft()
        successors = [
            later
            for later in replacing(store, replaced)
            if key_of(later) not in (*UNPUBLISHED, *KEYS_OF_A_DAY)
        ]
        new = [later for later in successors if later not in seen]
        if replaced != document and not new:
            last.append(replaced)
        statements += [(later, replaced) for later in successors if later != document]
        seen.update(new)
        queue.extend(new)
    current = [later for later in last if key_of(later) == "current"]
    chosen = tuple(sorted(current or last))
    return chosen, tuple(_leading_to(chosen, statements))


def replacing(store: Store, document: str) -> Iterator[str]:
    """Yield the documents of which a source says that they replace a document (IRI)."""
    rows = store.select(_SUCCESSORS, {"document": ox.NamedNode(document)}).rows
    return (later.value for _, later in rows if isinstance(later, ox.NamedNode))


def _leading_to(
    chosen: Iterable[str], statements: Iterable[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Return the statements on the ways to the chosen documents, sorted."""
    earlier_of: dict[str, list[str]] = {}
    for later, earlier in statements:
        earlier_of.setdefault(later, []).append(earlier)
    kept: set[tuple[str, str]] = set()
    pending = list(chosen)
    while pending:
        later = pending.pop()
        new = {(later, earlier) for earlier in earlier_of.get(later, ())} - kept
        kept |= new
        pending += [earlier for _, earlier in new]
    return sorted(kept)

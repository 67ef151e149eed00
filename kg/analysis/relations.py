"""All relations of a graph, today and on earlier days, read when they are needed."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kg.analysis.sentences import Phrasings
from kg.common import resources
from kg.common.bilingual import Text
from kg.entities.as_of import optional_day
from kg.queries.views import View, find_view
from kg.store import Store

if TYPE_CHECKING:
    from kg.analysis.path_network import PathNetwork
    from kg.network.adjacency.arrays import Adjacency
    from kg.network.past import PastNetwork


@dataclass(frozen=True)
class Relations:
    """The relations of a graph: of the view ``everything``, with their phrasings.

    ``past`` are those of an earlier day; None for the latest known.
    """

    store: Store
    past: PastNetwork | None = None
    _earlier: dict[str, Relations] = field(default_factory=dict)

    @cached_property
    def view(self) -> View:
        """The view ``everything``."""
        return find_view(resources.queries() / "views", "everything")

    @cached_property
    def index(self) -> Adjacency:
        """The relations as arrays of neighbors."""
        from kg.network.adjacency.builder import load_adjacency

        return self.past.index if self.past else load_adjacency(self.store, self.view)

    @cached_property
    def phrasings(self) -> Phrasings:
        """The words for relations."""
        return Phrasings.read(self.store)

    @cached_property
    def paths(self) -> PathNetwork:
        """The relations as a graph to search paths in."""
        from kg.analysis.path_network import path_network

        return path_network(self.index)

    @property
    def notes(self) -> tuple[Text, ...]:
        """What the relations of an earlier day leave out, in words."""
        return self.past.notes if self.past else ()

    def on(self, as_of: str) -> Relations:
        """Return the relations as of a day, of which the last one is kept; these for no day.

        ArgumentError if it is no day.
        """
        day = optional_day(as_of)
        if day is None:
            return self
        if str(day) not in self._earlier:
            from kg.network.past import past_network

            self._earlier.clear()
            past = past_network(self.store, self.index, day)
            self._earlier[str(day)] = Relations(self.store, past)
        return self._earlier[str(day)]

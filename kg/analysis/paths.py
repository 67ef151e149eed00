"""Paths between two entities: how they are related, each step with its evidence.

The cost of a path is the number of its steps plus, for each node in between, log2 of the number of
its neighbors: the bits that a random walker needs there to go on along the path (Shannon, 1948). A
country with thirty neighbors costs five bits, a ballot with four costs two, a body with 60,000
documents sixteen; a short path through a hub can still be cheaper than a long one.

- What stands for an entity speaks for it (:mod:`kg.analysis.representatives`): the national body of
  a country, the parts of a whole, the editions of a work. It costs a step, and log2 of the number
  that stand for it in the same way.
- A field, committee, publisher or area to which two nodes only belong is a class and not a link:
  its bits count twice (as Resnik, 1995, measures similarity by the information of the shared
  class). The area or publisher of more than two thirds of all that have one says nothing.
- A step to a field costs one more, since what something is about joins it least, and one that only
  the curators' general knowledge supports five more, so that statements of sources come first.
- Paths that say the same, with the same kinds of relations, are one way with their number.

No path passes through figures and rankings, since being counted together is not a relation, or
through sources, which are evidence. Paths are searched in the adjacency index
(:mod:`kg.network.adjacency.arrays`); the store is read only for the edges of the paths found.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from kg.analysis.path_groups import PathFinder
from kg.analysis.path_statements import StatementReader, Way
from kg.analysis.representatives import representatives
from kg.common.bilingual import Text
from kg.common.errors import ArgumentError, ResolutionError
from kg.common.namespaces import compact
from kg.entities.groups import group_of, main_kinds
from kg.store import Store

if TYPE_CHECKING:
    from kg.analysis.relations import Relations

RANKING: Final = Text(
    "Ways are ranked by cost: one for each step, and for each station on the way log2 of the "
    "number of its neighbors, so that what is joined to everything says least. What stands for an "
    "entity, such as the body of a country or an edition of a work, speaks for it. A way that "
    "costs more than 13 is weak.",
    "按代价由小到大排列：每一步计1，途经的每个事物另计其相邻事物数的以2为底的对数，"
    "因此与一切相连者说明最少。国家的标准机构、文件的各版次等视同其所代表者。代价超过13者为弱联系。",
)
"""Explanation of the ranking for readers of an answer."""

ALIKE_LIMIT: Final = 20
"""Maximum number of further paths of a kind that are listed."""

_BODIES: Final = frozenset({"body", "organization"})


def find_paths(
    store: Store,
    relations: Relations,
    start: str,
    end: str,
    *,
    paths: int = 3,
    hops: int = 4,
) -> list[Way]:
    """Return the cheapest ways between two entities; none if they are not related.

    ``start`` and ``end`` are IRIs, ``paths`` is the
    number of ways and ``hops`` the maximum number of steps between the entities or what stands for
    them.
    Edges are followed in both directions. A detour (a path through all stations of a cheaper one,
    and more) is left out, and a weak way where there is another. The search for paths of three
    steps and more ends after 2,000 paths.
    Raises ResolutionError for an entity without relations, ArgumentError for equal entities and for
    numbers below 1.
    """
    if paths < 1 or hops < 1:
        raise ArgumentError("the numbers of paths and hops must be 1 or more")
    if start == end:
        raise ArgumentError(f"{compact(start)} is given twice: name two different entities")
    network = relations.paths
    index, numbers = network.index, []
    for entity in (start, end):
        number = index.number_of(entity)
        if number is None:
            raise ResolutionError(f"no claim relates {compact(entity)} to another entity")
        numbers.append(number)

    def bodies(iris: Collection[str]) -> Collection[str]:
        kinds = main_kinds(store, iris)
        return {iri for iri, kind in kinds.items() if group_of(iri, kind) in _BODIES}

    starts, ends = (
        representatives(index, network.graph, network.kinds, bodies, number) for number in numbers
    )
    finder = PathFinder(network.graph, network.kinds, index.passable, starts, ends, ALIKE_LIMIT + 1)
    groups = finder.find(paths, hops)
    reader = StatementReader.read(store, relations.view, index, groups)
    return [reader.to_way(index, relations.phrasings, group) for group in groups]

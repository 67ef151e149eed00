"""Who held a secretariat or membership in which states of a catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kg.common.namespaces import iri
from kg.pipeline.compressed_lines import read_blocks

_IN, _AGENT, _ROLE, _RECORD = (
    f"<{iri(name)}>".encode() for name in ("std:in", "std:agent", "std:role", "prov:wasDerivedFrom")
)
_ROLES: Final = frozenset(
    f"<{iri(f'role:{name}')}> .".encode() for name in ("secretariat", "p-member", "o-member")
)
Key = tuple[str, str, str]
"""Committee, holder and role (IRIs)."""


@dataclass(frozen=True)
class Holding:
    """A secretariat or membership in states that follow one another.

    ``committee``, ``agent``, ``role`` and the records are IRIs. ``first`` and ``last`` are the days
    of the first and the last of these states, ``before`` that of the state before, which does not
    have it, and ``after`` that of the state after; both are empty without such a state.
    """

    slug: str
    committee: str
    agent: str
    role: str
    first: str
    last: str
    before: str = ""
    after: str = ""
    first_record: str = ""
    last_record: str = ""

    @property
    def key(self) -> Key:
        """What was held, and by whom."""
        return self.committee, self.agent, self.role


def read_holders(file: Path) -> dict[Key, str]:
    """Return the secretariats and memberships of a conversion, each with its record, if known."""
    tables: dict[bytes, dict[bytes, bytes]] = {_IN: {}, _AGENT: {}, _ROLE: {}}
    records: dict[bytes, bytes] = {}
    for block in read_blocks(file):
        for line in block.split(b"\n")[:-1]:
            subject, property_, rest = line.split(b" ", 2)
            if (table := tables.get(property_)) is not None:
                table[subject] = rest
            elif property_ == _RECORD and b"/record/" in rest:
                records.setdefault(subject, rest)
    found: dict[Key, str] = {}
    for node, role in tables[_ROLE].items():
        if role in _ROLES and node in tables[_IN] and node in tables[_AGENT]:
            committee, agent = (_iri(tables[each][node]) for each in (_IN, _AGENT))
            record = records.get(node) or records.get(tables[_IN][node][:-2], b"")
            found[committee, agent, _iri(role)] = _iri(record)
    return found


def _iri(rest: bytes) -> str:
    return rest[1 : rest.index(b">")].decode() if rest else ""


def continue_holdings(
    holdings: Sequence[Holding], slug: str, held: Mapping[Key, str], day: str, previous: str
) -> Iterator[Holding]:
    """Yield holdings as they are with a further state of a catalogue, of a day.

    ``held`` is what the state says, and ``previous`` the day of the state before, empty without.
    """
    going_on = set()
    for each in holdings:
        if each.slug != slug or each.after:
            yield each
        elif each.key in held:
            going_on.add(each.key)
            yield replace(each, last=day, last_record=held[each.key])
        else:
            yield replace(each, after=day)
    for key in sorted(held.keys() - going_on):
        yield Holding(slug, *key, day, day, previous, "", held[key], held[key])

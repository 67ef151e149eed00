"""Which values of an entity held on an earlier day."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import pyoxigraph as ox

from kg.common.bilingual import Text
from kg.common.dates import PartialDate
from kg.common.namespaces import node

if TYPE_CHECKING:
    from kg.analysis.model import Fact
    from kg.network.past import PastNetwork

_DATATYPES: Final = frozenset(map(node, ("xsd:date", "xsd:gYear", "xsd:gYearMonth")))
_STATES: Final = frozenset(("std:stage", "std:stageCode", "std:state", "std:documentStatus"))
"""Properties whose value is that of the day of the source."""
_LEFT_OUT: Final = Text(
    "as of {day}: {count} values and relations are left out: they are of later or earlier days, or"
    " only later sources state them, without a date",
    "截至{day}：略去{count}项取值和关系：属其他时期，或仅见于较晚来源且未注日期",
)


def is_of_day(fact: Fact, day: PartialDate) -> bool:
    """Return whether a value, with its evidence, held on a day; dates of later days did not."""
    if isinstance(fact.value, ox.Literal) and fact.value.datatype in _DATATYPES:
        date = PartialDate.parse_lexical(fact.value.value)
        return date is None or date.first_day <= day
    if fact.property not in _STATES:
        return True
    days = [PartialDate.parse(proof.snapshot or "") for proof in fact.proofs]
    return not days or any(each is None or each <= day for each in days)


def values_of_day(
    facts: Sequence[Fact], past: PastNetwork, entity: str
) -> tuple[list[Fact], tuple[Text, ...]]:
    """Return the values of an entity (IRI) that held on a day, and a note on what is left out."""
    kept = [fact for fact in facts if is_of_day(fact, past.day)]
    count = len(facts) - len(kept) + past.left_out_of(entity)
    if not count:
        return kept, ()
    words = (text.format(day=past.day, count=count) for text in (_LEFT_OUT.en, _LEFT_OUT.zh))
    return kept, (Text(*words),)

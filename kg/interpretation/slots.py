"""Fill the parameters of a question with what a text names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from kg.common.namespaces import BASE, PREFIXES, iri
from kg.entities.resolution import DOCUMENTS
from kg.interpretation.mentions import YEAR, Candidate, Mention
from kg.interpretation.phrasings import Phrasing
from kg.interpretation.terms import normalize, split
from kg.queries.arguments import Param
from kg.queries.model import QuestionHeader

_CONCEPT: Final = iri("skos:Concept")
_CLASS: Final = iri("owl:Class")
_STATEMENTS: Final = f"{BASE}scheme/"
_EXAMPLE: Final = re.compile(r"<(ics)/|\b([A-Za-z]+):[a-z]")
_DESIGNATION: Final = re.compile(r"\bsuch as ([A-Z][^,;]+)$")
_ICS: Final = f"{BASE}ics"


@dataclass(frozen=True)
class Slot:
    """A parameter as a place for names.

    ``kinds`` are the classes and code lists of which it takes entities, empty if it takes any;
    ``usual`` is the share of the examples that fill it, ``words`` the values in examples by
    :func:`key`.
    """

    param: Param
    kinds: frozenset[str]
    usual: float
    words: frozenset[str]

    def takes(self, candidate: Candidate) -> bool:
        """Return whether the parameter takes an entity, class, concept or year."""
        if self.param.kind == "year":
            return YEAR in candidate.kinds
        if self.param.kind != "entity" or YEAR in candidate.kinds:
            return False
        if not self.kinds:
            return not candidate.is_term and _CONCEPT not in candidate.kinds
        return bool(self.kinds & candidate.kinds)

    @property
    def takes_terms(self) -> bool:
        """Whether it takes concepts of a code list, or classes, named by ordinary words."""
        return any(kind == _CLASS or kind.startswith(_STATEMENTS) for kind in self.kinds)


class Fit(NamedTuple):
    """How the names in a text fit a question; all but the last three are shares of the names.

    ``narrow`` fill a parameter for their class, ``usual`` one that examples fill, by how many do,
    ``wide`` one that takes anything; ``constant`` are part of the question itself, such as ISO;
    ``unused`` fit nowhere. ``unfilled`` sums the parameters without a value by how many more
    than half of the examples fill them. ``terms`` counts concepts that fill a parameter,
    ``other_terms`` those that fit nowhere and whose words the question doesn't use.
    """

    narrow: float = 0
    usual: float = 0
    wide: float = 0
    constant: float = 0
    unused: float = 0
    unfilled: float = 0
    terms: float = 0
    other_terms: float = 0


@dataclass(frozen=True)
class Filled:
    """Parameters with the mention and the candidate that fill them, and how well all fits."""

    values: Mapping[str, tuple[Mention, Candidate]]
    unused: tuple[Mention, ...]
    fit: Fit


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """Return the words of a text without their endings, to compare what people write."""
    return " ".join(token.word for token in split(normalize(text)))


def slots_of(question: QuestionHeader, phrasings: Collection[Phrasing]) -> tuple[Slot, ...]:
    """Return the parameters of a question as places for names."""
    slots = []
    for param in question.params:
        own = [value for each in phrasings for value in each.values if value.param == param.name]
        usual = (len(own) + 0.2) / (len(phrasings) + 1)
        words = frozenset(key(value.words) for value in own)
        slots.append(Slot(param, _kinds(param), usual, words))
    return tuple(slots)


def fill(slots: Sequence[Slot], mentions: Sequence[Mention], plain: str) -> Filled:
    """Fill parameters with mentions in the order of the text, each with the narrowest that fits.

    A concept whose word the question itself uses (in ``plain``, by :func:`key`) fills none; nor do
    two that would fill the same.
    """
    values: dict[str, tuple[Mention, Candidate]] = {}
    unused = []
    names = [mention for mention in mentions if not mention.is_term]
    fit = dict.fromkeys(Fit._fields, 0.0)
    repeated: set[str] = set()
    for mention in (*names, *(mention for mention in mentions if mention.is_term)):
        found = _find(slots, mention, values, plain, repeated)
        own = f" {key(mention.text)} " in plain
        if found is not None:
            values[found[0].param.name] = mention, found[1]
        if mention.is_term:
            fit["terms"] += found is not None
            fit["other_terms"] += found is None and not own
        elif found is not None:
            fit["narrow" if found[0].kinds or found[0].param.kind == "year" else "wide"] += 1
            fit["usual"] += found[0].usual
        else:
            fit["constant" if own else "unused"] += 1
            if not own:
                unused.append(mention)
    for name in repeated & set(values):
        del values[name]
        fit["terms"] -= 1
    for share in ("narrow", "usual", "wide", "constant", "unused"):
        fit[share] /= max(len(names), 1)
    for slot in slots:
        if slot.param.name not in values:
            fit["unfilled"] += max(0, 2 * slot.usual - 1)
    return Filled(values, tuple(unused), Fit(**fit))


def _find(
    slots: Iterable[Slot],
    mention: Mention,
    values: Mapping[str, tuple[Mention, Candidate]],
    plain: str,
    repeated: set[str],
) -> tuple[Slot, Candidate] | None:
    best: tuple[float, Slot, Candidate] | None = None
    for slot in slots:
        for place, candidate in enumerate(mention.candidates or (Candidate("", mention.kinds),)):
            if not slot.takes(candidate):
                continue
            word = key(mention.text)
            if candidate.is_term and f" {word} " in plain and word not in slot.words:
                continue
            name = slot.param.name
            if name in values:
                if candidate.is_term and candidate.value != values[name][1].value:
                    repeated.add(name)
                continue
            fit = slot.usual + bool(slot.kinds) - place / 10
            if best is None or fit > best[0]:
                best = fit, slot, candidate
    return best and best[1:]


def _kinds(param: Param) -> frozenset[str]:
    if param.kind != "entity":
        return frozenset()
    if param.within == "skos:Concept":
        # The code lists are those of the examples in the description.
        text = f"{param.description.en} {param.default or ''}"
        lists = [match[1] or match[2] for match in _EXAMPLE.finditer(text)]
        known = (name for name in lists if name == "ics" or name in PREFIXES)
        return frozenset(_ICS if name == "ics" else PREFIXES[name].rstrip("/") for name in known)
    if param.within:
        from kg.common.namespaces import expand

        class_ = expand(param.within)
        return frozenset((class_.value,)) if class_ else frozenset()
    from kg.identifiers import parse

    described = _DESIGNATION.search(param.description.en)
    example = param.default or (described[1] if described else "")
    return DOCUMENTS if example and parse(example) else frozenset()

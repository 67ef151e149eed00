"""The relations of a record, each in the one direction that the ontology has.

Which section of which page a relation comes from is told by Relaton's scrapers, and decides what
it means. relaton-iso (lib/relaton_iso/scrapper.rb, ``relation_type``) writes ``obsoletes`` for
both "Previously" and "Will be replaced by", and ``updates`` for both "Revised by" and
"Corrigenda / Amendments", with the last date of the page's own stages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kg.identifiers import undated
from kg.sources.relaton import implied_relations
from kg.sources.relaton.reading.record import Relation
from kg.sources.relaton.references import Thing, named, of
from kg.sources.relaton.stages import Standing
from kg.sources.relaton.statements import Saying


@dataclass(frozen=True, slots=True)
class Related:
    """A relation and the document that it leads to."""

    relation: Relation
    other: Thing


def related(body: str, relations: tuple[Relation, ...]) -> list[Related]:
    """The documents that a record relates to; those without an identifier are left out."""
    return [Related(r, named(body, r.target)) for r in relations if r.target]


def is_replaced(body: str, this: Thing, relations: list[Related]) -> bool:
    """Whether a published document has taken the place of this one."""
    if body not in ("ISO", "IEC"):
        return any(r.relation.kind in ("obsoletedBy", "hasSuccessor") for r in relations)
    return any(
        r.relation.kind == "updates" and not _unpublished(r.other) and not _is_own(this, r.other)
        for r in relations
    )


def say(said: Saying, body: str, standing: Standing, relations: list[Related]) -> None:
    """Say all relations of a record."""
    by_body = _RULES.get(body, {})
    for each in relations:
        kind = each.relation.kind
        rule = by_body.get(kind) or _COMMON.get(kind)
        if rule is None:
            said.account.unknown[f"relation.type={kind}"] += 1
            said.join(said.this, "std:relatedTo", each.other)
        else:
            rule(said, standing, each)


Rule = Callable[[Saying, Standing, Related], None]


def _unpublished(thing: Thing) -> bool:
    """Whether it is a draft, or has no year yet, which ISO's documents have once published."""
    return thing.draft or not thing.year


def _is_own(this: Thing, other: Thing) -> bool:
    """Whether the other is a supplement published to this document."""
    return implied_relations.is_supplement(other) and implied_relations.base(other).iri == this.iri


def _succeed(said: Saying, later: Thing, earlier: Thing, *, draft: bool = False) -> None:
    """Relate a document to the one before; ``draft`` says that the later one is unpublished."""
    if not draft and not later.draft:
        said.join(later, "std:relatedTo" if earlier.draft else "std:replaces", earlier)
    elif earlier.draft:
        said.join(later, "std:updates", earlier)
    else:
        said.join(later, "std:toReplace", earlier)


# ISO


def _iso_obsoletes(said: Saying, standing: Standing, to: Related) -> None:
    this, other = said.this, to.other
    if _unpublished(other):
        # "Will be replaced by"
        said.mend("draft-replaces")
        both = _unpublished(this) or standing.published is False
        if both and not implied_relations.is_supplement(this):
            said.join(this, "std:relatedTo", other)
        else:
            _to_replace(said, other)
    elif standing.published is False or _unpublished(this):
        said.mend("draft-replaces")
        said.join(this, "std:toReplace", other)
    else:
        said.join(this, "std:replaces", other)


def _iso_updates(said: Saying, standing: Standing, to: Related) -> None:
    this, other = said.this, to.other
    said.mend("turned-relation")
    if _is_own(this, other):
        said.join(other, implied_relations.effect(other), this)
    elif not _unpublished(other):
        said.join(other, "std:replaces", this)
    else:
        _to_replace(said, other)


def _to_replace(said: Saying, coming: Thing) -> None:
    """Say what is meant to replace this document.

    A forthcoming edition without a year can't be told from the document in any edition here; its
    own record tells its number, and relates it to this one.
    """
    this = said.this
    if coming.draft:
        said.join(coming, "std:toReplace", this)
        return
    said.mend("forthcoming-edition")
    if this.designation is None or of(undated(this.designation)).iri != coming.iri:
        said.join(this, "std:relatedTo", coming)


# ITU


def _sibling(said: Saying, standing: Standing, to: Related) -> None:
    this, other = said.this.designation, to.other.designation
    if this is None or other is None or this.number != other.number:
        said.join(said.this, "std:relatedTo", to.other)
        return
    said.mend("sibling-editions")
    if not other.supplements and (general := undated(other)) != other:
        said.join(to.other, "std:editionOf", of(general))


def _itu_complement(said: Saying, standing: Standing, to: Related) -> None:
    # The page of a recommendation lists the supplements to its series.
    said.mend("turned-relation")
    said.join(to.other, "std:complements", said.this)


# IEEE


def _ieee_updates(said: Saying, standing: Standing, to: Related) -> None:
    this, other = said.this, to.other
    what = to.relation.described
    draft = this.draft or standing.published is False
    if what in ("amends", "corrects"):
        said.join(this, "std:relatedTo" if draft else f"std:{what}", other)
    elif what != "revises":
        said.join(this, "std:updates", other)
    elif this.designation is not None and this.designation.variant:
        # A redline shows what has changed; the edition itself takes the other's place.
        said.join(this, "std:relatedTo", other)
    elif not draft and _is_later_edition(other, this):
        said.mend("turned-relation")
        _succeed(said, other, this)
    else:
        _succeed(said, this, other, draft=draft)


def _ieee_obsoleted(said: Saying, standing: Standing, to: Related) -> None:
    this, other = said.this, to.other
    if this.designation is not None and this.designation.variant:
        said.join(this, "std:relatedTo", other)
    elif not this.draft and not other.draft and _is_later_edition(this, other):
        said.mend("turned-relation")
        _succeed(said, this, other)
    else:
        _succeed(said, other, this)


def _is_later_edition(one: Thing, other: Thing) -> bool:
    a, b = one.designation, other.designation
    same = a is not None and b is not None and (a.number, a.parts) == (b.number, b.parts)
    return same and 0 < other.year < one.year


def _ieee_adopted(said: Saying, standing: Standing, to: Related) -> None:
    if 0 < said.this.year < to.other.year:
        said.mend("turned-relation")
        said.join(to.other, "std:adoptionOf", said.this)
    else:
        said.join(said.this, "std:adoptionOf", to.other)


# W3C


def _w3c_obsoletes(said: Saying, standing: Standing, to: Related) -> None:
    _next_version(said, said.this, to.other)


def _w3c_updated(said: Saying, standing: Standing, to: Related) -> None:
    if to.relation.described == "errata":
        said.mend("next-version")
    _next_version(said, to.other, said.this)


def _next_version(said: Saying, later: Thing, earlier: Thing) -> None:
    """A draft of W3C is one of the versions of a document until it is published."""
    if earlier.draft and not later.draft:
        said.join(earlier, "std:draftOf", later)
    else:
        _succeed(said, later, earlier)


# All


def _plain(property_: str, *, turned: bool = False) -> Rule:
    def rule(said: Saying, standing: Standing, to: Related) -> None:
        one, other = (to.other, said.this) if turned else (said.this, to.other)
        said.join(one, property_, other)

    return rule


def _obsoletes(said: Saying, standing: Standing, to: Related) -> None:
    _succeed(said, said.this, to.other, draft=standing.published is False)


def _obsoleted(said: Saying, standing: Standing, to: Related) -> None:
    _succeed(said, to.other, said.this)


def _amends(said: Saying, standing: Standing, to: Related) -> None:
    d = said.this.designation
    if d is not None and any(s.included for s in d.supplements):
        # It is the amended text; its designation says what it consolidates.
        said.join(said.this, "std:consolidates", to.other)
    else:
        said.join(said.this, "std:amends", to.other)


def _updates(said: Saying, standing: Standing, to: Related) -> None:
    if implied_relations.is_supplement(said.this):
        said.join(said.this, implied_relations.effect(said.this), to.other)
    else:
        said.join(said.this, "std:updates", to.other)


_COMMON: Final[dict[str, Rule]] = {
    "obsoletes": _obsoletes,
    "obsoletedBy": _obsoleted,
    "hasSuccessor": _obsoleted,
    "successorOf": _obsoletes,
    "amends": _amends,
    "updates": _updates,
    "updatedBy": _plain("std:updates", turned=True),
    "editionOf": _plain("std:editionOf"),
    "hasEdition": _plain("std:editionOf", turned=True),
    "partOf": _plain("std:partOf"),
    "includedIn": _plain("std:partOf"),
    "hasPart": _plain("std:partOf", turned=True),
    "includes": _plain("std:partOf", turned=True),
    "instanceOf": _plain("std:languageVersionOf"),
    "hasInstance": _plain("std:languageVersionOf", turned=True),
    "translatedFrom": _plain("std:translationOf"),
    "hasTranslation": _plain("std:translationOf", turned=True),
    "adoptedFrom": _plain("std:adoptionOf"),
    "adoptedAs": _plain("std:adoptionOf", turned=True),
    "draftOf": _plain("std:draftOf"),
    "hasDraft": _plain("std:draftOf", turned=True),
    "complements": _plain("std:complements"),
    "complementOf": _plain("std:complements", turned=True),
    "related": _plain("std:relatedTo"),
}
_RULES: Final[dict[str, dict[str, Rule]]] = {
    "ISO": {"obsoletes": _iso_obsoletes, "updates": _iso_updates},
    "ITU-T": {"hasEdition": _sibling, "complementOf": _itu_complement},
    "ITU-R": {"hasEdition": _sibling, "complementOf": _itu_complement},
    "IEEE": {
        "updates": _ieee_updates,
        "obsoletedBy": _ieee_obsoleted,
        "adoptedFrom": _ieee_adopted,
    },
    "W3C": {"obsoletes": _w3c_obsoletes, "updatedBy": _w3c_updated},
}

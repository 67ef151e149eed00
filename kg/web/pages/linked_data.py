"""What search engines read of an entity: a description by https://schema.org in JSON-LD."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from kg.web.pages.hierarchy import Hierarchy

if TYPE_CHECKING:
    from kg.analysis.model import Profile

_TYPES: Final = {
    "body": "Organization",
    "organization": "Organization",
    "people": "Person",
    "place": "Place",
    "standard": "CreativeWork",
    "document": "CreativeWork",
    "decision": "CreativeWork",
    "event": "Event",
    "topic": "DefinedTerm",
}
"""Types by group of :data:`kg.entities.groups.GROUPS`; others are things."""
_VALUES: Final = {
    "dcterms:identifier": "identifier",
    "dcterms:description": "description",
    "std:publishedOn": "datePublished",
    "std:edition": "version",
    "std:language": "inLanguage",
    "std:start": "startDate",
    "std:date": "startDate",
}
_RELATIONS: Final = {"std:publisher": "publisher", "std:editionOf": "exampleOfWork"}
_OF_EVENTS: Final = ("startDate",)
# So that no text ends the script element or begins a comment in it (HTML 13.1.2.1).
_ESCAPES: Final = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def schema_org(profile: Profile, group: str, hierarchy: Hierarchy) -> Markup:
    """Return the description of an entity as JSON that is safe inside a script element."""
    type_ = _TYPES.get(group, "Thing")
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": type_,
        "@id": profile.iri,
        "name": [
            {"@language": lang, "@value": profile.label.of(lang)}
            for lang in (["en", "zh"] if profile.label.en != profile.label.zh else ["en"])
        ],
    }
    if profile.names:
        described["alternateName"] = list(profile.names)
    for fact in profile.facts:
        name = (_VALUES if fact.direction == "value" else {}).get(fact.property)
        if name and (name not in _OF_EVENTS or type_ == "Event"):
            described.setdefault(name, fact.value.value)
        if fact.direction == "out" and fact.property in _RELATIONS:
            described.setdefault(
                _RELATIONS[fact.property], {"@id": fact.value.value, "name": fact.shown.en}
            )
    if hierarchy.above and type_ == "Organization":
        above = hierarchy.above[-1]
        described["parentOrganization"] = {"@id": above.iri, "name": above.label.en}
    text = json.dumps(described, ensure_ascii=False)
    return Markup(text.translate(_ESCAPES))  # noqa: S704

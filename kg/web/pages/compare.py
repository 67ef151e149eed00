"""Two things side by side: their values, and how many relations of each kind they have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.common.bilingual import Text
from kg.common.errors import ArgumentError, ResolutionError
from kg.web.pages import thing
from kg.web.pages.compare_figures import compare_figures
from kg.web.pages.compare_years import YEAR, compare_years
from kg.web.pages.groups import entity_groups
from kg.web.pages.html import render
from kg.web.pages.outcomes import Refused
from kg.web.pages.reader import Reader
from kg.web.pages.relations import Group, relation_groups

if TYPE_CHECKING:
    from kg.graph import KnowledgeGraph

_LISTED: Final = 5


def show(graph: KnowledgeGraph, reader: Reader, one: str, other: str) -> str | Refused:
    """Return the page that compares two things or years, given by name; a form without both."""
    content = {"a": one, "b": other, "sides": None, "years": None, "problem": ""}
    if not (one and other):
        return render(reader, "compare.html", **content)
    if YEAR.fullmatch(one) and YEAR.fullmatch(other):
        rows = compare_years(graph, one, other)
        return render(reader, "compare.html", **{**content, "years": rows})
    try:
        profiles = [graph.profile(name, _LISTED) for name in (one, other)]
    except (ArgumentError, ResolutionError) as error:
        return Refused(render(reader, "compare.html", **{**content, "problem": str(error)}))
    marks = entity_groups(graph.store, [profile.iri for profile in profiles])
    values: dict[str, tuple[Text, list[tuple[object, ...]]]] = {}
    relations: dict[str, tuple[str, list[Group | None]]] = {}
    for place, profile in enumerate(profiles):
        for each in thing.values_of(profile, reader.lang):
            _, sides = values.setdefault(each.name.en, (each.name, [(), ()]))
            sides[place] = each.facts
        for group in relation_groups(profile, marks[profile.iri], reader.lang):
            _, found = relations.setdefault(group.key, (group.heading, [None, None]))
            found[place] = group
    return render(
        reader,
        "compare.html",
        **{**content, "sides": profiles},
        marks=marks,
        figures=compare_figures(graph, (profiles[0].iri, profiles[1].iri)),
        values=values.values(),
        relations=relations.values(),
    )

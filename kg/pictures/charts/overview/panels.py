"""The panels of the overview: which numbers stand in them, which are added up, what is said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from kg.common.bilingual import Text
from kg.common.namespaces import BASE
from kg.pictures.charts.overview.counts import Counted
from kg.pictures.charts.overview.wording import (
    EMPTY,
    FILLS,
    OTHERS,
    ROLES,
    SEVERAL,
    SEVERAL_KEY,
    STANDING,
    TITLES,
    UNITS,
    YEARS,
)
from kg.pictures.charts.panels import Column, Line, Look, Panel, Stack, Years

_BODIES: Final = 14
_COUNTRIES: Final = 40
_SPARE: Final = 0.002
_NONE: Final = Text("", "")
_OTHERS: Final = "others"
_PLACE: Final = BASE + "place/"


def bodies(counted: Counted) -> Panel:
    """Documents by body: how they stand, and in which years they were published."""
    ranked = counted.ranked("bodies")
    first, rest = ranked[:_BODIES], ranked[_BODIES:]
    years = {thing: _numbered(counted.numbers["years"].get(thing, {})) for thing in ranked}
    span = _span(years.values())
    lines = [
        Line(
            thing,
            *counted.called(thing),
            (Stack(counted.numbers["bodies"][thing]), Years(years[thing])),
            counted.of("bodies", thing),
        )
        for thing in first
    ]
    if rest:
        standing: Counter[str] = Counter()
        dated: Counter[int] = Counter()
        for thing in rest:
            standing.update(counted.numbers["bodies"][thing])
            dated.update(years[thing])
        name = Text(f"{len(rest)} other bodies", f"其他{len(rest)}个机构")
        lines.append(Line("", name, _NONE, (Stack(standing), Years(dated))))
    return Panel(
        title=TITLES["bodies"],
        lede=Text(
            f"{counted.documents:,} documents of {len(ranked)} bodies; a joint one counts"
            " for each. Counted as current if one source says so.",
            f"共{counted.documents:,}份文件，{len(ranked)}个发布机构；联合发布者分别计入各机构。"
            "任一来源列为现行者即计为现行。",
        ),
        columns=(
            Column(UNITS["bodies"], _used(STANDING, lines)),
            Column(UNITS["years"], YEARS, span=span),
        ),
        lines=tuple(lines),
        empty=EMPTY["bodies"],
        label=0.17,
        notes=_outside(years.values(), span),
    )


def _numbered(parts: Mapping[str, int]) -> dict[int, int]:
    return {int(year): number for year, number in parts.items() if year.isdigit()}


def _span(years: Iterable[Mapping[int, int]]) -> tuple[int, int]:
    """The years that hold all but a few documents, so that one wrong date stretches no axis."""
    total: Counter[int] = Counter()
    for counts in years:
        total.update(counts)
    if not total:
        return (0, 0)
    spare = int(_SPARE * total.total())
    ends = []
    for order in (sorted(total), sorted(total, reverse=True)):
        left = spare
        for year in order:
            left -= total[year]
            if left < 0:
                ends.append(year)
                break
    return ends[0], ends[1]


def _outside(years: Iterable[Mapping[int, int]], span: tuple[int, int]) -> tuple[Text, ...]:
    count = sum(
        number
        for counts in years
        for year, number in counts.items()
        if not span[0] <= year <= span[1]
    )
    if not count:
        return ()
    return (
        Text(
            f"{count:,} dated before {span[0]} or after {span[1]} stand in the table alone.",
            f"{span[0]}年以前或{span[1]}年以后的{count:,}份仅列于表中。",
        ),
    )


def fields(counted: Counted) -> Panel:
    """Current documents by field, with the share of each body."""
    looks = {
        body: Look(counted.called(body)[0], fill, "#ffffff")
        for body, fill in zip(counted.bodies, FILLS, strict=False)
    }
    looks |= {SEVERAL_KEY: SEVERAL, _OTHERS: OTHERS}
    lines = []
    for thing in counted.ranked("fields"):
        parts = counted.numbers["fields"][thing]
        shown = {key: parts[key] for key in looks if key in parts}
        shown[_OTHERS] = sum(parts.values()) - sum(shown.values())
        line = Line(
            thing, counted.field(thing), _NONE, (Stack(shown),), counted.of("fields", thing)
        )
        lines.append(line)
    column = Column(UNITS["fields"], _used(looks, lines), share=True)
    return Panel(
        title=TITLES["fields"],
        lede=Text(
            f"By the {len(lines)} fields of the International Classification for Standards that"
            " sources name; a document of several fields counts in each.",
            f"按来源所标的国际标准分类法一级类目（{len(lines)}个）；属多个领域的文件分别计入。",
        ),
        columns=(column,),
        lines=tuple(lines),
        empty=EMPTY["fields"],
        label=0.4,
    )


def _used(looks: Mapping[str, Look], lines: Iterable[Line]) -> dict[str, Look]:
    """The looks of the parts that there are."""
    stacks = [cell for line in lines for cell in line.cells if isinstance(cell, Stack)]
    return {key: look for key, look in looks.items() if any(cell.parts.get(key) for cell in stacks)}


def countries(counted: Counted) -> Panel:
    """Countries by the secretariats and memberships that their bodies hold."""
    numbers = counted.numbers["countries"]
    ranked = sorted(numbers, key=lambda one: (*(-numbers[one].get(r, 0) for r in ROLES), one))
    lines = [
        Line(
            thing,
            counted.called(thing)[0] if thing not in counted.names else counted.names[thing],
            _NONE,
            tuple(Stack({role: numbers[thing].get(role, 0)}) for role in ROLES),
            counted.of("countries", thing),
        )
        for thing in ranked[:_COUNTRIES]
    ]
    rest = ranked[_COUNTRIES:]
    others = sum(not thing.startswith(_PLACE) for thing in ranked)
    known = len(ranked) - others
    left = [sum(numbers[thing].get(role, 0) for thing in rest) for role in ROLES]
    note = Text(
        f"The other {len(rest)} hold {left[0]:,} secretariats and {left[1]:,} P-memberships.",
        f"其余{len(rest)}个共承担{left[0]:,}个秘书处、{left[1]:,}个积极成员席位。",
    )
    return Panel(
        title=TITLES["countries"],
        lede=Text(
            f"Secretariats and participating memberships of {known} countries in committees, by"
            " their standards bodies"
            + f"; bodies of no known country: {others}" * bool(others)
            + ".",
            f"{known}个国家（由其标准化机构代表）在委员会中承担的秘书处与积极成员席位"
            + f"；另有{others}个机构国别不详" * bool(others)
            + "。",
        ),
        columns=tuple(Column(look.name, {role: look}) for role, look in ROLES.items()),
        lines=tuple(lines),
        empty=EMPTY["countries"],
        label=0.24,
        notes=(note,) if rest else (),
    )


ALL: Final = (bodies, fields, countries)
"""The panels in the order in which they stand."""

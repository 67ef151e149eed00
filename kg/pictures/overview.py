"""The whole at a glance: documents by body and year, fields, and countries, counted and drawn."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kg import proofs
from kg.headers import Text
from kg.pictures.model import Cell, Picture, Row
from kg.pictures.overview_drawing import draw
from kg.pictures.overview_words import (
    COLUMNS,
    EMPTY,
    FILLS,
    OTHERS,
    ROLES,
    SEVERAL,
    STANDING,
    TITLES,
    UNITS,
    YEARS,
)
from kg.pictures.panels import Column, Line, Look, Panel, Stack, Years
from kg.pictures.rows import read
from kg.proofs import Proof
from kg.store import Store
from kg.views import View
from kg.views.about import names, pairs

_BODIES: Final = 14
_COUNTRIES: Final = 40
_MARGIN: Final = 0.002
_NONE: Final = Text("", "")
_SEVERAL: Final = "several"
_OTHERS: Final = "others"
_LABELS: Final = """
SELECT DISTINCT ?iri ?label WHERE {{
    VALUES ?iri {{ {iris} }}
    ?iri skos:prefLabel|skos:altLabel ?label .
}}"""
_SHORT: Final = re.compile(r"[A-Z][A-Z0-9./&-]{1,11}")


def picture(store: Store, view: View) -> Picture:
    """Draw a view of the kind ``overview`` in both languages, for wide and narrow windows.

    The table beside the picture has all numbers; the picture names the largest and adds up the
    rest. The same graph gives the same bytes.
    """
    counted = _Counted.read(store, view)
    panels = [_bodies(counted), _fields(counted), _countries(counted)]
    cited = [proof for panel in counted.proofs.values() for proof in panel]
    wide, narrow = (
        {lang: draw(view, panels, cited, lang, narrow=slim) for lang in ("en", "zh")}
        for slim in (False, True)
    )
    rows = tuple(_rows(counted))
    return Picture(view.title, view.description, wide, COLUMNS, rows, narrow)


@dataclass(frozen=True)
class _Counted:
    """The rows of the view: numbers by panel, thing and part, and evidence by panel and thing."""

    numbers: Mapping[str, Mapping[str, Mapping[str, int]]]
    names: Mapping[str, Text]
    short: Mapping[str, str]
    proofs: Mapping[tuple[str, str], tuple[Proof, ...]]
    documents: int

    @classmethod
    def read(cls, store: Store, view: View) -> _Counted:
        numbers: dict[str, dict[str, dict[str, int]]] = {name: {} for name in TITLES}
        catalogues: dict[tuple[str, str], set[str]] = {}
        documents = 0
        for row in read(store, view):
            if row["catalogue"]:
                catalogues.setdefault((row["panel"], row["thing"]), set()).add(row["catalogue"])
            elif row["panel"] in numbers and row["thing"]:
                parts = numbers[row["panel"]].setdefault(row["thing"], {})
                parts[row["part"]] = int(row["number"])
            elif not row["thing"]:
                documents = int(row["number"])
        known = proofs.of_claims(store, {one for many in catalogues.values() for one in many})
        things = [thing for panel in numbers.values() for thing in panel]
        spelled = pairs(store, _LABELS, sorted({*numbers["bodies"], *numbers["countries"]}))
        return cls(
            numbers,
            names(store, things),
            {iri: short for iri, labels in spelled.items() if (short := _shortest(labels))},
            {
                key: tuple(proof for one in sorted(found) for proof in known.get(one, ()))
                for key, found in sorted(catalogues.items())
            },
            documents,
        )

    def of(self, panel: str, thing: str) -> tuple[Proof, ...]:
        """The catalogues from which the numbers of a thing come."""
        panel = "bodies" if panel == "years" else panel
        return (*self.proofs.get((panel, thing), ()), *self.proofs.get((panel, ""), ()))

    def ranked(self, panel: str) -> list[str]:
        """The things of a panel, those with most first."""
        totals = {thing: sum(parts.values()) for thing, parts in self.numbers[panel].items()}
        return sorted(totals, key=lambda thing: (-totals[thing], thing))

    @cached_property
    def bodies(self) -> list[str]:
        """The bodies with most of the current documents that have a field, the first ones first."""
        found: Counter[str] = Counter()
        for parts in self.numbers["fields"].values():
            found.update({body: n for body, n in parts.items() if body != _SEVERAL})
        return sorted(found, key=lambda body: (-found[body], body))[: len(FILLS)]

    def called(self, thing: str) -> tuple[Text, Text]:
        """The short name of a body and its full one, as far as they differ."""
        full = self.names.get(thing, Text(thing, thing))
        short = self.short.get(thing)
        if short is None or full == Text(short, short):
            return full, _NONE
        return Text(short, short), full

    def field(self, thing: str) -> Text:
        """A class of the ICS by its code and name."""
        code, name = thing.rsplit("/", 1)[-1], self.names.get(thing, _NONE)
        if name.en.startswith("<") or not name.en:
            return Text(f"ICS {code}", f"ICS {code}")
        return Text(f"{code}  {name.en}", f"{code}  {name.zh}")


def _shortest(labels: Iterable[str]) -> str:
    fitting = (label for label in labels if _SHORT.fullmatch(label))
    return min(fitting, key=lambda label: (len(label), label), default="")


def _bodies(counted: _Counted) -> Panel:
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
    spare = int(_MARGIN * total.total())
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


def _fields(counted: _Counted) -> Panel:
    looks = {
        body: Look(counted.called(body)[0], fill, "#ffffff")
        for body, fill in zip(counted.bodies, FILLS, strict=False)
    }
    looks |= {_SEVERAL: SEVERAL, _OTHERS: OTHERS}
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


def _countries(counted: _Counted) -> Panel:
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
    left = [sum(numbers[thing].get(role, 0) for thing in rest) for role in ROLES]
    note = Text(
        f"The other {len(rest)} hold {left[0]:,} secretariats and {left[1]:,} P-memberships.",
        f"其余{len(rest)}个共承担{left[0]:,}个秘书处、{left[1]:,}个积极成员席位。",
    )
    return Panel(
        title=TITLES["countries"],
        lede=Text(
            f"Secretariats and participating memberships of {len(ranked)} countries in committees,"
            " by their standards bodies.",
            f"{len(ranked)}个国家（由其标准化机构代表）在委员会中承担的秘书处与积极成员席位。",
        ),
        columns=tuple(Column(look.name, {role: look}) for role, look in ROLES.items()),
        lines=tuple(lines),
        empty=EMPTY["countries"],
        label=0.24,
        notes=(note,) if rest else (),
    )


def _rows(counted: _Counted) -> Iterator[Row]:
    for panel, title in TITLES.items():
        for thing in counted.ranked(panel):
            name = counted.field(thing) if panel == "fields" else counted.names[thing]
            parts = counted.numbers[panel][thing]
            for part, number in sorted(parts.items(), key=lambda pair: _order(panel, pair)):
                cells = (
                    Cell(title),
                    Cell(name, thing),
                    _part(counted, part),
                    Cell(Text(str(number), str(number))),
                )
                yield Row(cells, counted.of(panel, thing))


def _order(panel: str, pair: tuple[str, int]) -> tuple[int, str]:
    part, number = pair
    if panel == "bodies":
        return list(STANDING).index(part), part
    if panel == "countries":
        return list(ROLES).index(part), part
    return (0 if panel == "years" else -number), part


def _part(counted: _Counted, part: str) -> Cell:
    known = {**STANDING, **ROLES, _SEVERAL: SEVERAL}
    if part in known:
        return Cell(known[part].name, part if "://" in part else "")
    if "://" in part:
        return Cell(counted.names.get(part, Text(part, part)), part)
    return Cell(Text(part, part))

"""The panels of the overview: the rows to show and to add up, and their texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from kg.common.bilingual import Text
from kg.common.namespaces import BASE
from kg.pictures.charts.overview.counts import OverviewCounts
from kg.pictures.charts.overview.wording import (
    EMPTY,
    OTHERS,
    PUBLISHER_COLORS,
    ROLES,
    SEVERAL,
    SEVERAL_KEY,
    STATUSES,
    TITLES,
    UNITS,
    YEARS,
)
from kg.pictures.charts.panels import (
    Panel,
    PanelColumn,
    PanelRow,
    StackedBar,
    Swatch,
    YearHistogram,
)

_MAX_BODIES: Final = 14
_MAX_COUNTRIES: Final = 40
_OUTLIERS: Final = 0.002
"""Maximum share of documents before the years of the axis, and after them."""
_EMPTY: Final = Text("", "")
_OTHERS_KEY: Final = "others"
PLACE: Final = BASE + "place/"
"""What the IRIs of places begin with."""


def bodies(counts: OverviewCounts) -> Panel:
    """Build the panel of documents by publishing body, with status and years of publication."""
    ranked = counts.ranked("bodies")
    shown, rest = ranked[:_MAX_BODIES], ranked[_MAX_BODIES:]
    years = {body: _by_year(counts.counts["years"].get(body, {})) for body in ranked}
    span = _span(years.values())
    rows = [
        PanelRow(
            body,
            *counts.short_and_full_name(body),
            (StackedBar(counts.counts["bodies"][body]), YearHistogram(years[body])),
            counts.proofs_of("bodies", body),
        )
        for body in shown
    ]
    if rest:
        rest_statuses: Counter[str] = Counter()
        rest_years: Counter[int] = Counter()
        for body in rest:
            rest_statuses.update(counts.counts["bodies"][body])
            rest_years.update(years[body])
        name = Text(f"{len(rest)} other bodies", f"其他{len(rest)}个机构")
        cells = (StackedBar(rest_statuses), YearHistogram(rest_years))
        rows.append(PanelRow("", name, _EMPTY, cells, members=tuple(rest)))
    return Panel(
        title=TITLES["bodies"],
        summary=Text(
            f"{counts.documents:,} documents of {len(ranked)} bodies; a joint one counts"
            " for each. Counted as current if one source says so.",
            f"共{counts.documents:,}份文件，{len(ranked)}个发布机构；联合发布者分别计入各机构。"
            "任一来源列为现行者即计为现行。",
        ),
        columns=(
            PanelColumn(UNITS["bodies"], _used(STATUSES, rows)),
            PanelColumn(UNITS["years"], YEARS, span=span),
        ),
        rows=tuple(rows),
        empty_message=EMPTY["bodies"],
        name_share=0.17,
        notes=_outlier_notes(years.values(), span),
    )


def _by_year(parts: Mapping[str, int]) -> dict[int, int]:
    return {int(year): count for year, count in parts.items() if year.isdigit()}


def _span(years: Iterable[Mapping[int, int]]) -> tuple[int, int]:
    """Return the first and last year of the axis, without outliers such as wrong dates."""
    total: Counter[int] = Counter()
    for counts in years:
        total.update(counts)
    if not total:
        return (0, 0)
    limit = int(_OUTLIERS * total.total())
    ends = []
    for order in (sorted(total), sorted(total, reverse=True)):
        left = limit
        for year in order:
            left -= total[year]
            if left < 0:
                ends.append(year)
                break
    return ends[0], ends[1]


def _outlier_notes(years: Iterable[Mapping[int, int]], span: tuple[int, int]) -> tuple[Text, ...]:
    total = sum(
        count
        for counts in years
        for year, count in counts.items()
        if not span[0] <= year <= span[1]
    )
    if not total:
        return ()
    return (
        Text(
            f"{total:,} dated before {span[0]} or after {span[1]} stand in the table alone.",
            f"{span[0]}年以前或{span[1]}年以后的{total:,}份仅列于表中。",
        ),
    )


def fields(counts: OverviewCounts) -> Panel:
    """Build the panel of current documents by field, with the share of each body."""
    swatches = {
        body: Swatch(counts.short_and_full_name(body)[0], color, "#ffffff")
        for body, color in zip(counts.main_publishers, PUBLISHER_COLORS, strict=False)
    }
    swatches |= {SEVERAL_KEY: SEVERAL, _OTHERS_KEY: OTHERS}
    rows = []
    for field in counts.ranked("fields"):
        parts = counts.counts["fields"][field]
        shown = {key: parts[key] for key in swatches if key in parts}
        shown[_OTHERS_KEY] = sum(parts.values()) - sum(shown.values())
        proofs = counts.proofs_of("fields", field)
        rows.append(PanelRow(field, counts.field_name(field), _EMPTY, (StackedBar(shown),), proofs))
    return Panel(
        title=TITLES["fields"],
        summary=Text(
            f"By the {len(rows)} fields of the International Classification for Standards that"
            " sources name; a document of several fields counts in each.",
            f"按来源所标的国际标准分类法一级类目（{len(rows)}个）；属多个领域的文件分别计入。",
        ),
        columns=(PanelColumn(UNITS["fields"], _used(swatches, rows), percent=True),),
        rows=tuple(rows),
        empty_message=EMPTY["fields"],
        name_share=0.4,
    )


def _used(swatches: Mapping[str, Swatch], rows: Collection[PanelRow]) -> dict[str, Swatch]:
    """Return the swatches of parts that occur in some row."""
    bars = [cell for row in rows for cell in row.cells if isinstance(cell, StackedBar)]
    return {
        key: swatch for key, swatch in swatches.items() if any(bar.parts.get(key) for bar in bars)
    }


def countries(counts: OverviewCounts) -> Panel:
    """Build the panel of countries by secretariats and memberships of their standards bodies."""
    by_country = counts.counts["countries"]

    def most_first(country: str) -> tuple[int | str, ...]:
        return (*(-by_country[country].get(role, 0) for role in ROLES), country)

    ranked = sorted(by_country, key=most_first)
    rows = [
        PanelRow(
            country,
            counts.names.get(country) or counts.short_and_full_name(country)[0],
            _EMPTY,
            tuple(StackedBar({role: by_country[country].get(role, 0)}) for role in ROLES),
            counts.proofs_of("countries", country),
        )
        for country in ranked[:_MAX_COUNTRIES]
    ]
    rest = ranked[_MAX_COUNTRIES:]
    others = sum(not country.startswith(PLACE) for country in ranked)
    known = len(ranked) - others
    totals = [sum(by_country[country].get(role, 0) for country in rest) for role in ROLES]
    note = Text(
        f"The other {len(rest)} hold {totals[0]:,} secretariats and {totals[1]:,} P-memberships.",
        f"其余{len(rest)}个共承担{totals[0]:,}个秘书处、{totals[1]:,}个积极成员席位。",
    )
    others_en = f"; bodies of no known country: {others}" if others else ""
    others_zh = f"；另有{others}个机构国别不详" if others else ""
    return Panel(
        title=TITLES["countries"],
        summary=Text(
            f"Secretariats and participating memberships of {known} countries in committees, by"
            f" their standards bodies{others_en}.",
            f"{known}个国家（由其标准化机构代表）在委员会中承担的秘书处与积极成员席位{others_zh}。",
        ),
        columns=tuple(PanelColumn(swatch.name, {role: swatch}) for role, swatch in ROLES.items()),
        rows=tuple(rows),
        empty_message=EMPTY["countries"],
        name_share=0.24,
        notes=(note,) if rest else (),
    )


PANELS: Final = (bodies, fields, countries)
"""The functions that build the panels, in the order of the drawing."""

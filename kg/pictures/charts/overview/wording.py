"""Texts of the overview in both languages, and the swatches of its bars."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kg.common.bilingual import Text
from kg.common.namespaces import iri
from kg.pictures.charts.panels import Swatch

COLUMNS: Final = (
    Text("panel", "分图"),
    Text("what", "对象"),
    Text("of which", "其中"),
    Text("number", "数量"),
)
"""The columns of the chart's table."""

TITLES: Final[Mapping[str, Text]] = {
    "bodies": Text("Documents by publishing body", "各发布机构的文件"),
    "years": Text("Documents by year of publication", "历年发布的文件"),
    "fields": Text("Current documents by field", "各专业领域的现行文件"),
    "countries": Text("Countries in committees", "各国在委员会中的席位"),
}
"""The title of each panel of the view's query."""

UNITS: Final[Mapping[str, Text]] = {
    "bodies": Text("documents", "文件数"),
    "years": Text(
        "published by year (a scale for each body; • and number: its largest year)",
        "历年发布数（各机构刻度不同，•与数字为其最多之年）",
    ),
    "fields": Text("current documents, and the share of each body", "现行文件数及各机构占比"),
}

EMPTY: Final[Mapping[str, Text]] = {
    "bodies": Text(
        "No documents yet. Add a data repository of Relaton, such as relaton-data-iso, or ISO's"
        " iso_deliverables_metadata: kg build SOURCE",
        "尚无文件。请加入Relaton数据仓库（如relaton-data-iso）或ISO的iso_deliverables_metadata："
        "kg build 来源",
    ),
    "fields": Text(
        "No current document with a class of the ICS yet. Add relaton-data-iso, relaton-data-iec"
        " or ISO's iso_deliverables_metadata, and ICS.xml for the names of the fields:"
        " kg build SOURCE",
        "尚无带ICS分类的现行文件。请加入relaton-data-iso、relaton-data-iec或ISO的"
        "iso_deliverables_metadata，并加入ICS.xml以取得领域名称：kg build 来源",
    ),
    "countries": Text(
        "No secretariats or memberships yet. Add ISO's iso_technical_committees: kg build SOURCE",
        "尚无秘书处与成员信息。请加入ISO的iso_technical_committees：kg build 来源",
    ),
}
"""The text of a panel without data, which names sources to add."""

EMPTY_GRAPH: Final = Text(
    "The graph has no catalogue yet. Add some: kg build SOURCE …, such as relaton-data-iso, ISO's"
    " iso_technical_committees and ICS.xml",
    "图谱尚无目录。请用kg build 来源加入，"
    "如relaton-data-iso、ISO的iso_technical_committees与ICS.xml",
)
"""The message for a graph without catalogues."""

_BLUE: Final = "#1e40af"
_TEAL: Final = "#0f766e"
_WHITE: Final = "#ffffff"
_INK: Final = "#1b2430"

STATUSES: Final[Mapping[str, Swatch]] = {
    "current": Swatch(Text("current", "现行"), _BLUE, _WHITE),
    "ended": Swatch(
        Text("withdrawn, replaced, cancelled or an earlier draft", "废止、被代替、终止或早期草案"),
        "#b9c2ce",
        _INK,
    ),
    "draft": Swatch(
        Text("draft under way or not yet in force", "在研草案或即将实施"), "#f7d58b", _INK
    ),
    "untold": Swatch(
        Text("not told by its catalogue", "目录未注明状态"), "#eef1f5", _INK, "#c3ccd7"
    ),
}
"""The statuses of documents, in the order of their bars."""

YEARS: Final[Mapping[str, Swatch]] = {"": Swatch(Text("documents", "文件数"), _BLUE, _WHITE)}

ROLES: Final[Mapping[str, Swatch]] = {
    iri("role:secretariat"): Swatch(Text("secretariats", "秘书处"), _BLUE, _WHITE),
    iri("role:p-member"): Swatch(Text("P-memberships", "积极成员席位（P成员）"), _TEAL, _WHITE),
}
"""The roles of members in committees, a column each."""

PUBLISHER_COLORS: Final = (_BLUE, "#c2372a", _TEAL, "#b45309")
"""The colors of the bodies with most current documents."""

SEVERAL_KEY: Final = "several"
"""The publisher of a joint document in the rows of the view."""

SEVERAL: Final = Swatch(Text("several bodies together", "多机构联合"), "#6d3fd1", _WHITE)
OTHERS: Final = Swatch(Text("other bodies", "其他机构"), "#8a95a5", _INK)

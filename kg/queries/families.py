"""Families of questions, the data that questions need, and the data that they read completely."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kg.common.bilingual import Text

FAMILIES: Final[Mapping[str, Text]] = {
    "organizations": Text("Organizations and people", "机构与人物"),
    "committees": Text("Committees and secretariats", "技术委员会与秘书处"),
    "ballots": Text("Proposals and ballots", "提案与投票"),
    "standards": Text("Standards and projects", "标准与项目"),
    "reforms": Text("Reforms and policies", "改革与政策"),
    "events": Text("Events and cooperation", "活动与合作"),
    "results": Text("Figures and results", "数据与成效"),
    "network": Text("Positions in the network", "网络中的位置"),
    "evidence": Text("Evidence and sources", "证据与来源"),
    "graph": Text("The graph itself", "图谱自身"),
    "members": Text("Countries and members, from catalogues", "国家与成员团体（目录）"),
    "committee-work": Text("Committees and their work, from catalogues", "委员会及其工作（目录）"),
    "publications": Text("What bodies publish, from catalogues", "各机构的出版物（目录）"),
    "fields": Text("Fields of standardization, from catalogues", "标准化领域（目录）"),
    "lineage": Text("Lineage of standards, from catalogues", "标准沿革（目录）"),
    "history": Text("What changed over time, from kept states", "历年变化（留存状态）"),
    "join": Text("The article and the catalogues", "文章与目录的衔接"),
    "quality": Text("Catalogues and their quality", "目录及其质量"),
}
"""Families of questions, in listing order."""

NEEDS: Final[Mapping[str, tuple[Text, str]]] = {
    "catalogues": (
        Text(
            "a catalogue, such as a Relaton repository or ISO Open Data",
            "目录（如Relaton数据仓库或ISO开放数据）",
        ),
        "ASK { ?graph a std:Catalogue }",
    ),
    "documents": (
        Text(
            "a catalogue of documents, such as a Relaton repository",
            "文件目录（如Relaton数据仓库）",
        ),
        "ASK { ?document std:publisher ?body }",
    ),
    "committees": (
        Text(
            "ISO's table of committees (iso_technical_committees.csv)",
            "ISO委员会表（iso_technical_committees.csv）",
        ),
        "ASK { ?member std:role role:p-member ; prov:wasDerivedFrom ?record }",
    ),
    "drafts": (
        Text(
            "a catalogue that dates the drafts of published documents, such as W3C's",
            "载明已发布文件各草案日期的目录（如W3C的目录）",
        ),
        """ASK {
            { ?draft std:draftOf ?text } UNION
            {
                ?draft std:documentStatus documentStatus:earlier-draft ; std:project ?project .
                ?text std:project ?project
            }
            ?draft std:publishedOn ?day . ?text std:publicationDate ?published
            FILTER(STRLEN(STR(?day)) >= 7 && STR(?day) < STR(?published))
        }""",
    ),
    "snapshots": (
        Text(
            "two catalogues of committees with different days (see --snapshot)",
            "两份日期不同的委员会目录（见--snapshot）",
        ),
        """ASK {
            ?one dcterms:source/std:snapshotOn ?day . ?other dcterms:source/std:snapshotOn ?later
            FILTER(STR(?day) < STR(?later))
            FILTER EXISTS { GRAPH ?one { ?secretariat a std:Secretariat } }
            FILTER EXISTS { GRAPH ?other { ?secretariatThere a std:Secretariat } }
        }""",
    ),
    "history": (
        Text("a history (kg build --keep-history)", "历史（kg build --keep-history）"),
        "ASK { ?state a std:KeptState }",
    ),
    "fields": (
        Text("ISO's list of fields (ICS.xml)", "国际标准分类法（ICS.xml）"),
        "ASK { ?field skos:inScheme <ics> }",
    ),
}
"""Data that a question may need besides the article: its name and an ASK query for it."""

SCANS: Final[Mapping[str, Text]] = {
    "all": Text(
        "reads all documents: takes seconds for millions of triples",
        "须遍历全部文件，三元组达数百万时需数秒",
    ),
}
"""Data that a question may have to read completely, each with a note for users."""

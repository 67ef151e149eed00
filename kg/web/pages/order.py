"""In which order a reader asks: relations and values of each kind of thing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kg.common.bilingual import Text

VALUES_FIRST: Final = (
    *("dcterms:title", "dcterms:identifier", "dcterms:description", "skos:definition"),
    *("std:date", "std:start", "std:end", "std:publishedOn", "std:edition", "std:stage"),
    *("std:deliverable", "std:state", "std:level", "std:scope", "std:mandate", "std:language"),
)
"""Values that a reader asks first."""
VALUES_LAST: Final = ("std:stageCode", "skos:notation", "std:isoOrganizationId", "std:mended")
"""Values of interest to those who know the sources."""

_LINEAGE: Final = (
    *("out std:editionOf", "in std:replaces", "in std:toReplace", "out std:replaces"),
    *("in std:amends", "out std:amends", "out std:adoptionOf", "out std:conventionalAdoptionOf"),
    *("in std:adoptionOf", "in std:conventionalAdoptionOf"),
)
RELATIONS_FIRST: Final[Mapping[str, tuple[str, ...]]] = {
    "body": (
        *("in std:secretariatOf", "in std:chairs", "out std:seat", "out std:approvedBy"),
        *("in std:requests", "out std:topic", "in std:participatingMemberOf"),
        *("in std:observingMemberOf", "in std:partOf", "in std:committee", "in std:publisher"),
        *("out std:secretariatOf", "out std:participatingMemberOf"),
        *("out std:observingMemberOf", "out std:liaison", "in std:liaison"),
    ),
    "standard": (*_LINEAGE, "out std:committee", "out std:topic", "out std:publisher"),
    "document": (*_LINEAGE, "in std:issued", "in std:signed"),
    "place": (
        *("out std:secretariatOf", "out std:participatingMemberOf", "in std:governs"),
        *("out std:implemented", "out std:issued", "in std:observed", "in std:place"),
        *("in std:jurisdiction", "in std:locatedIn"),
    ),
    "event": (
        *(
            "in std:organized",
            "in std:hosted",
            "out std:venue",
            "out std:place",
            "out std:inSeries",
        ),
        *("in std:attended", "in std:participatedIn", "in std:releasedAt", "in std:presentedAt"),
    ),
    "reform": (
        *("in std:initiated", "in std:implemented", "in std:promoted", "in std:built"),
        *("in std:partOf", "in std:practiceOf", "in std:about", "in std:basedOn"),
    ),
    "decision": ("in std:proposed", "out std:requests", "in std:supported", "in std:onProposal"),
    "topic": ("in std:topic",),
}
"""Relations that a reader asks first of a thing, by its group; each with its direction."""

HEADINGS: Final[Mapping[str, Text]] = {
    "in std:secretariatOf": Text("Secretariat", "秘书处"),
    "out std:secretariatOf": Text("Secretariats it runs", "承担的秘书处"),
    "in std:chairs": Text("Chair", "主席"),
    "out std:seat": Text("Seat of the secretariat", "秘书处所在地"),
    "in std:participatingMemberOf": Text("Participating members", "积极成员（P成员）"),
    "in std:observingMemberOf": Text("Observing members", "观察成员（O成员）"),
    "out std:participatingMemberOf": Text("Participates in", "以积极成员身份参加"),
    "out std:observingMemberOf": Text("Observes", "以观察成员身份参加"),
    "in std:partOf": Text("Parts", "下属"),
    "out std:partOf": Text("Part of", "隶属"),
    "out std:liaison": Text("Liaisons", "联络"),
    "in std:liaison": Text("Named as a liaison by", "被列为联络的委员会"),
    "in std:committee": Text("Documents", "归口文件"),
    "out std:committee": Text("Committee", "归口委员会"),
    "in std:publisher": Text("Publications", "发布的文件"),
    "out std:publisher": Text("Publisher", "发布机构"),
    "in std:topic": Text("In this field", "属于此领域"),
    "out std:topic": Text("Field", "领域"),
    "in std:editionOf": Text("Editions", "版本"),
    "out std:editionOf": Text("Edition of", "所属标准"),
    "in std:replaces": Text("Replaced by", "被代替"),
    "out std:replaces": Text("Replaces", "代替"),
    "in std:toReplace": Text("To be replaced by", "拟代替它的"),
    "in std:amends": Text("Amended by", "修改文件"),
    "out std:amends": Text("Amends", "修改对象"),
    "in std:corrects": Text("Corrected by", "勘误"),
    "out std:project": Text("Project", "所属项目"),
    "in std:requests": Text("Requested by", "提出设立的提案"),
    "out std:approvedBy": Text("Approved through", "获批途径"),
    "in std:about": Text("How it is judged", "评价"),
    "in std:rankedItem": Text("How it ranks", "排名"),
    "in std:observed": Text("Figures", "数据"),
    "in std:place": Text("What took place here", "在此地的事项"),
    "in std:eventOf": Text("Events", "活动"),
    "in std:jurisdiction": Text("What applies here", "适用于此地"),
    "in std:governs": Text("Governed by", "治理机构"),
    "in std:locatedIn": Text("Places in it", "所辖地"),
    "out std:locatedIn": Text("Lies in", "位于"),
}
"""Headings of relations, where a noun says it better than the words of its sentences."""

STAGE_NAMES: Final[Mapping[str, Text]] = {
    "00": Text("preliminary", "预备"),
    "10": Text("proposal", "提案"),
    "20": Text("preparatory", "准备"),
    "30": Text("committee", "委员会"),
    "40": Text("enquiry", "征询意见"),
    "50": Text("approval", "批准"),
    "60": Text("publication", "出版"),
    "90": Text("review", "复审"),
    "95": Text("withdrawal", "废止"),
}
"""The stages of the international harmonized stage codes, by their first two digits."""


def value_order(property_: str) -> tuple[int, int]:
    """Return the sort key of a value's property."""
    if property_ in VALUES_FIRST:
        return 0, VALUES_FIRST.index(property_)
    if property_ in VALUES_LAST:
        return 2, VALUES_LAST.index(property_)
    return 1, 0


def relation_order(group: str, direction: str, property_: str) -> int:
    """Return the sort key of a relation of a thing of a group."""
    first = RELATIONS_FIRST.get(group, ())
    key = f"{direction} {property_}"
    return first.index(key) if key in first else len(first)

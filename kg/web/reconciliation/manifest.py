"""The manifests of the service: what it offers, and where."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from typing import Any, Final

from kg.common.bilingual import Text
from kg.common.namespaces import BASE, STD
from kg.web.reconciliation.extension import Content
from kg.web.reconciliation.model import NamedThing
from kg.web.reconciliation.preview import HEIGHT, WIDTH
from kg.web.reconciliation.queries import MAX_BATCH

_NAME: Final = Text("stdkg: standards, bodies and committees", "stdkg：标准、机构与委员会")
_LIMIT: Final = Text("Number of values", "取值个数")
_LIMIT_HELP: Final = Text("Values of each entity; 0 for all", "每个实体的取值个数，0为全部")
_CONTENT: Final = Text("Entities as", "实体的给出方式")
_CONTENT_HELP: Final = Text(
    "Entities that are reconciled, or plain texts", "给出已匹配的实体，或纯文本"
)
_CONTENTS: Final = {
    Content.ENTITY: Text("reconciled entities", "已匹配的实体"),
    Content.NAME: Text("names", "名称"),
    Content.IRI: Text("IRIs", "IRI"),
}


def manifest(address: str, view: str, types: Iterable[NamedThing], lang: str) -> dict[str, Any]:
    """Return the manifest of version 0.2.

    ``address`` is that of the service, ``view`` that of the page of an entity, with ``{{id}}``.
    """
    kinds = ("entity", "type", "property")
    return {
        "versions": ["0.2"],
        "name": _NAME.of(lang),
        "identifierSpace": BASE,
        "schemaSpace": STD,
        "serviceVersion": version("stdkg"),
        "defaultTypes": [{"id": each.id, "name": each.name} for each in types],
        "view": {"url": view},
        "preview": {
            "url": f"{address}/preview?id={{{{id}}}}",
            "width": WIDTH,
            "height": HEIGHT,
        },
        "suggest": {
            kind: {
                "service_url": address,
                "service_path": f"/suggest/{kind}",
                "flyout_service_url": address,
                "flyout_service_path": f"/flyout/{kind}?id=${{id}}",
            }
            for kind in kinds
        },
        "extend": {
            "propose_properties": {"service_url": address, "service_path": "/properties"},
            "property_settings": _settings(lang, "name", "label", "help_text"),
        },
        "batchSize": MAX_BATCH,
    }


def draft_manifest(view: str, types: Iterable[NamedThing], lang: str) -> dict[str, Any]:
    """Return the manifest of version 1.0-draft; ``view`` has ``{id}``."""
    return {
        "versions": ["1.0-draft"],
        "name": _NAME.of(lang),
        "lang": lang,
        "serviceVersion": version("stdkg"),
        "defaultTypes": [{"id": each.id, "name": each.name} for each in types],
        "view": {"url": view},
        "preview": {"width": WIDTH, "height": HEIGHT},
        "suggest": {"entity": True, "type": True, "property": True},
        "extend": {
            "proposeProperties": True,
            "propertySettings": _settings(lang, "id", "name", "helpText"),
        },
        "batchSize": MAX_BATCH,
        "standardizedScore": True,
    }


def _settings(lang: str, id_: str, label: str, help_: str) -> list[dict[str, Any]]:
    return [
        {
            id_: "limit",
            label: _LIMIT.of(lang),
            "type": "number",
            "default": 0,
            help_: _LIMIT_HELP.of(lang),
        },
        {
            id_: "content",
            label: _CONTENT.of(lang),
            "type": "select",
            "default": Content.ENTITY.value,
            help_: _CONTENT_HELP.of(lang),
            "choices": [
                {"value": value.value, "name": text.of(lang)} for value, text in _CONTENTS.items()
            ],
        },
    ]

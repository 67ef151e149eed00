"""Say which graph was asked: where it is, when it was built, and what it holds."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from kg.common.bilingual import Text
from kg.pipeline.build import quad_count, read_accounts
from kg.store import Store

_IN_MEMORY: Final = Text("in memory", "内存中")
_BUILT: Final = Text("{folder}, built {day}", "{folder}，构建于{day}")
_QUADS: Final = Text("{count:,} quads", "{count:,}条四元组")
_CATALOGUE: Final = Text("{name} of {day}", "{name}（{day}）")
_CATALOGUES: Final = Text("catalogues: {names}", "目录：{names}")
_NO_CATALOGUES: Final = Text(
    "no catalogues, so that few documents are known: add them with kg build",
    "没有目录，因此所知文件很少：用kg build添加",
)
_SEPARATOR: Final = Text("; ", "；")
_LIST: Final = Text(", ", "、")
_STAMP: Final = "%Y%m%dT%H%M%S%fZ"


def describe_graph(store: Store, lang: str) -> str:
    """Return one line: the folder, its day, its size, and its catalogues with their days."""
    parts = [_place(store, lang), _QUADS.of(lang).format(count=quad_count(store))]
    accounts = read_accounts(store.files) if store.files else ()
    names = [
        _CATALOGUE.of(lang).format(name=account.slug, day=account.snapshot)
        if account.snapshot
        else account.slug
        for account in accounts
    ]
    if names:
        parts.append(_CATALOGUES.of(lang).format(names=_LIST.of(lang).join(names)))
    else:
        parts.append(_NO_CATALOGUES.of(lang))
    return _SEPARATOR.of(lang).join(parts)


def _place(store: Store, lang: str) -> str:
    if store.files is None:
        return _IN_MEMORY.of(lang)
    generation = store.files
    folder = generation.parent.parent
    stamp = generation.name.partition("-")[0]
    try:
        day = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        # A store that was made otherwise has no day in its name.
        return str(folder)
    return _BUILT.of(lang).format(folder=folder, day=f"{day:%Y-%m-%d %H:%M} UTC")

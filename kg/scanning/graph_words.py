"""Say which graph was asked: where it is, when it was built, and what it holds."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from kg.common.bilingual import Text
from kg.pipeline.build import quad_count, read_accounts
from kg.store import Store
from kg.store.generations import folder_of

_IN_MEMORY: Final = Text("in memory", "内存中")
_BUILT: Final = Text("{folder}, built {day}", "{folder}，构建于{day}")
_QUADS: Final = Text("{count:,} quads", "{count:,}条四元组")
_CATALOGUE: Final = Text("{name} of {day}", "{name}（{day}）")
_CATALOGUES: Final = Text("catalogues: {names}", "目录：{names}")
_NO_CATALOGUES: Final = Text(
    "no catalogues, so that few documents are known: add them with kg build",
    "没有目录，因此所知文件很少：用kg build添加",
)
_NOT_AT_HAND: Final = Text(
    "an endpoint doesn't tell its catalogues: name the folder that was loaded with --store",
    "端点不载明其目录：用--store给出所加载的文件夹",
)
_SEPARATOR: Final = Text("; ", "；")
_LIST: Final = Text(", ", "、")
_STAMP: Final = "%Y%m%dT%H%M%S%fZ"


def describe_graph(store: Store, lang: str) -> str:
    """Return one line: where it is, its day, its size, and its catalogues with their days."""
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
        is_known = store.files is not None or not _address(store)
        parts.append((_NO_CATALOGUES if is_known else _NOT_AT_HAND).of(lang))
    return _SEPARATOR.of(lang).join(parts)


def _place(store: Store, lang: str) -> str:
    address = _address(store)
    if store.files is None:
        return address or _IN_MEMORY.of(lang)
    where = folder_of(store.files) if store.path else address
    stamp = store.files.name.partition("-")[0]
    try:
        day = datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
    except ValueError:
        # A store that was made otherwise has no day in its name.
        return str(where)
    return _BUILT.of(lang).format(folder=where, day=f"{day:%Y-%m-%d %H:%M} UTC")


def _address(store: Store) -> str:
    """Return the folder or the address of the endpoint; empty for a graph in memory."""
    _, at, address = store.place.partition("at ")
    return address if at else ""

"""Writes docs/sentences.md: one example of each kind of sentence that the program can say.

Run as ``python docs/make_sentences.py [STORE]``; without the folder of a built graph, one of the
articles and of the small catalogues of ``tests/fixtures`` is built.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from kg import KnowledgeGraph
from kg.analysis.sentence_kinds import sentence_kinds
from kg.analysis.sentences import Phrasings
from kg.network.networkx_graph import network_data
from kg.pipeline.build import CatalogueSelection, build

ROOT: Final = Path(__file__).resolve().parent.parent
PAGE: Final = ROOT / "docs" / "sentences.md"
_HEAD: Final = """\
# Sentences / 句子

How each relation reads, with one example from the articles and from small catalogues: from its
source, then from its target. Figures, rankings and assessments read as what they say. The templates
are in `ontology/phrasings.ttl`; this page is made by `python docs/make_sentences.py`.

每种关系的读法，各附一例，取自文章和小型目录：先从起点说，再从终点说。数据、排名和评价读作其内容本身。
句式见`ontology/phrasings.ttl`，本页由`python docs/make_sentences.py`生成。

| | English | 中文 |
| --- | --- | --- |
"""


def page(graph: KnowledgeGraph) -> str:
    """Return the page in Markdown."""
    network = network_data(graph.store, graph.views["everything"], brief=True)
    lines = []
    for kind in sentence_kinds(network, Phrasings.read(graph.store)):
        name = f"`{kind.name}`" + (" (planned / 计划)" if kind.planned else "")
        texts = list(dict.fromkeys((kind.sentence, kind.inverse)))
        cells = ("<br>".join(_cell(text.of(lang)) for text in texts) for lang in ("en", "zh"))
        lines.append(f"| {' | '.join((name, *cells))} |\n")
    return _HEAD + "".join(lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _sources() -> Iterator[Path]:
    world = ROOT / "tests" / "fixtures" / "catalogues"
    yield from sorted(world.glob("relaton-data-*"))
    yield from (world / name for name in ("ICS.xml", "iso_technical_committees.csv"))
    yield world / "iso_deliverables_metadata.csv"


def main() -> None:
    """Write the page for the store named on the command line, or for one built here."""
    with TemporaryDirectory() as folder:
        store = Path(sys.argv[1] if len(sys.argv) > 1 else folder)
        if len(sys.argv) == 1:
            build(store, lambda _: None, CatalogueSelection(tuple(_sources())))
        PAGE.write_text(page(KnowledgeGraph.open(store)), encoding="utf-8")


if __name__ == "__main__":
    main()

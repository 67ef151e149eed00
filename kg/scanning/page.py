"""The text of documents with the references marked, as an HTML page without scripts."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import Final

from kg.common.bilingual import Text
from kg.common.html_documents import html_document
from kg.entities.status_words import STATUSES
from kg.scanning import MatchedReference, Scan
from kg.scanning.marks import mark_of, style_of_marks
from kg.scanning.passages import Passage
from kg.scanning.rows import HEADINGS, describe_part, describe_place

_LEGEND: Final = {
    "current": STATUSES["current"],
    "draft": Text("draft or not yet in force", "草案或即将实施"),
    "replaced": Text("replaced, withdrawn or cancelled", "被代替、废止或终止"),
    "other": Text("another status, or none told", "其他状态或未注明"),
    "none": Text("not in this graph, or not certain", "本图谱没有或不能确定"),
}
_TITLE: Final = Text("References to standards", "标准引用")
_GRAPH: Final = Text("Graph: {graph}", "图谱：{graph}")
_COUNT: Final = Text("{count} references", "{count}处引用")
_TEXT: Final = Text("Text", "正文")
_PAGE_HEADING: Final = Text("Page {page}", "第{page}页")
_STYLE: Final = """
body { font: 16px/1.6 system-ui, "Noto Sans CJK SC", sans-serif; max-width: 60rem;
  margin: 2rem auto; padding: 0 1rem; color: #1c2330; background: #fff }
h1 { font-size: 1.5rem; margin: 0 } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem }
h3 { font-size: .85rem; font-weight: normal; color: #5a6472; margin: 1.5rem 0 0 }
.note, .part { color: #5a6472; margin: 0; font-size: .9rem }
.part { font-size: .75rem; margin: .75rem 0 0 }
.text p { margin: .6rem 0; white-space: pre-wrap; overflow-wrap: anywhere }
ul.legend { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; list-style: none }
mark { padding: .05em .2em; border-radius: .2em } mark a { color: inherit }
.clause { border-bottom: 2px dotted #5a6472 }
table { border-collapse: collapse; width: 100%; font-size: .9rem }
th, td { text-align: start; vertical-align: top; padding: .35rem .75rem .35rem 0;
  border-bottom: 1px solid #d8dce2; overflow-wrap: anywhere }
th { color: #5a6472; font-weight: normal; white-space: nowrap }
"""


def html_page(
    scans: Sequence[Scan],
    cited: Sequence[tuple[Scan, MatchedReference]],
    found: Sequence[dict[str, str | int | float]],
    lang: str,
    graph: str,
) -> str:
    """Return the page: a legend, and for each document its list and its text."""
    names = ", ".join(scan.document.name for scan in scans)
    parts = [
        f"<h1>{_TITLE.of(lang)}</h1>",
        f'<p class="note">{html.escape(_GRAPH.of(lang).format(graph=graph))}</p>',
        '<ul class="legend">',
        *(
            f'<li><mark class="{key}">{words.of(lang)}</mark></li>'
            for key, words in _LEGEND.items()
        ),
        "</ul>",
    ]
    for scan in scans:
        own = [
            (at, item, row)
            for at, ((of, item), row) in enumerate(zip(cited, found, strict=True), 1)
            if of is scan
        ]
        count = _COUNT.of(lang).format(count=len(own))
        parts.append(
            f'<h2>{html.escape(scan.document.name)} <span class="note">{count}</span></h2>'
        )
        parts += _list(own, lang)
        parts.append(f'<h2>{_TEXT.of(lang)}</h2><div class="text">')
        parts += _text(scan, own, lang)
        parts.append("</div>")
    title = f"{_TITLE.of(lang)}: {names}"
    return html_document(title, _STYLE + style_of_marks("mark"), parts, lang)


_Row = tuple[int, MatchedReference, dict[str, str | int | float]]


def _list(own: Sequence[_Row], lang: str) -> Iterable[str]:
    if not own:
        return
    headings = "".join(f"<th>{words.of(lang)}</th>" for words in HEADINGS.values())
    yield f"<table><thead><tr>{headings}</tr></thead><tbody>"
    anchor = 0
    for at, item, row in own:
        # Those between the ends of a range have no mark of their own: the first end is before them.
        anchor = anchor if anchor and item.reference.form == "range" else at
        cells = [
            html.escape(describe_place(item.reference, lang)),
            f'<a href="#r{anchor}">{html.escape(item.reference.text)}</a>',
            _linked(item, html.escape(str(row["name"] or item.reference.number))),
            *(html.escape(str(row[key])) for key in ("clauses", "status", "evidence", "why")),
        ]
        yield f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
    yield "</tbody></table>"


def _linked(item: MatchedReference, content: str) -> str:
    iri = item.match.iri
    return f'<a href="{html.escape(iri)}">{content}</a>' if iri else content


def _text(scan: Scan, own: Sequence[_Row], lang: str) -> Iterable[str]:
    by_passage: dict[int, list[_Row]] = {}
    for each in own:
        by_passage.setdefault(id(each[1].reference.passage), []).append(each)
    page, part = 0, ""
    for passage in scan.document.passages:
        if passage.page != page:
            page = passage.page
            yield f"<h3>{_PAGE_HEADING.of(lang).format(page=page)}</h3>"
        if passage.part != part:
            part = passage.part
            if part:
                yield f'<p class="part">{html.escape(describe_part(part, lang))}</p>'
        yield f"<p>{_marked(passage, by_passage.get(id(passage), []))}</p>"


def _marked(passage: Passage, own: Sequence[_Row]) -> str:
    """Return a passage with its references and clauses marked; those within others only count."""
    spans: list[tuple[int, int, str, str]] = []
    for at, item, row in own:
        reference = item.reference
        if reference.form != "range":
            label = html.escape(f"{row['name'] or reference.number}: {row['status'] or row['why']}")
            opening = f'<mark id="r{at}" class="{mark_of(item.match)}" title="{label}">'
            spans.append((reference.start, reference.end, opening, item.match.iri))
        spans += [
            (clause.start, clause.end, '<span class="clause">', "") for clause in reference.clauses
        ]
    pieces, done = [], 0
    for start, end, opening, iri in sorted(spans):
        if start < done:
            continue
        content = html.escape(passage.text[start:end])
        closing = "</mark>" if opening.startswith("<mark") else "</span>"
        linked = f'<a href="{html.escape(iri)}">{content}</a>' if iri else content
        pieces.append(f"{html.escape(passage.text[done:start])}{opening}{linked}{closing}")
        done = end
    return "".join(pieces) + html.escape(passage.text[done:])

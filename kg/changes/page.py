"""Events as an HTML page without scripts and without requests to other places."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Final

from kg.changes.model import KINDS, Changes, Event
from kg.changes.output import HEADINGS, count_kinds, record_paths, title_of, totals
from kg.changes.wording import describe_event, when
from kg.common.html_documents import html_document

_STYLE: Final = """
:root { color-scheme: light dark; --line: light-dark(#d8dce2, #3a4048);
  --soft: light-dark(#5a6472, #9aa5b4) }
body { font: 16px/1.5 system-ui, "Noto Sans CJK SC", sans-serif; max-width: 72rem;
  margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.5rem; margin: 0 0 .25rem } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem }
p, .count { color: var(--soft); margin: 0 } .count { font-weight: normal }
ul.kinds { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; list-style: none }
table { border-collapse: collapse; width: 100% }
th, td { text-align: start; vertical-align: top; padding: .4rem .75rem .4rem 0;
  border-bottom: 1px solid var(--line) }
th { font-size: .85rem; color: var(--soft); font-weight: normal }
td:first-child { white-space: nowrap; font-variant-numeric: tabular-nums; width: 1% }
.title { color: var(--soft) } td.records { font-size: .8rem; overflow-wrap: anywhere; width: 25% }
@media (max-width: 40rem) { td.records, th.records { display: none } }
"""


def html_page(changes: Changes, events: Sequence[Event], lang: str) -> str:
    """Return the events as an HTML page without scripts, grouped by kind."""
    title = title_of(changes, lang)
    lines = totals(changes, events, lang).splitlines()
    head = [html.escape(line) for line in lines if not line.startswith("  ")]
    parts = [
        f"<h1>{html.escape(title)}</h1>",
        *(f"<p>{line}</p>" for line in head),
        '<ul class="kinds">',
        *(
            f'<li><a href="#{kind}">{KINDS[kind].of(lang)}</a>'
            f' <span class="count">{count}</span></li>'
            for kind, count in count_kinds(events)
        ),
        "</ul>",
    ]
    for kind, count in count_kinds(events):
        name = KINDS[kind].of(lang)
        parts.append(f'<h2 id="{kind}">{name} <span class="count">{count}</span></h2>')
        headings = (
            f'<th class="{key}">{HEADINGS[key].of(lang)}</th>'
            for key in ("when", "what", "records")
        )
        parts.append(f"<table><thead><tr>{''.join(headings)}</tr></thead><tbody>")
        parts += (_row(event, lang) for event in events if event.kind == kind)
        parts.append("</tbody></table>")
    return html_document(title, _STYLE, parts, lang)


def _row(event: Event, lang: str) -> str:
    what = html.escape(describe_event(event, lang))
    title = html.escape(event.title)
    return (
        f"<tr><td>{html.escape(when(event, lang))}</td>"
        f'<td>{what}<div class="title">{title}</div></td>'
        f'<td class="records">{html.escape(record_paths(event))}</td></tr>'
    )

"""What figures count: the words beside them, with unit and date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kg.drafting.article_text import ArticleText
from kg.drafting.model import Mention, Relation, RelationSpan

_LIKELY: Final = 0.7
_SHORTEST: Final = 2
_AS_OF: Final = re.compile("(?:截至|截止|到|至)(?:目前)?\\s?$")
_CLAUSE_END: Final = re.compile("[，。、；！？()]|$")
_NOUN: Final = re.compile(
    "的?[\u4e00-\u9fff“”]{0,14}?(?=连续|自我|参与|参加|参会|执行|采用|来自|被|在|已|均|将|为|的|于|通过|获"
    "|[^\u4e00-\u9fff“”]|$)"
)
_VERBS_AT_END: Final = re.compile(
    "(?:达到|达|为|共|共有|累计|增至|突破|超过|占|的|有|至|到|较|同比)+$"
)


def find_counts(
    article: ArticleText, sentence: re.Match[str], mentions: Sequence[Mention]
) -> Iterator[Relation]:
    """Yield what each figure of a sentence counts, with its unit and the date it is of.

    The subject of the relation ``counts`` is what is counted, the object is the number.
    """
    text = article.folded
    for figure in mentions:
        if figure.type != "QTY" or figure.rule == "figure.duration":
            continue
        counted = _after(text, figure, mentions) or _before(
            text, figure, mentions, sentence.start()
        )
        if counted is None:
            continue
        spans = [
            _span(article, "subject", *counted),
            _span(article, "object", figure.start, figure.end),
        ]
        if figure.unit and figure.unit in figure.quote:
            at = figure.start + figure.quote.rindex(figure.unit)
            spans.append(_span(article, "unit", at, at + len(figure.unit)))
        dates = [m for m in mentions if m.type == "DATE" and m.end <= figure.start]
        if dates:
            role = "asOf" if _AS_OF.search(text[: dates[-1].start]) else "period"
            spans.append(_span(article, role, dates[-1].start, dates[-1].end))
        subject = article.text[slice(*counted)]
        yield Relation("counts", subject, figure.value, tuple(spans), _LIKELY)


def _span(article: ArticleText, role: str, start: int, end: int) -> RelationSpan:
    return RelationSpan(role, start, end, article.text[start:end])


def _after(text: str, figure: Mention, mentions: Sequence[Mention]) -> tuple[int, int] | None:
    """Return the noun after a figure (12条经验)."""
    noun = _NOUN.match(text, figure.end)
    if noun is None or _CLAUSE_END.match(text, figure.end):
        return None
    start = figure.end + noun[0].startswith("的")
    following = next((m for m in mentions if m.start >= figure.end), None)
    end = noun.end()
    if following and following.start < end:
        end = max(end, following.end) if following.start == figure.end else following.start
    return (start, end) if end - start >= _SHORTEST else None


def _before(
    text: str, figure: Mention, mentions: Sequence[Mention], left: int
) -> tuple[int, int] | None:
    """Return the words of the clause before a figure (国家标准12项)."""
    clause = re.split("[，。；、！？\n]", text[left : figure.start])[-1]
    start = figure.start - len(clause)
    end = start + len(_VERBS_AT_END.sub("", clause))
    for mention in mentions:
        if mention.type == "DATE" and start <= mention.start and mention.end <= end:
            start = mention.end
    return (start, end) if end - start >= _SHORTEST else None

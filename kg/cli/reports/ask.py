"""Output of ``kg ask``: what was understood of a question in words, and its answer."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from kg.cli.reports import questions as report
from kg.common.bilingual import Text
from kg.queries.columns import column_headings
from kg.store import Store

if TYPE_CHECKING:
    from kg.interpretation import Interpretation, Reading

_REFUSALS: Final = {
    "unclear": Text(
        "Not understood: this is like none of the questions that can be answered. Nearest:",
        "未能理解：与可回答的问题均不相符。最相近的问题：",
    ),
    "missing": Text(
        "Not answered: the graph has no {missing}. Otherwise this would be asked:",
        "无法回答：图谱中没有{missing}。否则将查询：",
    ),
    "ambiguous": Text(
        "Not answered: {choices}. With one of these, this would be asked:",
        "无法回答：{choices}。指明其一后将查询：",
    ),
    "unused": Text(
        "Not answered: {unused} fits no parameter of the question. Nearest:",
        "无法回答：{unused}不符合该问题的任何参数。最相近的问题：",
    ),
    "unnamed": Text(
        "Not answered: it is unclear what {unknown} means, and {assumed} isn't named. Nearest:",
        "无法回答：{unknown}含义不明，且未指明{assumed}。最相近的问题：",
    ),
}
_NOTHING: Final = Text(
    "Not understood: no word of it is in any question. 'kg query' lists the questions.",
    "未能理解：其中没有任何预设问题的用词。全部问题见kg query。",
)
_UNDERSTOOD: Final = Text("understood: ", "已理解：")
_NAMED: Final = Text("{words} as {param}", "{words}为{param}")
_NOT_UNDERSTOOD: Final = Text("not understood: ", "未理解：")
_NOT_USED: Final = Text("not used: ", "未采用：")
_ASSUMED: Final = Text(
    "not said, an example is taken: {param} = {value}", "未指明，以示例代之：{param}＝{value}"
)
_CAN_MEAN: Final = Text("{} can mean {}", "{}可指{}")
_OR: Final = Text("; ", "；")
_AND: Final = Text(", ", "、")
_QUOTED: Final = "“{}”"


def understood(found: Interpretation, lang: str) -> str:
    """Return the best questions with their commands, and what was understood, in words."""
    if not found.readings:
        return _NOTHING.of(lang) + "\n"
    lines = []
    if found.refusal:
        lines += [_refusal(found, lang), ""]
    for number, reading in enumerate(found.readings, 1):
        lines.append(f"{number}  {reading.question.title.of(lang)}")
        lines.append(f"   {command(reading)}")
    notes = _notes(found, lang)
    return "\n".join([*lines, *([""] if notes else []), *notes]) + "\n"


def command(reading: Reading) -> str:
    """Return the command that asks a question with its arguments."""
    values = (f"{name}={shlex.quote(value)}" for name, value in reading.arguments.items())
    return " ".join(("kg query", reading.question.name, *values))


def answer(
    store: Store,
    reading: Reading,
    format: str,
    lang: str,
    limit: int | None,
    *,
    evidence: bool = False,
) -> tuple[str, bool]:
    """Return the answer as ``kg query`` prints it, and whether it has any rows."""
    content, answered = report.answer(
        store,
        reading.question.name,
        reading.arguments,
        format,
        lang,
        limit,
        evidence=evidence,
    )
    return content.decode("utf-8"), answered


def see_also(reading: Reading, lang: str) -> str:
    """Return the commands to try if the answer is empty."""
    return report.see_also(reading.question.name, reading.arguments, lang)


def answer_json(
    store: Store, found: Interpretation, lang: str, limit: int | None
) -> tuple[str, bool]:
    """Return what was understood, with the answer (null if refused); and whether it has rows."""
    table, answered = None, False
    if found.best is not None:
        text, answered = answer(store, found.best, "json", lang, limit)
        table = json.loads(text)
    content = {**found.as_dict(lang), "answer": table}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n", answered


def _refusal(found: Interpretation, lang: str) -> str:
    best = found.readings[0]
    headings = column_headings(best.assumed, lang, best.question.name)
    choices = (
        _CAN_MEAN.of(lang).format(_QUOTED.format(words), _OR.of(lang).join(names))
        for words, names in found.choices.items()
    )
    return (
        _REFUSALS[found.refusal]
        .of(lang)
        .format(
            choices=_AND.of(lang).join(choices),
            missing=_listed(found.missing, lang),
            unused=_listed(best.unused, lang),
            unknown=_listed(found.unknown, lang),
            assumed=_AND.of(lang).join(headings.values()),
        )
    )


def _notes(found: Interpretation, lang: str) -> list[str]:
    """Return lines on what the best reading makes of the text."""
    best = found.readings[0]
    headings = column_headings({**best.used, **best.assumed}, lang, best.question.name)
    known = [
        _NAMED.of(lang).format(words=_QUOTED.format(words), param=headings[name])
        for name, words in best.used.items()
    ]
    known += map(_QUOTED.format, best.matched)
    lines = [_UNDERSTOOD.of(lang) + _AND.of(lang).join(known)] if known else []
    if unknown := (*found.missing, *found.unknown):
        lines.append(_NOT_UNDERSTOOD.of(lang) + _listed(unknown, lang))
    if best.unused:
        lines.append(_NOT_USED.of(lang) + _listed(best.unused, lang))
    if not found.refusal:
        lines += [
            _ASSUMED.of(lang).format(param=headings[name], value=value)
            for name, value in best.assumed.items()
        ]
    return lines


def _listed(words: Iterable[Any], lang: str) -> str:
    return _AND.of(lang).join(map(_QUOTED.format, words))

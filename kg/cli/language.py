"""The language of a run of the program, and the Chinese texts of its help, errors and reports.

English texts stand in the source, Chinese ones in ``kg/locale/zh.po``, which is read only when it
is needed. Errors are raised in English with their values in them; the catalog has templates (``{}:
no such folder``), and a message is translated by the template that it fits. Decision 19 says why.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain, zip_longest
from pathlib import Path
from typing import Final

from kg.common.bilingual import language

CATALOG: Final = Path(__file__).resolve().parent.parent / "locale" / "zh.po"

_ENTRY: Final = re.compile(r'^msgid (".*")\nmsgstr (".*")$', re.MULTILINE)
_LOCALE: Final = ("LC_ALL", "LC_MESSAGES", "LANG")
_SLOT: Final = re.compile(r"\{(\d*)\}")
_DEPTH: Final = 4
"""Values of a message are messages themselves, such as the cause of an error, to this depth."""

_MOST_FITS: Final = 3
"""A message may fit several templates: that which leaves the fewest words, of so many, is meant."""

_ITEM: Final = r"(?:'[^']*'|[^\s,']+)(?: \([^()]*\))?"
_SEPARATOR: Final = re.compile(r"(, (?:and |or )?| and | or )(?![^()]*\))")
_LIST: Final = re.compile(rf"{_ITEM}(?:, {_ITEM})*(?:,? (?:and|or) {_ITEM})?")
_CHINESE_SIGN: Final = {"": "、", "and": "和", "or": "或"}

_LETTERS: Final = re.compile("[A-Za-z]")
_WORDS: Final = re.compile("[a-z]{2,}")
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_PROSE: Final = re.compile("[A-Za-z'*]+ [A-Za-z'*-]+ [a-z]+")

_chosen: list[str] = []


def choose_language(arguments: Sequence[str]) -> str:
    """Return the language of a command: ``zh`` or ``en``.

    The option ``--lang`` comes first, then ``KG_LANG``, then the locale by the rule of POSIX: the
    first of ``LC_ALL``, ``LC_MESSAGES`` and ``LANG`` that is set. It holds for answers, help and
    messages alike, and is found before the arguments are checked, since their errors need it.
    """
    for place, argument in enumerate(arguments):
        if argument == "--":
            break
        if argument == "--lang" and place + 1 < len(arguments):
            return language(arguments[place + 1])
        if argument.startswith("--lang="):
            return language(argument.removeprefix("--lang="))
    return default_language()


def default_language() -> str:
    """Return the language without an option: that of ``KG_LANG`` or the locale, or ``en``."""
    for name in ("KG_LANG", *_LOCALE):
        if value := os.environ.get(name):
            return language(re.split(r"[_.@]", value)[0])
    return "en"


def set_language(lang: str) -> None:
    """Set the language of help, messages and reports of this process."""
    _chosen[:] = [lang]


def current_language() -> str:
    """Return the language set for this process, by default that of the environment."""
    return _chosen[-1] if _chosen else default_language()


def say(template: str, *values: object) -> str:
    """Return a text in the language of the process, with values in place of ``{}``."""
    if current_language() == "zh":
        template = read_catalog(CATALOG).get(template, template)
    return template.format(*values) if values else template


def fault(message: str) -> str:
    """Return the line that tells a fault, from its English message."""
    return say("kg: {}", translate(message))


def translate(message: str, depth: int = _DEPTH) -> str:
    """Return an English message with values in it in the language of the process.

    A message without a template, such as the words of an engine, stays as it is; within another
    message it is quoted.
    """
    if current_language() != "zh" or not depth:
        return message
    return _in_chinese(message, depth)


@cache
def _in_chinese(message: str, depth: int) -> str:
    catalog = read_catalog(CATALOG)
    if message in catalog:
        return catalog[message]
    found: list[tuple[str, Sequence[str]]] = [(message, ())]
    for template in _by_length(CATALOG):
        if _may_fit(template, message) and (match := _pattern(template).fullmatch(message)):
            values = [_translate_value(value, depth - 1) for value in match.groups()]
            # "{}: {}" fits whatever has a colon, such as the words of an engine.
            if _LETTERS.search(template.replace("{}", "")) or tuple(values) != match.groups():
                found.append((catalog[template].format(*map(_quoted, values)), match.groups()))
            if len(found) > _MOST_FITS:
                break
    return min(found, key=_unlikeliness)[0]


def _unlikeliness(fit: tuple[str, Sequence[str]]) -> tuple[int, int]:
    """Return how many words a fit leaves, and how many of its values are several clauses."""
    text, values = fit
    return len(_WORDS.findall(text)), sum("; " in value for value in values)


def _translate_value(value: str, depth: int) -> str:
    """Return a value of a message in Chinese: a list item by item, anything else as a message."""
    if _LIST.fullmatch(value):
        items = _SEPARATOR.split(value)
        # One word of several is a name to type, such as that of a column.
        alone = len(items) == 1
        words = [translate(each, depth) if alone or " " in each else each for each in items[::2]]
        signs = [_CHINESE_SIGN[sign.strip(", ")] for sign in items[1::2]]
        return "".join(chain.from_iterable(zip_longest(words, signs, fillvalue="")))
    clauses = [translate(each, depth) for each in value.split("; ")]
    return "；".join(clauses) if all(map(_HAN.search, clauses)) else translate(value, depth)


def _quoted(value: str) -> str:
    return f"“{value}”" if _PROSE.search(value) and not _HAN.search(value) else value


@cache
def read_catalog(path: Path) -> Mapping[str, str]:
    """Read the texts of a PO file (GNU gettext manual, 3.1) with one line for each string.

    Babel's reader takes as long to import as the program may take to start.
    """
    entries = _ENTRY.findall(path.read_text(encoding="utf-8"))
    return {json.loads(text): json.loads(translated) for text, translated in entries}


@cache
def _by_length(path: Path) -> tuple[str, ...]:
    """Return the templates with values, those with most letters of their own first."""
    templates = [template for template in read_catalog(path) if "{}" in template]
    return tuple(
        sorted(templates, key=lambda each: (-len(_LETTERS.findall(each)), each.count("{}")))
    )


def _may_fit(template: str, message: str) -> bool:
    """Return whether a message has the texts of a template in their order; compiling takes long."""
    place = 0
    for part in template.split("{}"):
        place = message.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return True


def _pattern(template: str) -> re.Pattern[str]:
    parts = map(re.escape, template.split("{}"))
    return re.compile("(.*?)".join(parts), re.DOTALL)

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
from pathlib import Path
from typing import Final

from kg.common.bilingual import language

CATALOG: Final = Path(__file__).resolve().parent.parent / "locale" / "zh.po"

_ENTRY: Final = re.compile(r'^msgid (".*")\nmsgstr (".*")$', re.MULTILINE)
_LOCALE: Final = ("LC_ALL", "LC_MESSAGES", "LANG")
_SLOT: Final = re.compile(r"\{(\d*)\}")
_DEPTH: Final = 4
"""Values of a message are messages themselves, such as the cause of an error, to this depth."""

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


def translate(message: str, depth: int = _DEPTH) -> str:
    """Return an English message with values in it in the language of the process.

    A message without a template, such as the words of an engine, stays as it is.
    """
    if current_language() != "zh" or not depth:
        return message
    catalog = read_catalog(CATALOG)
    if message in catalog:
        return catalog[message]
    for template in _by_length(CATALOG):
        if _may_fit(template, message) and (match := _pattern(template).fullmatch(message)):
            values = [translate(value, depth - 1) for value in match.groups()]
            return catalog[template].format(*values)
    return message


@cache
def read_catalog(path: Path) -> Mapping[str, str]:
    """Read the texts of a PO file (GNU gettext manual, 3.1) with one line for each string.

    Babel's reader takes as long to import as the program may take to start.
    """
    entries = _ENTRY.findall(path.read_text(encoding="utf-8"))
    return {json.loads(text): json.loads(translated) for text, translated in entries}


@cache
def _by_length(path: Path) -> tuple[str, ...]:
    """Return the templates with values, those with most text of their own first."""
    templates = [template for template in read_catalog(path) if "{}" in template]
    return tuple(sorted(templates, key=lambda each: -len(each.replace("{}", ""))))


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

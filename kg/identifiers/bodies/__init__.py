"""Grammars of designations: one module for each body, or group of bodies with a common form.

A module is found by being here, and gives three names:

- ``parse``: parses a text cleaned by :func:`kg.identifiers.text.clean`; None if it isn't one of its
  designations, which are a subclass of :class:`kg.identifiers.model.Designation`
- ``LEADS``: the upper-case beginnings of the first words of its texts (``("ISO", "IEC")``), where a
  first word is the text up to the end of its first letters (``ISO``, ``3GPP``, the ``W`` of
  ``W3C``); empty if it must be tried on every text
- ``EXAMPLES``: designations in their usual form, printed as they are parsed
"""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from typing import Final, Protocol, cast

from kg.identifiers.model import Designation

Parser = Callable[[str], Designation | None]


class Body(Protocol):
    """What a module gives."""

    LEADS: tuple[str, ...]
    EXAMPLES: tuple[str, ...]
    parse: Parser


_FIRST: Final = ("european", "iso")
"""Modules with precedence: CEN adopts ISO documents (CEN ISO/TS 19139), and a joint publication of
ISO and IEEE is a designation of ISO."""
_WORD: Final = re.compile(r"\d*[^\W\d_]*")


def _load() -> dict[str, Body]:
    found = sorted(module.name for module in pkgutil.iter_modules(__path__))
    names = dict.fromkeys((*_FIRST, *found))
    return {name: cast("Body", import_module(f"{__name__}.{name}")) for name in names}


BODIES: Final = _load()
"""The modules by name, in order of precedence."""


def parsers(text: str) -> tuple[Parser, ...]:
    """Return the functions to try on a cleaned text, in order of precedence."""
    word = _WORD.match(text)
    return _parsers(word[0].upper() if word else "")


@lru_cache(maxsize=4096)
def _parsers(word: str) -> tuple[Parser, ...]:
    return tuple(
        body.parse for body in BODIES.values() if not body.LEADS or word.startswith(body.LEADS)
    )

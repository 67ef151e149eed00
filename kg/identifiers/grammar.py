"""Regular expressions of grammars, compiled when a text needs them."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import Protocol


class Matcher(Protocol):
    """A method of a compiled expression."""

    def __call__(self, string: str, pos: int = 0, /) -> re.Match[str] | None:
        """Match a text from a position."""


class Grammar:
    r"""A verbose regular expression that ignores case, compiled at its first use.

    Compiling takes a few milliseconds, and most runs need few of all grammars. ``pattern`` is a
    function if it needs a list of codes, which is read then, too.

    >>> Grammar(r"ISO [ ] (?P<number> \d+)").fullmatch("iso 9001")["number"]
    '9001'
    """

    def __init__(self, pattern: str | Callable[[], str], flags: int = 0) -> None:
        self._pattern = pattern
        self._flags = flags | re.VERBOSE | re.IGNORECASE

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The expression."""
        pattern = self._pattern if isinstance(self._pattern, str) else self._pattern()
        return re.compile(pattern, self._flags)

    # As attributes, so that later calls cost no more than those of a compiled expression.
    @cached_property
    def fullmatch(self) -> Matcher:
        """Match the whole text."""
        return self.compiled.fullmatch

    @cached_property
    def match(self) -> Matcher:
        """Match the beginning of a text, or from a position."""
        return self.compiled.match

"""Parameters in the address of a request: declared once, for reading and for describing them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from starlette.datastructures import QueryParams

from kg.web.errors import HttpError

LANGUAGES: Final = ("en", "zh")
_DIGITS: Final = 19
_FAR: Final = 1_000_000

Values: TypeAlias = Mapping[str, Any]
"""Values of parameters by name."""


@dataclass(frozen=True)
class Parameter:
    """A parameter of a route.

    ``kind`` is ``text`` or ``integer``, the latter at least ``minimum`` and at most ``maximum``. A
    parameter without ``default`` that is not ``required`` may be missing (None). ``choices`` are
    all values of a text. A ``repeated`` parameter may occur several times and reads as a tuple.
    """

    name: str
    description: str
    kind: str = "text"
    required: bool = False
    default: str | int | None = None
    minimum: int = 0
    maximum: int = 0
    choices: tuple[str, ...] = ()
    repeated: bool = False
    example: str = ""

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of its values."""
        schema: dict[str, Any] = {"type": "string"}
        if self.kind == "integer":
            schema = {"type": "integer", "minimum": self.minimum, "maximum": self.maximum}
        if self.choices:
            schema["enum"] = list(self.choices)
        if self.default is not None:
            schema["default"] = self.default
        if self.repeated:
            schema = {"type": "array", "items": schema}
            if self.required:
                schema["minItems"] = 1
        return schema

    def read(self, texts: list[str]) -> Any:
        """Return the value for the texts given; HttpError 400 if they aren't valid."""
        if self.repeated:
            if not texts and self.required:
                raise self._missing()
            return tuple(map(self._value, texts))
        if len(texts) > 1:
            raise HttpError(400, f"{self.name!r} is given {len(texts)} times: give it once")
        if texts:
            return self._value(texts[0])
        if self.required:
            raise self._missing()
        return self.default

    def _value(self, text: str) -> str | int:
        if self.kind == "text":
            if self.choices and text not in self.choices:
                choices = ", ".join(self.choices)
                raise HttpError(400, f"{self.name}={text}: give one of {choices}")
            return text
        if (
            text.isascii()
            and text.isdecimal()
            and len(text) < _DIGITS
            and self.minimum <= int(text) <= self.maximum
        ):
            return int(text)
        wanted = f"a whole number from {self.minimum} to {self.maximum}"
        raise HttpError(400, f"{self.name}={text}: give {wanted}")

    def _missing(self) -> HttpError:
        return HttpError(
            400,
            f"{self.name!r} is missing: {self.description[:1].lower()}"
            f"{self.description[1:].rstrip('.')}",
        )


LANG: Final = Parameter(
    "lang",
    "Language of labels and sentences; without it, the one that Accept-Language prefers.",
    choices=LANGUAGES,
)
AS_OF: Final = Parameter(
    "as_of",
    "A day, such as 2015-09-14: the answer as it stood then, from the dates that sources state.",
    default="",
)


LIMIT: Final = 100_000
"""Rows of the longest answer."""


def paging(default: int, maximum: int = LIMIT) -> tuple[Parameter, Parameter]:
    """Return the parameters of an answer that comes in pages.

    Files (CSV, TSV) hold all rows unless ``limit`` is given.
    """
    return (
        Parameter("limit", "Rows of a page.", "integer", False, default, 1, maximum),
        Parameter("offset", "Rows to skip.", "integer", False, 0, 0, _FAR),
    )


def read_parameters(
    query: QueryParams, parameters: Iterable[Parameter], sent: Values
) -> dict[str, Any]:
    """Return the values of all parameters by name; HttpError 400 for invalid or unknown ones.

    ``sent`` are values that the body of the request has given already.
    """
    known = {parameter.name: parameter for parameter in parameters}
    for name in query:
        if name not in known:
            parameters_ = ", ".join(known)
            raise HttpError(
                400, f"there is no parameter {name!r}: the parameters are {parameters_}"
            )
    return {
        name: sent[name] if name in sent else parameter.read(query.getlist(name))
        for name, parameter in known.items()
    }


def choose_language(lang: str | None, accepted: str) -> str:
    """Return the language asked for, or that of an Accept-Language header (RFC 9110, 12.5.4)."""
    if lang is not None:
        return lang
    weights: dict[str, float] = {}
    for item in accepted.split(","):
        tag, _, quality = item.strip().partition(";")
        primary = tag.strip().casefold().partition("-")[0]
        if primary in LANGUAGES:
            weights[primary] = max(weights.get(primary, 0.0), _quality(quality))
    best = max(LANGUAGES, key=lambda each: weights.get(each, 0.0))
    return best if weights.get(best) else LANGUAGES[0]


def _quality(text: str) -> float:
    name, _, value = text.strip().partition("=")
    if not text.strip():
        return 1.0
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0

"""Read the values of fields in every shape that Relaton's models have given them.

A field may be a text, a mapping or a list of either (relaton-bib, ``hash_parser_v1.rb``). A value
of another type costs the field, not the record, and is counted by its path.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from kg.sources.relaton.reading.yaml_reader import NonTextScalarError, YamlMapping

V = TypeVar("V")

_WRAPPERS: Final = ("content", "value")


@dataclass(slots=True)
class ShapeReader:
    """Reads values; ``lost`` counts those of an unexpected type by path.

    Every method takes the path of the value, with dots, and raises NonTextScalarError if a text has
    been read as a number or boolean. Null and empty lists and mappings are no values.
    """

    lost: Counter[str] = field(default_factory=Counter)

    def text(self, value: Any, path: str) -> str:
        """Return a scalar as text; empty for anything else."""
        if type(value) is str:
            return value
        if value is None:
            return ""
        if isinstance(value, bool | int | float):
            raise NonTextScalarError
        self._lose(value, path)
        return ""

    def texts(self, value: Any, path: str) -> list[str]:
        """Return a text, or all texts of a list."""
        texts = []
        for each in as_list(value):
            if isinstance(each, list | dict):
                self._lose(each, path)
            else:
                texts.append(self.text(each, path))
        return texts

    def wrapped(self, value: Any, path: str, keys: tuple[str, ...] = _WRAPPERS) -> str:
        """Return a text that may be in a mapping, under the first of ``keys``, or in a list."""
        if type(value) is str:
            return value
        if isinstance(value, list):
            first = self.only(value, path)
            return self.wrapped(first[0], path, keys) if first else ""
        if not isinstance(value, dict):
            return self.text(value, path)
        if not any(key in value for key in keys):
            self._lose(value, path)
        texts = (self.wrapped(value.get(key), f"{path}.{key}", keys) for key in keys)
        return next(filter(None, texts), "")

    def mappings(
        self, parent: YamlMapping, name: str, path: str = "", text: str = ""
    ) -> list[YamlMapping]:
        """Return a mapping, or all mappings of a list, in the field ``name`` of ``parent``.

        ``path`` is that of ``parent``. A text stands for a mapping with the key ``text``, if given.
        """
        value = parent.get(name)
        if value is None:
            return []
        if type(value) is list and all(type(each) is dict for each in value):
            return value
        found = []
        for each in as_list(value):
            if isinstance(each, dict):
                found.append(each)
            elif text and isinstance(each, str | bool | int | float):
                found.append({text: self.text(each, path)})
            else:
                self._lose(each, f"{path}.{name}" if path else name)
        return found

    def only(self, values: list[V], path: str) -> list[V]:
        """Return the first of the values of a field that has one; further ones are counted."""
        if len(values) > 1 and any(each != values[0] for each in values):
            self.lost[f"{path}: a further value is not read"] += 1
        return values[:1]

    def flag(self, value: Any, path: str) -> bool:
        """Return a boolean, which may have been read as text."""
        if value not in (True, False, "true", "false"):
            self._lose(value, path)
        return value in (True, "true")

    def _lose(self, value: Any, path: str) -> None:
        if value is None or (isinstance(value, dict | list | set) and not value):
            return
        kind = "mapping" if isinstance(value, dict) else "text"
        kind = "list" if isinstance(value, list | set) else kind
        self.lost[f"{path}: a {kind} is not read"] += 1


def as_list(value: Any) -> list[Any]:
    """Return a list as it is, any other value as the only one, and none for null."""
    if isinstance(value, list):
        return value
    return [] if value is None else [value]

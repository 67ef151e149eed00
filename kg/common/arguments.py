"""Check the arguments of public methods against their annotations."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from io import TextIOBase
from pathlib import Path
from typing import Any, Final, TypeVar

from kg.common.errors import ArgumentError

_Class = TypeVar("_Class", bound=type)

_TYPES: Final[dict[str, tuple[tuple[type, ...], str]]] = {
    "str": ((str,), "a string"),
    "int": ((int,), "a whole number"),
    "int | None": ((int, type(None)), "a whole number or None"),
    "str | None": ((str, type(None)), "a string or None"),
    "Path | str | None": ((Path, str, type(None)), "a path or None"),
}
"""What an annotation allows, and how an error says so; other annotations are not checked."""
_LISTS: Final[dict[str, tuple[type, str]]] = {
    "Iterable[str]": (str, "a list of strings"),
    "Collection[str]": (str, "a list of strings"),
    "Iterable[Path]": (Path, "a list of pathlib.Path"),
}


def check_arguments(class_: _Class) -> _Class:
    """Make the public methods of a class raise ArgumentError for arguments of a wrong type.

    Arguments that are iterables of a checked type reach the method as tuples.
    """
    for name, member in list(vars(class_).items()):
        if name.startswith("_"):
            continue
        if isinstance(member, classmethod):
            setattr(class_, name, classmethod(_checked(member.__func__)))
        elif inspect.isfunction(member):
            setattr(class_, name, _checked(member))
    return class_


def _checked(function: Callable[..., Any]) -> Callable[..., Any]:
    signature = inspect.signature(function)

    @wraps(function)
    def checked(*args: Any, **kwargs: Any) -> Any:
        bound = signature.bind(*args, **kwargs)
        for name, value in bound.arguments.items():
            parameter = signature.parameters[name]
            if parameter.kind is parameter.VAR_KEYWORD:
                for key, each in value.items():
                    _check(function.__name__, key, each, parameter.annotation)
            elif value is not None or parameter.default != "":
                # None has always meant the same as an empty filter.
                bound.arguments[name] = _check(function.__name__, name, value, parameter.annotation)
        return function(*bound.args, **bound.kwargs)

    return checked


def _check(function: str, name: str, value: Any, annotation: str) -> Any:
    """Return the value, an iterable as a tuple. ArgumentError if it has a wrong type."""
    if annotation in _TYPES:
        types, wanted = _TYPES[annotation]
        if not isinstance(value, types):
            raise ArgumentError(f"{function}: {name} is {_kind(value)}: give {wanted}")
    elif annotation in _LISTS:
        item, wanted = _LISTS[annotation]
        if isinstance(value, str | bytes) or not isinstance(value, Iterable):
            raise ArgumentError(f"{function}: {name} is {_kind(value)}: give {wanted}")
        value = tuple(value)
        for each in value:
            if not isinstance(each, item):
                raise ArgumentError(
                    f"{function}: an item of {name} is {_kind(each)}: give {wanted}"
                )
    elif annotation == "BinaryIO" and (
        isinstance(value, TextIOBase) or not hasattr(value, "write")
    ):
        raise ArgumentError(f"{function}: {name} is {_kind(value)}: give a file opened with 'wb'")
    return value


def _kind(value: object) -> str:
    return "None" if value is None else f"of type {type(value).__name__}"

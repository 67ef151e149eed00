"""A file of YAML -> a mapping of texts; what can't be read is told in one line.

Two readers give the same: ``yaml-rs`` (YAML 1.2), which is fast, and PyYAML over libyaml for the
few files in which a text looks like a number (``1.10``, ``012``), since it keeps all as text.
"""

from __future__ import annotations

import re
from typing import Any, Final, NoReturn

import yaml
import yaml_rs

Mapping = dict[str, Any]

LARGEST: Final = 16_000_000
"""Bytes of a record; the largest that is known has a tenth of that."""

_NO_ALIASES: Final = yaml_rs.AliasLimits(0, 0, 0)
_LINE: Final = re.compile(r"line (\d+)")
_CONTROLS: Final = bytes({*range(0x20)} - {*b"\t\n\r"})
_CONTROL: Final = re.compile(f"[{re.escape(_CONTROLS.decode())}]")
_NULL: Final = re.compile(r"(?:~|null|Null|NULL|)\Z")


class RecordError(ValueError):
    """What is wrong with a record: ``reason`` in a word or two, the line, what is wrong there."""

    def __init__(self, reason: str, detail: str, line: int = 0) -> None:
        super().__init__(detail)
        self.reason = reason
        self.line = line


class NoText(Exception):  # noqa: N818
    """A text came as a number or a truth value: the file is to be read as texts only."""


def decode(data: bytes) -> str:
    """The text of a file. RecordError for one that is too large, or is not UTF-8."""
    if len(data) > LARGEST:
        raise RecordError("too large", f"{len(data)} bytes, more than {LARGEST}: no record is")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RecordError("wrong encoding", "not UTF-8 but UTF-16: convert it to UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        detail = f"not UTF-8 at byte {error.start}: convert it (from GB18030, perhaps)"
        raise RecordError("wrong encoding", detail, line) from error
    # yaml-rs takes a control character for the end of the file.
    # To take them out of the bytes finds them ten times faster than to look for the first.
    if len(data.translate(None, _CONTROLS)) < len(data) and (control := _CONTROL.search(text)):
        line = text.count("\n", 0, control.start()) + 1
        _broken(f"control character U+{ord(control[0]):04X}: take it out", line)
    return text


def read(text: str) -> Mapping:
    """Read a record. RecordError for what is no YAML, has a key twice or an alias, or no mapping.

    Scalars may come as numbers or truth values, see :class:`NoText`.
    """
    try:
        found = yaml_rs.loads(text, parse_datetime=False, alias_limits=_NO_ALIASES)
    except yaml_rs.YAMLDecodeError as error:
        _refuse(str(error), text)
    return _mapping(found)


def read_as_texts(text: str) -> Mapping:
    """Read a record with all scalars as texts, but for null. RecordError as for :func:`read`."""
    try:
        found = yaml.load(text, _Texts)  # noqa: S506
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        _broken(getattr(error, "problem", None) or str(error), mark.line + 1 if mark else 0)
    return _mapping(found)


def _mapping(found: object) -> Mapping:
    if isinstance(found, dict):
        return found
    if found is None:
        raise RecordError("no record", "the file is empty: get it again")
    detail = f"a {type(found).__name__} where a mapping of fields is expected: it is no record"
    raise RecordError("no record", detail)


def _refuse(message: str, text: str) -> NoReturn:
    first, *others = message.split("\n")
    found = _LINE.search(first)
    line = int(found[1]) if found else 0
    if "alias" in first:
        raise RecordError("alias", "an alias (*name): write out what it stands for", line)
    if first.startswith("duplicate mapping key"):
        # The other reader knows the line.
        read_as_texts(text)
    what = next((o.lstrip("| ^").strip() for o in reversed(others) if o.strip(" |^")), first)
    cut = " (the file is cut off?)" if "unclosed" in what or "end of" in what else ""
    _broken(what.rstrip(".") + cut, line)


def _broken(what: str, line: int) -> NoReturn:
    raise RecordError("broken YAML", f"{what}: correct the file", line)


class _Texts(yaml.CBaseLoader):
    """Keeps scalars as texts, and refuses a key that stands twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        pairs = [(self.construct_object(k, deep=True), v) for k, v in node.value]
        keys = [str(key) for key, _ in pairs]
        if len(set(keys)) < len(keys):
            twice = next(key for key in keys if keys.count(key) > 1)
            line = node.start_mark.line + 1
            raise RecordError("duplicate key", f"the key {twice!r} stands twice: leave one", line)
        return {key: self.construct_object(value, deep=True) for key, value in pairs}


def _null(loader: yaml.CBaseLoader, node: yaml.ScalarNode) -> None:
    return None


_Texts.add_implicit_resolver("tag:yaml.org,2002:null", _NULL, ["~", "n", "N", ""])
_Texts.add_constructor("tag:yaml.org,2002:null", _null)

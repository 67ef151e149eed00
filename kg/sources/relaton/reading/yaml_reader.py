"""Read a YAML file as a mapping of texts.

Two parsers with equal results are used: ``yaml-rs`` (YAML 1.2) is fast; PyYAML with libyaml, which
keeps all scalars as text, reads the few files in which a text looks like a number (``1.10``,
``012``).
"""

from __future__ import annotations

import base64
import re
from typing import Any, Final, NoReturn

import yaml
import yaml_rs

from kg.sources.record_batch import RecordError

YamlMapping = dict[str, Any]

MAX_BYTES: Final = 16_000_000
"""Maximum size of a record in bytes; the largest known record has a tenth of it."""

_NO_ALIASES: Final = yaml_rs.AliasLimits(0, 0, 0)
_LINE: Final = re.compile(r"line (\d+)")
_CONTROLS: Final = bytes({*range(0x20)} - {*b"\t\n\r"})
_CONTROL: Final = re.compile(f"[{re.escape(_CONTROLS.decode())}]")
_BINARY_TAG: Final = "!binary"
"""The tag as Ruby writes it; that of YAML, ``!!binary``, contains it."""
_NULL: Final = re.compile(r"(?:~|null|Null|NULL|)\Z")


class NonTextScalarError(Exception):
    """The fast parser has read a text as a number or boolean; use the other parser."""


def decode_yaml(data: bytes) -> str:
    """Decode a file; RecordError if it is too large, not UTF-8, or has control characters."""
    if len(data) > MAX_BYTES:
        raise RecordError("too large", f"{len(data)} bytes, more than the maximum of {MAX_BYTES}")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RecordError("wrong encoding", "not UTF-8 but UTF-16: convert it to UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        detail = f"not UTF-8 at byte {error.start}: convert it (from GB18030, perhaps)"
        raise RecordError("wrong encoding", detail, line) from error
    # yaml-rs mistakes a control character for the end of the file. Deleting them from the bytes
    # detects them ten times as fast as searching.
    if len(data.translate(None, _CONTROLS)) < len(data) and (control := _CONTROL.search(text)):
        line = text.count("\n", 0, control.start()) + 1
        _broken(f"control character U+{ord(control[0]):04X}: remove it", line)
    return text


def read_yaml(text: str) -> YamlMapping:
    """Read a record; scalars may be numbers or booleans, see ``NonTextScalarError``.

    Raises RecordError for invalid YAML, a duplicate key, an alias, and anything but a mapping.
    """
    if _BINARY_TAG in text:
        # The fast parser drops the tag and keeps the code.
        return read_yaml_as_text(text)
    try:
        document = yaml_rs.loads(text, parse_datetime=False, alias_limits=_NO_ALIASES)
    except yaml_rs.YAMLDecodeError as error:
        if str(error).startswith("duplicate mapping key"):
            # The other parser reports the line; it tells 1 from true, which this one doesn't.
            return read_yaml_as_text(text)
        _refuse(str(error))
    return _mapping(document)


def read_yaml_as_text(text: str) -> YamlMapping:
    """Read a record with all scalars but null as texts; RecordError as for :func:`read_yaml`."""
    try:
        document = yaml.load(text, _TextLoader)  # noqa: S506
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        _broken(getattr(error, "problem", None) or str(error), mark.line + 1 if mark else 0)
    except RecursionError:
        _broken("nested too deeply", 0)
    return _mapping(document)


def _mapping(document: object) -> YamlMapping:
    if isinstance(document, dict):
        return document
    if document is None:
        raise RecordError("no record", "the file is empty: get it again")
    detail = f"a {type(document).__name__} where a mapping of fields is expected: not a record"
    raise RecordError("no record", detail)


def _refuse(message: str) -> NoReturn:
    first, *others = message.split("\n")
    match = _LINE.search(first)
    line = int(match[1]) if match else 0
    if "alias" in first:
        raise RecordError("alias", "an alias (*name): write out what it stands for", line)
    what = next((o.lstrip("| ^").strip() for o in reversed(others) if o.strip(" |^")), first)
    cut = " (the file is cut off?)" if "unclosed" in what or "end of" in what else ""
    _broken(what.rstrip(".") + cut, line)


def _broken(what: str, line: int) -> NoReturn:
    raise RecordError("broken YAML", f"{what}: correct the file", line)


class _TextLoader(yaml.CBaseLoader):
    """Keeps scalars as texts, and refuses duplicate keys."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        pairs = [(self.construct_object(k, deep=True), v) for k, v in node.value]
        keys = [str(key) for key, _ in pairs]
        if len(set(keys)) < len(keys):
            twice = next(key for key in keys if keys.count(key) > 1)
            line = node.start_mark.line + 1
            raise RecordError("duplicate key", f"the key {twice!r} occurs twice: remove one", line)
        values = [self.construct_object(value, deep=True) for _, value in pairs]
        return dict(zip(keys, values, strict=True))


def _null(loader: yaml.CBaseLoader, node: yaml.ScalarNode) -> None:
    return None


def _decode_binary(loader: yaml.CBaseLoader, node: yaml.ScalarNode) -> str:
    """Return the text of a ``!binary`` scalar, as Ruby writes texts that it took for bytes."""
    try:
        return base64.b64decode(node.value, validate=False).decode("utf-8")
    except ValueError:
        _broken("!binary that is no text in UTF-8", node.start_mark.line + 1)


_TextLoader.add_implicit_resolver("tag:yaml.org,2002:null", _NULL, ["~", "n", "N", ""])
_TextLoader.add_constructor("tag:yaml.org,2002:null", _null)
for _tag in (_BINARY_TAG, "tag:yaml.org,2002:binary"):
    _TextLoader.add_constructor(_tag, _decode_binary)

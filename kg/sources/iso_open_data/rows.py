"""Read the rows of a table of ISO Open Data, CSV or JSON Lines, with their line numbers.

CSV follows RFC 4180, with dotted names for nested values (``title.en``) and lists in brackets
(``[a, b]``). Rows of both formats become mappings from dotted names to texts or lists of texts;
empty and null values become empty texts.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from kg.common.errors import SourceError
from kg.common.files import decode_utf8
from kg.common.json_lines import json_lines
from kg.sources.record_batch import RecordError, Reject

MAX_CELL_LENGTH: Final = 16_000_000
"""Maximum number of characters in a cell; the default of the csv module is 131,072."""

_MAX_QUOTED: Final = 60
"""Maximum number of characters of an invalid value in a message."""

Value = str | list[str]


@dataclass(frozen=True)
class SourceRow:
    """The values of a row by name, and the line on which it begins."""

    line: int
    values: Mapping[str, Value]

    def text(self, name: str) -> str:
        """Return the text of a field, or an empty text; RecordError for a list."""
        value = self.values.get(name, "")
        if isinstance(value, list):
            raise RecordError("unreadable value", f"{name} is a list where one value is expected")
        return value.strip()

    def texts(self, name: str) -> list[str]:
        """Return the texts of a list, including empty ones; a single value counts as a list."""
        value = self.values.get(name, "")
        if isinstance(value, list):
            return [each.strip() for each in value]
        return [value.strip()] if value.strip() else []

    def numbers(self, name: str) -> list[str]:
        """Return the ids of a list; RecordError for a value that is not a number."""
        return [_number(name, each) for each in self.texts(name)]

    def number(self, name: str) -> str:
        """Return an id, or an empty text; RecordError for a value that is not a number."""
        value = self.text(name)
        return _number(name, value) if value else ""


def quoted(value: str) -> str:
    """Quote an invalid value for a message, on one line, shortened if it is long."""
    return repr(value if len(value) <= _MAX_QUOTED else value[:_MAX_QUOTED] + "…")


def _number(name: str, value: str) -> str:
    if value.isascii() and value.isdigit():
        return value
    raise RecordError("unreadable value", f"{name} is {quoted(value)}, where a number is expected")


def read_rows(
    path: str, data: bytes, lists: Collection[str], required: Collection[str]
) -> Iterator[SourceRow | Reject]:
    """Yield the rows of a table; a Reject in place of a row that can't be read.

    ``path`` names the table; JSON Lines end in .jsonl, .ndjson or .json, everything else is CSV.
    ``lists`` are the fields with several values, ``required`` those that can't be missing.
    Raises SourceError if the table as a whole can't be read.
    """
    text = decode_utf8(data, path)
    if path.lower().endswith((".jsonl", ".ndjson", ".json")):
        yield from _json_lines(path, text, lists, required)
    else:
        yield from _csv_rows(path, text, lists, required)


def reject_row(path: str, row: SourceRow, error: RecordError) -> Reject:
    """Return the reject of a row with invalid values."""
    value = row.values.get("reference", "")
    name = value if isinstance(value, str) else ""
    suffix = f" ({name})" if name else ""
    place = f"{path}:{row.line}"
    return Reject(name, place, error.reason, f"{place}: {error}{suffix}")


def reject_line(rejected: Reject) -> int:
    """Return the line number of a rejected row, as a sort key."""
    return int(rejected.place.rpartition(":")[2])


def _csv_rows(
    path: str, text: str, lists: Collection[str], required: Collection[str]
) -> Iterator[SourceRow | Reject]:
    with _large_cells():
        # Keep line ends: cells contain some.
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        names = _header(path, reader, required)
        line = reader.line_num + 1
        while True:
            begin, line = line, 0
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                line = reader.line_num + 1
                if "unexpected end of data" in str(error):
                    raise SourceError(
                        f"{path}:{begin}: a quote that opens in this row never closes: the file"
                        " is cut off or damaged; get it again"
                    ) from error
                yield _broken_row(path, begin, f"{error}: correct the quotes in the row")
                continue
            line = reader.line_num + 1
            if not cells:
                continue
            if len(cells) != len(names):
                detail = f"{len(cells)} cells, where the header names {len(names)}: correct the row"
                yield _broken_row(path, begin, detail, cells[0])
                continue
            yield SourceRow(
                begin, {n: _cell(n, c, lists) for n, c in zip(names, cells, strict=True)}
            )


@contextmanager
def _large_cells() -> Iterator[None]:
    before = csv.field_size_limit(MAX_CELL_LENGTH)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _header(path: str, reader: Iterator[list[str]], required: Collection[str]) -> list[str]:
    try:
        names = [name.strip() for name in next(reader, [])]
    except csv.Error as error:
        raise SourceError(f"{path}:1: the header can't be read: {error}") from error
    if missing := [name for name in required if name not in names]:
        raise SourceError(f"{path}:1: no column {missing[0]!r}: this is another table")
    if twice := [name for name in names if names.count(name) > 1]:
        raise SourceError(f"{path}:1: two columns are called {twice[0]!r}: rename one")
    return names


def _cell(name: str, cell: str, lists: Collection[str]) -> Value:
    if name not in lists:
        return "" if cell == "null" else cell
    inside = cell.strip()
    if not (inside.startswith("[") and inside.endswith("]")):
        return [inside] if inside else ""
    parts = [part.strip() for part in inside[1:-1].split(",")]
    return [_unquoted(part) for part in parts] if inside[1:-1].strip() else []


def _unquoted(part: str) -> str:
    if len(part) > 1 and part[0] == part[-1] and part[0] in "'\"":
        return part[1:-1]
    return "" if part in {"null", "None"} else part


def _json_lines(
    path: str, text: str, lists: Collection[str], required: Collection[str]
) -> Iterator[SourceRow | Reject]:
    for line, line_text in json_lines(text):
        try:
            record = json.loads(
                line_text, object_pairs_hook=_unique_keys, parse_constant=_refuse_constant
            )
            if not isinstance(record, dict):
                _refuse("not a JSON object")
            values: dict[str, Value] = {}
            _flatten(record, "", lists, values)
        except RecordError as error:
            yield Reject("", f"{path}:{line}", error.reason, f"{path}:{line}: {error}")
        except json.JSONDecodeError as error:
            cut = " (the file is cut off?)" if error.pos >= len(line_text.rstrip()) else ""
            yield _broken_row(path, line, f"invalid JSON at column {error.colno}: {error.msg}{cut}")
        except (ValueError, RecursionError) as error:
            yield _broken_row(path, line, f"unreadable JSON: {error}")
        else:
            if missing := [name for name in required if not values.get(name)]:
                yield _broken_row(path, line, f"no field {missing[0]!r}: correct the row")
                continue
            yield SourceRow(line, values)


def _flatten(
    record: Mapping[str, Any], prefix: str, lists: Collection[str], values: dict[str, Value]
) -> None:
    for key, value in record.items():
        name = prefix + key
        if isinstance(value, dict):
            _flatten(value, name + ".", lists, values)
        elif isinstance(value, list):
            _flatten_list(value, name, lists, values)
        else:
            values[name] = _scalar(name, value)


def _flatten_list(
    items: list[Any], name: str, lists: Collection[str], values: dict[str, Value]
) -> None:
    """Store a list of texts as it is, and a list of objects as a list for each of their fields."""
    if not any(isinstance(each, dict) for each in items):
        values[name] = [_scalar(name, each) for each in items]
        return
    fields = dict.fromkeys(key for each in items if isinstance(each, dict) for key in each)
    for each in items:
        if not isinstance(each, dict):
            raise RecordError("unreadable value", f"{name} mixes objects and plain values")
    for field in fields:
        column = f"{name}.{field}"
        values[column] = [_scalar(column, each.get(field)) for each in items]


def _scalar(name: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise RecordError("unreadable value", f"{name} contains a lone surrogate") from error
        return value
    if isinstance(value, bool | float | list | dict):
        kind = type(value).__name__
        raise RecordError("unreadable value", f"{name} holds a {kind} where a text is expected")
    return str(value)


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise RecordError("duplicate key", f"the key {twice!r} occurs twice: remove one")
    return record


def _refuse_constant(text: str) -> NoReturn:
    _refuse(f"{text} is not valid JSON")


def _refuse(detail: str) -> NoReturn:
    raise RecordError("broken row", f"{detail}: correct the row")


def _broken_row(path: str, line: int, detail: str, record: str = "") -> Reject:
    return Reject(record, f"{path}:{line}", "broken row", f"{path}:{line}: {detail}")

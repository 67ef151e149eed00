"""The rows of a table of ISO Open Data, CSV or JSON Lines: both in one form, with their lines.

CSV follows RFC 4180; ISO writes a nested value as ``title.en`` and a list as ``[a, b]`` there. A
row of either form is a mapping of such dotted names to texts or lists of texts; what is empty or
null is an empty text.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from kg.common.errors import KgError
from kg.sources.record_batch import Reject

LONGEST: Final = 16_000_000
"""Signs that a cell may hold; the csv module allows 131,072 unless told otherwise."""

_SHOWN: Final = 60
"""Signs of a wrong value that a message shows."""

Value = str | list[str]


class RowError(ValueError):
    """What is wrong with a row: ``reason`` in a word or two, and the detail with what to do."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


@dataclass(frozen=True)
class Row:
    """A row and the line on which it begins."""

    line: int
    values: Mapping[str, Value]

    def text(self, name: str) -> str:
        """The text of a field; empty if the row has none. RowError for a list."""
        value = self.values.get(name, "")
        if isinstance(value, list):
            raise RowError("unreadable value", f"{name} is a list where one value is expected")
        return value.strip()

    def texts(self, name: str) -> list[str]:
        """The texts of a list, empty ones among them; a lone value is a list of one."""
        value = self.values.get(name, "")
        if isinstance(value, list):
            return [each.strip() for each in value]
        return [value.strip()] if value.strip() else []

    def numbers(self, name: str) -> list[str]:
        """The ids of a list. RowError for what is no number."""
        return [_number(name, each) for each in self.texts(name)]

    def number(self, name: str) -> str:
        """An id, or an empty text. RowError for what is no number."""
        value = self.text(name)
        return _number(name, value) if value else ""


def shown(value: str) -> str:
    """A wrong value as a message shows it: quoted, on one line, cut if it is long."""
    return repr(value if len(value) <= _SHOWN else value[:_SHOWN] + "…")


def _number(name: str, value: str) -> str:
    if value.isascii() and value.isdigit():
        return value
    raise RowError("unreadable value", f"{name} is {shown(value)}, where a number is expected")


def read(
    path: str, data: bytes, lists: Collection[str], required: Collection[str]
) -> Iterator[Row | Reject]:
    """The rows of a table, each as it is, or as a reject that says why it can't be read.

    ``path`` names the table; JSON Lines end in .jsonl or .ndjson, all else is CSV. ``lists`` are
    the fields that hold several values, ``required`` those without which it is another table.
    Raises KgError where the table as a whole can't be read.
    """
    text = decode(path, data)
    if path.lower().endswith((".jsonl", ".ndjson", ".json")):
        yield from _json_lines(path, text, lists, required)
    else:
        yield from _csv_rows(path, text, lists, required)


def decode(path: str, data: bytes) -> str:
    """The text of a file, its byte order mark taken off; KgError for what is not UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:_SHOWN]:
        raise KgError(f"{path}: not UTF-8 but UTF-16: convert it to UTF-8")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise KgError(
            f"{path}:{line}: not UTF-8 at byte {error.start}: convert it (from GB18030, perhaps)"
        ) from error


def reject(path: str, row: Row, error: RowError) -> Reject:
    """The reject of a row that could be read and not be understood."""
    value = row.values.get("reference", "")
    name = value if isinstance(value, str) else ""
    said = f" ({name})" if name else ""
    place = f"{path}:{row.line}"
    return Reject(name, place, error.reason, f"{place}: {error}{said}")


def line_of(rejected: Reject) -> int:
    """The line of a rejected row, to list rejects in the order of the table."""
    return int(rejected.place.rpartition(":")[2])


def _csv_rows(
    path: str, text: str, lists: Collection[str], required: Collection[str]
) -> Iterator[Row | Reject]:
    with _huge_cells():
        # The reader must see line ends as they are, since cells hold some.
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
                    raise KgError(
                        f"{path}:{begin}: a quote that opens in this row never closes: the file"
                        " is cut off or damaged; get it again"
                    ) from error
                yield _broken(path, begin, f"{error}: correct the quotes of the row")
                continue
            line = reader.line_num + 1
            if not cells:
                continue
            if len(cells) != len(names):
                detail = f"{len(cells)} cells, where the header names {len(names)}: correct the row"
                yield _broken(path, begin, detail, cells[0])
                continue
            yield Row(begin, {n: _cell(n, c, lists) for n, c in zip(names, cells, strict=True)})


@contextmanager
def _huge_cells() -> Iterator[None]:
    before = csv.field_size_limit(LONGEST)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _header(path: str, reader: Iterator[list[str]], required: Collection[str]) -> list[str]:
    try:
        names = [name.strip() for name in next(reader, [])]
    except csv.Error as error:
        raise KgError(f"{path}:1: the header can't be read: {error}") from error
    if missing := [name for name in required if name not in names]:
        raise KgError(f"{path}:1: no column {missing[0]!r}: this is not the table it is taken for")
    if twice := [name for name in names if names.count(name) > 1]:
        raise KgError(f"{path}:1: two columns are called {twice[0]!r}: rename one")
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
) -> Iterator[Row | Reject]:
    # Not splitlines(), which also cuts at signs that may stand inside a JSON text.
    for line, written in enumerate(text.split("\n"), 1):
        if not written.strip():
            continue
        try:
            found = json.loads(written, object_pairs_hook=_once, parse_constant=_no_number)
            if not isinstance(found, dict):
                _refuse("no JSON object")
            values: dict[str, Value] = {}
            _flatten(found, "", lists, values)
        except RowError as error:
            yield Reject("", f"{path}:{line}", error.reason, f"{path}:{line}: {error}")
        except json.JSONDecodeError as error:
            cut = " (the file is cut off?)" if error.pos >= len(written.rstrip()) else ""
            yield _broken(path, line, f"no JSON at column {error.colno}: {error.msg}{cut}")
        except (ValueError, RecursionError) as error:
            yield _broken(path, line, f"no JSON that can be read: {error}")
        else:
            if missing := [name for name in required if not values.get(name)]:
                yield _broken(path, line, f"no field {missing[0]!r}: correct the row")
                continue
            yield Row(line, values)


def _flatten(
    found: Mapping[str, Any], prefix: str, lists: Collection[str], values: dict[str, Value]
) -> None:
    for key, value in found.items():
        name = prefix + key
        if isinstance(value, dict):
            _flatten(value, name + ".", lists, values)
        elif isinstance(value, list):
            _flatten_list(value, name, lists, values)
        else:
            values[name] = _scalar(name, value)


def _flatten_list(
    found: list[Any], name: str, lists: Collection[str], values: dict[str, Value]
) -> None:
    """A list of texts as it is; one of objects as a list for each of their fields."""
    if not any(isinstance(each, dict) for each in found):
        values[name] = [_scalar(name, each) for each in found]
        return
    fields = dict.fromkeys(key for each in found if isinstance(each, dict) for key in each)
    for each in found:
        if not isinstance(each, dict):
            raise RowError("unreadable value", f"{name} mixes objects and plain values")
    for field in fields:
        column = f"{name}.{field}"
        values[column] = [_scalar(column, each.get(field)) for each in found]


def _scalar(name: str, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise RowError("unreadable value", f"{name} holds half a sign (surrogate)") from error
        return value
    if isinstance(value, bool | float | list | dict):
        kind = type(value).__name__
        raise RowError("unreadable value", f"{name} holds a {kind} where a text is expected")
    return str(value)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise RowError("duplicate key", f"the key {twice!r} stands twice: leave one")
    return found


def _no_number(text: str) -> NoReturn:
    _refuse(f"{text} is no JSON")


def _refuse(detail: str) -> NoReturn:
    raise RowError("broken row", f"{detail}: correct the row")


def _broken(path: str, line: int, detail: str, record: str = "") -> Reject:
    return Reject(record, f"{path}:{line}", "broken row", f"{path}:{line}: {detail}")

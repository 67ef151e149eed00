"""The headers of query files, in which a query says what it is for.

They are written as grlc does (https://grlc.io): the lines at the top of a SPARQL file that begin
with ``#+`` are YAML. All values are read as strings; equal keys, anchors and tags are refused.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from kg.common.bilingual import Text
from kg.common.errors import KgError


@dataclass(frozen=True)
class Header:
    """Reads the YAML of one file's header so that every error knows its line."""

    path: Path

    def wrong(self, node: yaml.Node | yaml.Token, what: str) -> KgError:
        """An error at the line of a node."""
        return KgError(f"{self.path}:{node.start_mark.line + 1}: {what}")

    def compose(self, text: str) -> yaml.Node:
        """The header of a query: its lines that begin with ``#+``, at the top.

        The other lines stay as empty ones, so that every error has its line.
        """
        lines: list[str] = []
        query = False
        for number, line in enumerate(text.split("\n"), 1):
            query = query or (bool(line.strip()) and not line.startswith("#"))
            if line.startswith("#+") and (query or line[2:3].strip()):
                raise KgError(f"{self.path}:{number}: begin a header line with '#+ ', at the top")
            lines.append(line[3:] if line.startswith("#+") else "")
        header, loader = "\n".join(lines), getattr(yaml, "CBaseLoader", yaml.BaseLoader)
        try:
            for token in yaml.scan(header, loader):
                if isinstance(token, yaml.AnchorToken | yaml.AliasToken | yaml.TagToken):
                    raise self.wrong(token, "a header has no anchors, aliases and tags")
            node = yaml.compose(header, loader)
        except yaml.YAMLError as error:
            mark, problem = (getattr(error, name, None) for name in ("problem_mark", "problem"))
            place = f"{self.path}:{mark.line + 1 if mark else 1}"
            raise KgError(f"{place}: not YAML: {problem or error}") from error
        if node is None:
            raise KgError(f"{self.path}:1: no header; begin with lines such as '#+ title: ...'")
        return node

    def mapping(self, node: yaml.Node, required: str, optional: str = "") -> dict[str, yaml.Node]:
        """The fields of a mapping: all the required ones, no others than these and the optional."""
        fields = (*required.split(), *optional.split())
        if not isinstance(node, yaml.MappingNode):
            raise self.wrong(node, f"give the fields {', '.join(fields)}")
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = self.one_of(key, fields)
            if name in found:
                raise self.wrong(key, f"{name!r} stands twice")
            found[name] = value
        for name in required.split():
            if name not in found:
                raise self.wrong(node, f"{name!r} is missing")
        return found

    def items(self, node: yaml.Node) -> list[yaml.Node]:
        """The items of a list."""
        if not isinstance(node, yaml.SequenceNode):
            raise self.wrong(node, "give a list, such as [a, b]")
        return list(node.value)

    def string(self, node: yaml.Node) -> str:
        """A text that is not empty, without white space around it."""
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            raise self.wrong(node, "give a text that is not empty")
        return str(node.value).strip()

    def one_of(self, node: yaml.Node, choices: Iterable[str]) -> str:
        """A text that is one of the choices."""
        value = self.string(node)
        if value not in choices:
            raise self.wrong(node, f"{value!r} is none of {', '.join(choices)}")
        return value

    def text(self, node: yaml.Node) -> Text:
        """A text in both languages."""
        both = self.mapping(node, "en zh")
        return Text(**{lang: self.string(value) for lang, value in both.items()})


def read_text(path: Path) -> str:
    """The text of a query file; KgError when it is not UTF-8 or its name is none for a query."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            text = file.read()
    except UnicodeDecodeError as error:
        raise KgError(f"{path}: not UTF-8 ({error.reason}); save it as UTF-8") from error
    if not re.fullmatch(r"[a-z][a-z0-9-]*", path.stem):
        raise KgError(f"{path}: name the file in small letters, digits and hyphens")
    return text


def files(folder: Path, what: str) -> list[Path]:
    """The query files right in a folder, by name; KgError when there is no such folder.

    ``what`` they are, in one word, is for the error.
    """
    if not folder.is_dir():
        raise KgError(f"{folder}: no such folder of {what}s")
    return sorted(folder.glob("*.rq"))


def find_file(folder: Path, name: str, what: str) -> Path:
    """The query file of that name in a folder; KgError with the nearest names if there is none."""
    known = {file.stem: file for file in files(folder, what)}
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=5, cutoff=0.5)
    hint = f"nearest: {', '.join(near)}" if near else f"there are: {', '.join(known) or 'none'}"
    raise KgError(f"no {what} is called {name!r}; {hint}")

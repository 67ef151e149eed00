"""Reads the headers of query files.

As in grlc (https://grlc.io), the lines at the top of a SPARQL file that begin with ``#+`` are YAML.
All values are strings; duplicate keys, anchors and tags are rejected.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from kg.common.bilingual import Text
from kg.common.errors import QueryError


@dataclass(frozen=True)
class HeaderReader:
    """Reads the YAML header of a file; every error names file and line."""

    path: Path

    def error(self, node: yaml.Node | yaml.Token, message: str) -> QueryError:
        """Make an error at the line of a node."""
        return QueryError(f"{self.path}:{node.start_mark.line + 1}: {message}")

    def read(self) -> yaml.Node:
        """Parse the whole file as YAML."""
        return self.compose(self.path.read_text(encoding="utf-8"))

    def parse(self, text: str) -> yaml.Node:
        """Parse the header of a query: its lines that begin with ``#+``, at the top."""
        lines: list[str] = []
        in_query = False
        for number, line in enumerate(text.split("\n"), 1):
            in_query = in_query or (bool(line.strip()) and not line.startswith("#"))
            if line.startswith("#+") and (in_query or line[2:3].strip()):
                raise QueryError(
                    f"{self.path}:{number}: begin a header line with '#+ ', at the top"
                )
            # Other lines become empty, so that line numbers stay right.
            lines.append(line[3:] if line.startswith("#+") else "")
        return self.compose("\n".join(lines))

    def compose(self, text: str) -> yaml.Node:
        """Parse a text as YAML without anchors, aliases and tags."""
        loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
        try:
            for token in yaml.scan(text, loader):
                if isinstance(token, yaml.AnchorToken | yaml.AliasToken | yaml.TagToken):
                    raise self.error(token, "anchors, aliases and tags are not allowed in a header")
            node = yaml.compose(text, loader)
        except yaml.YAMLError as error:
            mark, problem = (getattr(error, name, None) for name in ("problem_mark", "problem"))
            line_number = mark.line + 1 if mark else 1
            raise QueryError(f"{self.path}:{line_number}: not YAML: {problem or error}") from error
        if node is None:
            raise QueryError(f"{self.path}:1: no header; begin with lines such as '#+ title: ...'")
        return node

    def mapping(self, node: yaml.Node, required: str, optional: str = "") -> dict[str, yaml.Node]:
        """Return the fields of a mapping by name.

        ``required`` and ``optional`` are names separated by spaces; other fields are errors.
        """
        names = (*required.split(), *optional.split())
        if not isinstance(node, yaml.MappingNode):
            raise self.error(node, f"give the fields {', '.join(names)}")
        fields: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = self.choice(key, names)
            if name in fields:
                raise self.error(key, f"{name!r} is given twice")
            fields[name] = value
        for name in required.split():
            if name not in fields:
                raise self.error(node, f"{name!r} is missing")
        return fields

    def items(self, node: yaml.Node) -> list[yaml.Node]:
        """Return the items of a list."""
        if not isinstance(node, yaml.SequenceNode):
            raise self.error(node, "give a list, such as [a, b]")
        return list(node.value)

    def string(self, node: yaml.Node) -> str:
        """Return a string without white space around it; it must not be empty."""
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            raise self.error(node, "give a non-empty text")
        return str(node.value).strip()

    def choice(self, node: yaml.Node, choices: Iterable[str]) -> str:
        """Return a string that is one of the choices."""
        value = self.string(node)
        if value not in choices:
            raise self.error(node, f"{value!r} is not one of {', '.join(choices)}")
        return value

    def text(self, node: yaml.Node) -> Text:
        """Return a text in both languages."""
        fields = self.mapping(node, "en zh")
        return Text(**{lang: self.string(value) for lang, value in fields.items()})


def read_query_text(path: Path) -> str:
    """Read a query file; QueryError if it is not UTF-8 or its name is invalid."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            text = file.read()
    except UnicodeDecodeError as error:
        raise QueryError(f"{path}: not UTF-8 ({error.reason}); save it as UTF-8") from error
    if not re.fullmatch(r"[a-z][a-z0-9-]*", path.stem):
        raise QueryError(f"{path}: name the file in small letters, digits and hyphens")
    return text


def query_files(folder: Path, kind: str) -> list[Path]:
    """Return the query files of a folder by name, without subfolders.

    ``kind`` (``question``, ``view``) is named in the QueryError for a missing folder.
    """
    if not folder.is_dir():
        raise QueryError(f"{folder}: no such folder of {kind}s")
    return sorted(folder.glob("*.rq"))


def find_query_file(folder: Path, name: str, kind: str) -> Path:
    """Return the query file with a name; the QueryError for a missing one lists similar names."""
    known = {file.stem: file for file in query_files(folder, kind)}
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=5, cutoff=0.5)
    hint = f"nearest: {', '.join(near)}" if near else f"there are: {', '.join(known) or 'none'}"
    raise QueryError(f"no {kind} is called {name!r}; {hint}")

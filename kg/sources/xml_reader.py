"""Read untrusted XML with Python's own parser (expat).

A DOCTYPE is refused as soon as it begins, so that no entity can be declared that expands without
bound or reads a file (OWASP, XML External Entity Prevention).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Final, NoReturn
from xml.parsers import expat

from kg.common.errors import SourceError

_MAX_DEPTH: Final = 1000
"""The engine takes time and memory that grow with the square of the depth."""
_DOCTYPE: Final = "a DOCTYPE, which could declare entities: remove it"


@dataclass
class XmlElement:
    """An element: its name, first line, attributes, text and children."""

    name: str
    line: int
    attributes: dict[str, str]
    text: str = ""
    children: list[XmlElement] = field(default_factory=list)

    def named(self, name: str) -> Iterator[XmlElement]:
        """Yield the children with a name."""
        return (child for child in self.children if child.name == name)

    def text_of(self, name: str) -> str:
        """Return the text of the first child with a name; empty without such a child."""
        return next((child.text.strip() for child in self.named(name)), "")


def read_xml(path: str, data: bytes) -> XmlElement:
    """Return the root element; names keep their prefixes.

    Raises SourceError with file and line for a DOCTYPE and for XML that is not well-formed.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    open_: list[XmlElement] = [XmlElement("", 0, {})]

    def begin(name: str, attributes: dict[str, str]) -> None:
        element = XmlElement(name, parser.CurrentLineNumber, attributes)
        open_[-1].children.append(element)
        open_.append(element)

    def end(_: str) -> None:
        open_.pop()

    def text(piece: str) -> None:
        open_[-1].text += piece

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parse_xml(path, data, parser)
    return open_[0].children[0]


def check_xml(path: str, data: bytes) -> None:
    """Raise SourceError like :func:`read_xml`, for undeclared prefixes, and for deep nesting."""
    parser = expat.ParserCreate(namespace_separator=" ")
    depth = 0

    def begin(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _MAX_DEPTH:
            line = parser.CurrentLineNumber
            raise SourceError(f"{path}:{line}: nested deeper than {_MAX_DEPTH}: flatten it")

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parse_xml(path, data, parser)


def parse_xml(
    path: str, data: bytes | IO[bytes], parser: expat.XMLParserType, doctype: str = _DOCTYPE
) -> None:
    """Feed bytes, or a stream that need not fit into memory, to a parser with handlers.

    Raises SourceError like :func:`read_xml`; ``doctype`` is what it says of a DOCTYPE.
    """

    def refuse(*_: object) -> NoReturn:
        line = parser.CurrentLineNumber
        raise SourceError(f"{path}:{line}: {doctype}")

    parser.StartDoctypeDeclHandler = refuse
    try:
        if isinstance(data, bytes):
            parser.Parse(data, True)
        else:
            parser.ParseFile(data)
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code)
        raise SourceError(
            f"{path}:{error.lineno}: not well-formed XML: {what}: the file is cut off or damaged;"
            " get it again"
        ) from error
    except (LookupError, ValueError) as error:
        raise SourceError(f"{path}: an encoding that can't be read: {error}: use UTF-8") from error

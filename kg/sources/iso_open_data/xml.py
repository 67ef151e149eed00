"""XML of strangers -> elements, by Python's own parser (expat).

A DOCTYPE is refused as soon as it begins, so that no entity is ever declared: neither one that
grows without bound nor one that reads a file (OWASP, XML External Entity Prevention).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NoReturn
from xml.parsers import expat

from kg.common.errors import KgError


@dataclass
class Element:
    """An element, the line on which it begins, and what it holds."""

    name: str
    line: int
    attributes: dict[str, str]
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def named(self, name: str) -> Iterator[Element]:
        """The children of a name."""
        return (child for child in self.children if child.name == name)

    def text_of(self, name: str) -> str:
        """The text of the first child of a name; empty if there is none."""
        return next((child.text.strip() for child in self.named(name)), "")


def elements(path: str, data: bytes) -> Element:
    """The root of a document. Raises KgError with file and line for what is not whole XML."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    open_: list[Element] = [Element("", 0, {})]

    def begin(name: str, attributes: dict[str, str]) -> None:
        element = Element(name, parser.CurrentLineNumber, attributes)
        open_[-1].children.append(element)
        open_.append(element)

    def end(_: str) -> None:
        open_.pop()

    def text(piece: str) -> None:
        open_[-1].text += piece

    def doctype(*_: object) -> NoReturn:
        line = parser.CurrentLineNumber
        raise KgError(f"{path}:{line}: a DOCTYPE, which could declare entities: remove it")

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code)
        raise KgError(
            f"{path}:{error.lineno}: not whole XML: {what}: the file is cut off or damaged;"
            " get it again"
        ) from error
    except (LookupError, ValueError) as error:
        raise KgError(f"{path}: an encoding that can't be read: {error}: use UTF-8") from error
    return open_[0].children[0]

"""RDF 1.1 XML Syntax, plain and sorted: one rdf:Description for each subject."""

from __future__ import annotations

import html
import re
from itertools import groupby
from operator import attrgetter
from typing import BinaryIO, Final

import pyoxigraph as ox

from kg.common.errors import KgError
from kg.common.namespaces import PREFIXES
from kg.export.rdf.canonical_order import Data, arranged, doubtful

_RDF: Final = PREFIXES["rdf"]
_PREFIX_OF: Final = {namespace: prefix for prefix, namespace in PREFIXES.items()}

# XML 1.0 (fifth edition), production 2: whatever is not a Char.
NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# How N-Triples writes them, and some that are allowed.
_ESCAPED: Final = re.compile(rb"\\[bfu]")
# Namespaces in XML 1.0 (third edition), production 4: NCName. The leftmost match is the longest.
_START: Final = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LOCAL_NAME: Final = re.compile(rf"[{_START}][{_START}\-.0-9\u00b7\u0300-\u036f\u203f\u2040]*\Z")
# RDF 1.1 XML Syntax, 6.1: names that are syntax, or that a reader takes for another property.
_SYNTAX: Final = (
    *("RDF", "ID", "about", "bagID", "parseType", "resource", "nodeID", "datatype"),
    *("li", "Description", "aboutEach", "aboutEachPrefix"),
)
_NOT_A_PROPERTY: Final = frozenset(_RDF + name for name in _SYNTAX)
# Namespaces in XML 1.0, 3: these may not be declared as the default namespace.
_RESERVED: Final = ("http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2000/xmlns/")


def write(data: Data, output: BinaryIO) -> None:
    """Write the union of all graphs, which RDF/XML can't name, as RDF/XML.

    Raises KgError, before anything is written, for a predicate that does not end in an XML name
    and for text with a character that XML 1.0 does not allow.
    """
    with arranged(data, doubtful(_ESCAPED, _refuse_characters), union=True) as found:
        names = {predicate: _split(predicate) for predicate in sorted(found.predicates)}
        # pyoxigraph's own writer is not used: classes without an XML name give broken XML,
        # carriage returns are lost (version 0.5).
        namespaces = {namespace for namespace, _ in names.values()} | {_RDF}
        output.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF')
        for namespace in sorted(namespaces & _PREFIX_OF.keys()):
            output.write(f'\n    xmlns:{_PREFIX_OF[namespace]}="{html.escape(namespace)}"'.encode())
        output.write(b">\n")
        for subject, group in groupby(found.quads(), key=attrgetter("subject")):
            lines = [f"  <rdf:Description {_reference(subject, 'about')}>\n"]
            for quad in group:
                namespace, name = names[quad.predicate.value]
                lines.append(f"    {_property(namespace, name, quad.object)}\n")
            lines.append("  </rdf:Description>\n")
            output.write("".join(lines).encode())
        output.write(b"</rdf:RDF>\n")


def _split(predicate: str) -> tuple[str, str]:
    """Return the namespace and the local name of a property."""
    found = _LOCAL_NAME.search(predicate)
    namespace = predicate[: found.start()] if found else ""
    if not found or predicate in _NOT_A_PROPERTY or namespace in _RESERVED:
        raise KgError(
            f"RDF/XML can't write the predicate <{predicate}> as an XML name:"
            " choose another format, such as turtle"
        )
    return namespace, found[0]


def _refuse_characters(quad: ox.Quad) -> None:
    if isinstance(quad.object, ox.Literal) and (bad := NOT_XML.search(quad.object.value)):
        raise KgError(
            f"RDF/XML can't hold the character U+{ord(bad[0]):04X} in {quad.predicate} of"
            f" {quad.subject}: choose another format, such as turtle"
        )


def _reference(node: object, attribute: str) -> str:
    if isinstance(node, ox.NamedNode):
        return f'rdf:{attribute}="{html.escape(node.value)}"'
    return f'rdf:nodeID="{str(node).removeprefix("_:")}"'


def _property(namespace: str, name: str, value: object) -> str:
    """One property element, on one line unless its text has more."""
    prefix = _PREFIX_OF.get(namespace)
    tag = f"{prefix}:{name}" if prefix else name
    start = tag if prefix else f'{name} xmlns="{html.escape(namespace)}"'
    if not isinstance(value, ox.Literal):
        return f"<{start} {_reference(value, 'resource')}/>"
    if value.language is not None:
        start += f' xml:lang="{value.language}"'
    elif value.datatype.value != PREFIXES["xsd"] + "string":
        start += f' rdf:datatype="{html.escape(value.datatype.value)}"'
    # A bare carriage return would come back from an XML parser as a line feed (XML 1.0, 2.11).
    text = html.escape(value.value, quote=False).replace("\r", "&#13;")
    return f"<{start}>{text}</{tag}>"

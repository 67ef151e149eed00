"""RDF 1.1 XML Syntax, plain and sorted: one rdf:Description for each subject."""

from __future__ import annotations

import html
import re
from itertools import groupby
from operator import attrgetter
from typing import BinaryIO, Final

import pyoxigraph as ox

from kg.common.errors import ExportError
from kg.common.namespaces import PREFIXES, iri
from kg.export.rdf.canonical_order import Quads, check_matches, sort_quads

_RDF: Final = PREFIXES["rdf"]
_STRING: Final = iri("xsd:string")
_PREFIX_OF: Final = {namespace: prefix for prefix, namespace in PREFIXES.items()}

# XML 1.0 (fifth edition), production 2: characters other than Char.
NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# N-Triples escapes all of these characters, and some others.
_ESCAPED: Final = re.compile(rb"\\[bfu]")
# Namespaces in XML 1.0 (third edition), production 4: NCName. The leftmost match is the longest.
_START: Final = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LOCAL_NAME: Final = re.compile(rf"[{_START}][{_START}\-.0-9\u00b7\u0300-\u036f\u203f\u2040]*\Z")
# RDF 1.1 XML Syntax, 6.1: names of the syntax, and rdf:li, which becomes another property.
_SYNTAX: Final = (
    *("RDF", "ID", "about", "bagID", "parseType", "resource", "nodeID", "datatype"),
    *("li", "Description", "aboutEach", "aboutEachPrefix"),
)
_NOT_A_PROPERTY: Final = frozenset(_RDF + name for name in _SYNTAX)
# Namespaces in XML 1.0, 3: these may not be declared as the default namespace.
_RESERVED: Final = ("http://www.w3.org/XML/1998/namespace", "http://www.w3.org/2000/xmlns/")


def write_rdfxml(data: Quads, output: BinaryIO) -> None:
    """Write the union of all graphs as RDF/XML, which has no named graphs.

    Raises ExportError, before anything is written, for a predicate that does not end in an XML name
    and for text with a character that XML 1.0 does not allow.
    """
    with sort_quads(data, check_matches(_ESCAPED, _reject_non_xml), union=True) as ordered:
        names = {predicate: _split(predicate) for predicate in sorted(ordered.predicates)}
        # pyoxigraph 0.5 writes broken XML for classes without an XML name, and loses carriage
        # returns.
        namespaces = {namespace for namespace, _ in names.values()} | {_RDF}
        output.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF')
        for namespace in sorted(namespaces & _PREFIX_OF.keys()):
            output.write(f'\n    xmlns:{_PREFIX_OF[namespace]}="{html.escape(namespace)}"'.encode())
        output.write(b">\n")
        for subject, group in groupby(ordered.quads(), key=attrgetter("subject")):
            lines = [f"  <rdf:Description {_reference(subject, 'about')}>\n"]
            for quad in group:
                namespace, name = names[quad.predicate.value]
                lines.append(f"    {_property(namespace, name, quad.object)}\n")
            lines.append("  </rdf:Description>\n")
            output.write("".join(lines).encode())
        output.write(b"</rdf:RDF>\n")


def _split(predicate: str) -> tuple[str, str]:
    """Return the namespace and the local name of a property."""
    match = _LOCAL_NAME.search(predicate)
    namespace = predicate[: match.start()] if match else ""
    if not match or predicate in _NOT_A_PROPERTY or namespace in _RESERVED:
        raise ExportError(
            f"RDF/XML can't write the predicate <{predicate}> as an XML name:"
            " choose another format, such as turtle"
        )
    return namespace, match[0]


def _reject_non_xml(quad: ox.Quad) -> None:
    if isinstance(quad.object, ox.Literal) and (bad := NOT_XML.search(quad.object.value)):
        raise ExportError(
            f"RDF/XML can't hold the character U+{ord(bad[0]):04X} in {quad.predicate} of"
            f" {quad.subject}: choose another format, such as turtle"
        )


def _reference(node: object, attribute: str) -> str:
    if isinstance(node, ox.NamedNode):
        return f'rdf:{attribute}="{html.escape(node.value)}"'
    return f'rdf:nodeID="{str(node).removeprefix("_:")}"'


def _property(namespace: str, name: str, value: object) -> str:
    """Return a property element, on one line unless its text has several."""
    prefix = _PREFIX_OF.get(namespace)
    tag = f"{prefix}:{name}" if prefix else name
    start = tag if prefix else f'{name} xmlns="{html.escape(namespace)}"'
    if not isinstance(value, ox.Literal):
        return f"<{start} {_reference(value, 'resource')}/>"
    if value.language is not None:
        start += f' xml:lang="{value.language}"'
    elif value.datatype.value != _STRING:
        start += f' rdf:datatype="{html.escape(value.datatype.value)}"'
    # XML parsers read a bare carriage return as a line feed (XML 1.0, 2.11).
    text = html.escape(value.value, quote=False).replace("\r", "&#13;")
    return f"<{start}>{text}</{tag}>"

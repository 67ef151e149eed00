"""Programs that run in separate processes: bare engines and common alternatives.

Each function is one program; :func:`benchmarks.measure.program` runs it. They import only what they
need, since the imports are measured too.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rdflib import Dataset


def load(nquads: str, folder: str) -> None:
    """Load N-Quads into a new store with the bare engine."""
    import pyoxigraph as ox

    store = ox.Store(folder)
    store.bulk_load(path=nquads, format=ox.RdfFormat.N_QUADS)
    store.optimize()
    store.flush()


def dump(store: str, file: str) -> None:
    """Write the quads of a store as N-Quads with the bare engine."""
    import pyoxigraph as ox

    ox.Store.read_only(store).dump(file, ox.RdfFormat.N_QUADS)


def validate(*files: str) -> None:
    """Validate with the bare SHACL engine; data and shapes alternate."""
    import shacl

    for data, shapes in zip(files[::2], files[1::2], strict=True):
        len(shacl.Shapes.from_file(shapes).validate_file(data).results)


def unpack(*archives: str) -> None:
    """Unpack the YAML records of archives."""
    for _ in _records(*archives):
        pass


def read_yaml(*archives: str) -> None:
    """Unpack and read the YAML records of archives."""
    from kg.sources.relaton.reading.yaml_reader import decode_yaml, read_yaml

    for data in _records(*archives):
        read_yaml(decode_yaml(data))


def _records(*archives: str) -> Iterator[bytes]:
    from kg.sources.source import Source

    for archive in archives:
        source = Source.open(Path(archive))
        # Files at the top are indexes, which no importer reads.
        names = {name for name in source.names if "/" in name and name.endswith((".yaml", ".yml"))}
        for _, data in source.read(names):
            yield data


def parse_with_rdflib(nquads: str, lines: str) -> None:
    """Parse the first lines of N-Quads with rdflib."""
    _rdflib_dataset(nquads, lines)


def serialize_with_rdflib(nquads: str, lines: str, file: str, format: str) -> None:
    """Parse the first lines of N-Quads and serialize them with rdflib."""
    _rdflib_dataset(nquads, lines).serialize(file, format=format)


def _rdflib_dataset(nquads: str, lines: str) -> Dataset:
    import rdflib

    with Path(nquads).open(encoding="utf-8") as file:
        text = "".join(islice(file, int(lines)))
    dataset = rdflib.Dataset()
    dataset.parse(data=text, format="nquads")
    return dataset


def convert_with_rdflib(archive: str, ntriples: str) -> None:
    """Convert a Relaton repository in the common way: PyYAML, rdflib, four properties."""
    import rdflib
    import yaml

    from kg.sources.source import Source

    source = Source.open(Path(archive))
    names = [name for name in source.names if name.startswith("data/") and name.endswith(".yaml")]
    base = "https://example.org/"
    graph = rdflib.Graph()
    for name, data in source.read(set(names)):
        record = yaml.safe_load(data)
        document = rdflib.URIRef(base + name)
        for docid in record.get("docid") or ():
            graph.add((document, rdflib.DCTERMS.identifier, rdflib.Literal(docid["id"])))
        for title in record.get("title") or ():
            graph.add((document, rdflib.DCTERMS.title, rdflib.Literal(title["content"])))
        for date in record.get("date") or ():
            graph.add((document, rdflib.DCTERMS.date, rdflib.Literal(str(date.get("value")))))
        for relation in record.get("relation") or ():
            other = rdflib.URIRef(base + str(relation["bibitem"].get("id")).replace(" ", "_"))
            graph.add((document, rdflib.URIRef(base + relation["type"]), other))
    graph.serialize(ntriples, format="nt", encoding="utf-8")

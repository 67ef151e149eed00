"""Compares figures of canned questions with plain counts over the source files.

    python -m benchmarks.question_counts FOLDER --store DIR

FOLDER holds sources in their native form, at any depth: ``iso_technical_committees.csv`` and
Relaton repositories such as ``relaton-data-iso`` (folders, or ``.tar.zst``). DIR is the folder of a
store that was built from them. The files are read here with the csv and yaml modules alone, not
with the readers of the program. One line per figure; the exit code is 1 if any differs.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

import pyoxigraph as ox
import yaml

from kg import KnowledgeGraph
from kg.common.namespaces import BASE

TABLE: Final = "iso_technical_committees.csv"
_LIST: Final = re.compile(r"[^\[\],\s][^\[\],]*")


@dataclass(frozen=True)
class Figure:
    """A figure of a question (``ours``) and the plain count over the files (``plain``)."""

    name: str
    ours: int
    plain: int

    @property
    def agrees(self) -> bool:
        """Whether both numbers are the same."""
        return self.ours == self.plain


def main() -> None:
    """Print the table of agreement."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--store", type=Path, required=True)
    options = parser.parse_args()
    found = list(figures(KnowledgeGraph.open(options.store), options.folder))
    width = max((len(figure.name) for figure in found), default=0)
    print(f"{'figure':<{width}}  {'question':>9}  {'files':>9}")
    for figure in found:
        note = "" if figure.agrees else f"  differs by {figure.ours - figure.plain:+,}"
        print(f"{figure.name:<{width}}  {figure.ours:>9,}  {figure.plain:>9,}{note}")
    agreeing = sum(figure.agrees for figure in found)
    print(f"\n{agreeing:,} of {len(found):,} figures agree")
    sys.exit(0 if found and agreeing == len(found) else 1)


def figures(graph: KnowledgeGraph, folder: Path) -> Iterator[Figure]:
    """Yield the figures of the sources that are in a folder."""
    for table in sorted(folder.rglob(TABLE)):
        yield from _committees(graph, table)
    for source in sorted(folder.rglob("relaton-data-jis*")):
        yield from _jis(graph, source)
    for source in sorted(folder.rglob("relaton-data-iso*")):
        yield from _iso(graph, source)
    yield from _years(graph, folder)


def _committees(graph: KnowledgeGraph, table: Path) -> Iterator[Figure]:
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    listed = [row for row in graph.ask("committees") if "record" in row["evidence"].value]
    yield Figure("committees with a row", _distinct(listed, "committee"), len(rows))
    standby = graph.ask("committees", state="state:standby")
    suspended = sum(row["status"].casefold() == "suspended" for row in rows)
    yield Figure("committees on standby", _distinct(standby, "committee"), suspended)
    secretariats = Counter(row["secretariat.acronym"] for row in rows if row["secretariat.id"])
    listed = [row for row in graph.ask("secretariats") if "record" in row["evidence"].value]
    yield Figure("secretariats", len(listed), secretariats.total())
    plain = {
        "secretariats": secretariats,
        "participates": Counter(name for row in rows for name in _names(row["pMembers.acronym"])),
        "observes": Counter(name for row in rows for name in _names(row["oMembers.acronym"])),
    }
    for row in graph.ask("member-ranks"):
        acronyms = _acronyms(graph, row["member"].value) & {n for c in plain.values() for n in c}
        if len(acronyms) == 1:
            (acronym,) = acronyms
            for column, counts in plain.items():
                name = f"{acronym}: {column}"
                yield Figure(name, int(row[column].value), counts[acronym])


def _acronyms(graph: KnowledgeGraph, member: str) -> set[str]:
    query = "SELECT DISTINCT ?member ?name WHERE { ?member skos:prefLabel|skos:altLabel ?name }"
    rows = graph.store.select(query, {"member": ox.NamedNode(member)}).rows
    return {term.value for row in rows for term in row if isinstance(term, ox.Literal)}


def _jis(graph: KnowledgeGraph, source: Path) -> Iterator[Figure]:
    """Count the documents of JISC by status and by the year of their issue."""
    stages: Counter[str] = Counter()
    years: Counter[str] = Counter()
    for record in _records(source):
        stages[record["docstatus"]["stage"]["value"]] += 1
        given = [d for d in record.get("date", ()) if d["type"] in ("issued", "published")]
        issued = [day for d in given if (day := d.get("value") or d.get("from"))]
        if issued:
            years[min(issued)[:4]] += 1
    rows = graph.ask("statuses-by-body")
    found = Counter(
        {
            r["status"].value.rpartition("/")[2]: int(r["documents"].value)
            for r in rows
            if r["body"].value == f"{BASE}jisc"
        }
    )
    yield Figure("JISC: documents", found.total(), stages.total())
    yield Figure("JISC: current or replaced", found["current"] + found["replaced"], stages["valid"])
    dated = {
        r["year"].value: int(r["documents"].value)
        for r in graph.ask("published-by-year", body="JISC")
    }
    for year in sorted(years | dated):
        yield Figure(f"JISC: published in {year}", dated.get(year, 0), years[year])


def _iso(graph: KnowledgeGraph, source: Path) -> Iterator[Figure]:
    """Count ISO's projects with a published text, and those with nothing but drafts."""
    stages: dict[str, set[str]] = {}
    for record in _records(source):
        links = [link["content"] for link in record.get("link", ()) if link.get("type") == "src"]
        number = next((n[1] for n in map(_PROJECT.search, links) if n), None)
        stage = (record.get("docstatus") or {}).get("stage", {}).get("value", "")
        if number:
            stages.setdefault(number, set()).add(stage)
    open_ = {number for number, reached in stages.items() if max(reached) < "60"}
    query = """SELECT (COUNT(DISTINCT ?project) AS ?n) WHERE {
        { SELECT ?d WHERE { ?d std:documentStatus documentStatus:draft } } ?d std:project ?project
        FILTER EXISTS { GRAPH <graph/relaton-data-iso> { ?d std:project ?project } } }"""
    ((count,),) = graph.store.select(query).rows
    assert isinstance(count, ox.Literal)
    yield Figure("ISO: projects with drafts alone", int(count.value), len(open_))


def _years(graph: KnowledgeGraph, folder: Path) -> Iterator[Figure]:
    """Count the published documents of each body by year, over all sources together."""
    query = "SELECT DISTINCT ?record WHERE { ?work a std:Work ; prov:wasDerivedFrom ?record }"
    works = {unquote(term.value) for (term,) in graph.store.select(query).rows if term is not None}
    dates: dict[tuple[frozenset[str], str], list[str]] = {}
    published = set()
    for source in sorted(folder.rglob("relaton-data-*")):
        name = source.name.removesuffix(".tar.zst")
        for path, record in _records_by_path(source):
            given = _list(record.get("docid") or record.get("docidentifier"))
            primary = [each for each in given if "primary" in each and "scope" not in each]
            if not primary or f"{BASE}record/{name}/{path}" in works:
                continue
            text = primary[0].get("id") or primary[0].get("content", "")
            document = _publishers_and_rest(name, text)
            dates.setdefault(document, []).extend(_dates(name, text, record))
            if not _is_draft(name, record):
                published.add(document)
    for row in _deliverables(folder):
        document = _publishers_and_rest("", row["reference"])
        dates.setdefault(document, []).append(row["publicationDate"])
        if row["currentStage"] >= "6060":
            published.add(document)
    counts = {body: Counter[str]() for body in _YEARS_OF}
    for document in published:
        for body in document[0] & counts.keys():
            if dates[document]:
                counts[body][min(dates[document])[:4]] += 1
    for body, plain in counts.items():
        if plain:
            rows = graph.ask("published-by-year", body=body)
            ours = {row["year"].value: int(row["documents"].value) for row in rows}
            for year in sorted(plain | ours):
                yield Figure(f"{body}: published in {year}", ours.get(year, 0), plain[year])


def _deliverables(folder: Path) -> Iterator[dict[str, str]]:
    for table in sorted(folder.rglob("iso_deliverables_metadata.csv")):
        with table.open(encoding="utf-8-sig", newline="") as file:
            yield from (row for row in csv.DictReader(file) if row["publicationDate"])


_YEARS_OF: Final = ("ISO", "IEC", "ITU-T", "ITU-R", "W3C", "OGC", "ETSI", "OIML")
"""IEEE's records mostly don't tell a draft from a standard, but by the source's own words."""
_OTHERS: Final = (
    "IEEE",
    "ASTM",
    "ANSI",
    "CIE",
    "SAE",
    "HL7",
    "OECD",
    "NACE",
    "ASME",
    "UNDP",
    "IDF",
)
_PUBLISHERS: Final = frozenset((*_YEARS_OF, *_OTHERS))
_SUPPLEMENT: Final = re.compile(r":(\d{4})/")


def _publishers_and_rest(source: str, text: str) -> tuple[frozenset[str], str]:
    """Split a designation; IEEE writes 60076.21-2018 for 60076-21:2018, and OGC no publisher."""
    if source == "relaton-data-ogc":
        text = f"OGC {text}"
    if source == "relaton-data-ieee" and not text.startswith(("IEEE", "AIEE")):
        text = re.sub(r"-(\d{4})$", r":\1", text.replace(".", "-"))
    words = text.replace("/", " ").split()
    publishers = {"ISO"} if words[:1] == ["IWA"] else set()
    while words and words[0] in _PUBLISHERS:
        publishers.add(words.pop(0))
    return frozenset(publishers), "".join(words).casefold()


def _dates(source: str, text: str, record: dict[str, Any]) -> Iterator[str]:
    """Yield dates of publication and issue, without those of the text that a supplement changes."""
    supplemented = _SUPPLEMENT.search(text)
    for date in _list(record.get("date")):
        day = date.get("value") or date.get("from") or date.get("at")
        if date.get("type") not in ("published", "issued") or not day:
            continue
        of_base = source == "relaton-data-iso" and supplemented and day[:4] == supplemented[1]
        if not of_base or text.endswith(f":{day[:4]}"):
            yield day


def _is_draft(source: str, record: dict[str, Any]) -> bool:
    status = record.get("docstatus") or record.get("status") or {}
    given, sub = (status.get(name) or {} for name in ("stage", "substage"))
    stage = given.get("value") or given.get("content") or ""
    if source == "relaton-data-iso":
        return bool(stage) and (stage, sub.get("value", "60")) < ("60", "60")
    if source == "relaton-data-w3c":
        return not stage or any(word in stage for word in ("Draft", "Candidate", "Proposed"))
    if source == "relaton-data-ieee":
        words = ("standard_status", "standard_modified", "pubstatus")
        return any("draft" in str(record.get("ext", {}).get(word)).casefold() for word in words)
    return source == "relaton-data-ogc" and stage == "draft"


def _list(value: Any) -> list[dict[str, str]]:
    return [each for each in (value if isinstance(value, list) else [value]) if each]


_PROJECT: Final = re.compile(r"/standard/(\d+)")


def _records(source: Path) -> Iterator[dict[str, Any]]:
    return (record for _, record in _records_by_path(source) if record.get("docid"))


def _records_by_path(source: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the records of a folder, or of a .tar.zst, with the path of each."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    for name, data in _files(source):
        if name.endswith((".yaml", ".yml")) and "/data/" in name:
            try:
                record = yaml.load(data, Loader=loader)
            except yaml.YAMLError:
                continue
            if isinstance(record, dict):
                yield f"data/{name.rpartition('/data/')[2]}", record


def _files(source: Path) -> Iterator[tuple[str, bytes]]:
    if source.is_dir():
        for path in sorted(source.rglob("*.y*ml")):
            yield f"/{path.relative_to(source)}", path.read_bytes()
        return
    import zstandard

    with (
        source.open("rb") as packed,
        tarfile.open(
            fileobj=zstandard.ZstdDecompressor().stream_reader(packed), mode="r|"
        ) as archive,
    ):
        for member in archive:
            file = archive.extractfile(member)
            if file is not None:
                yield f"/{member.name}", file.read()


def _names(cell: str) -> Iterator[str]:
    yield from (name.strip() for name in _LIST.findall(cell))


def _distinct(rows: Iterable[dict[str, Any]], column: str) -> int:
    return len({row[column] for row in rows})


if __name__ == "__main__":
    main()

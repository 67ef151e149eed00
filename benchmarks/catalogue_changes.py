"""Compares the events of ``kg changes`` with a plain comparison of the records' fields.

    python -m benchmarks.catalogue_changes OLD NEW [--only-changed]

OLD and NEW are states of a Relaton repository: folders, or ``.tar.zst``. The files are read here
with the yaml module alone, not with the readers of the program, and what is compared is simpler:
which identifiers came and went, for which the stage, the titles or the committees differ, what was
replaced, amended and corrected, and which editions are new (:mod:`benchmarks.plain_changes`). They
may also be two tables of ISO's committees (.csv, .jsonl): then secretariats and memberships are
compared. One line for each group of events; the exit code is 1 if any differs. ``--only-changed``
leaves out the files that are equal in both states, before either side reads them.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tarfile
import tempfile
import time
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import yaml

from benchmarks import plain_changes
from kg.changes.compare import compare_states
from kg.changes.model import Event
from kg.common.namespaces import BASE
from kg.pipeline.compressed_lines import read_blocks
from kg.pipeline.states import CatalogueState, open_states

_UNDATED: Final = re.compile(r"(?:(?:iso|iec|ieee)/?)+ [\d-]+")

Files = dict[str, bytes]
Groups = dict[str, set[str]]
"""Identifiers by group of events."""

GROUPS: Final = {
    "came": ("published", "new-draft", "catalogued", "renamed"),
    "gone": ("record-gone", "renamed"),
    "stage": ("stage-reached", "published", "withdrawn", "confirmed", "cancelled", "replaced"),
    "titles": ("title-changed",),
    "committees": ("committee-changed",),
}
"""Kinds of events by group."""
RELATED: Final = ("replaced", "amended", "corrected", "new-edition")
"""Kinds of events that relate two documents; each is a group of pairs."""
_TABLES: Final = (".csv", ".jsonl")


def main() -> None:
    """Print the table of agreement."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--only-changed", action="store_true")
    options = parser.parse_args()
    if options.old.suffix in _TABLES:
        ours, plain, seconds = compare_committees(options.old, options.new)
    else:
        ours, plain, seconds = compare(options.old, options.new, only_changed=options.only_changed)
    print(f"{'events':<12}{'kg changes':>12}{'plain':>12}{'missing':>12}{'not plain':>12}")
    for group in ours:
        mine, theirs = ours[group], plain[group]
        missing, surplus = theirs - mine, mine - theirs
        print(f"{group:<12}{len(mine):>12}{len(theirs):>12}{len(missing):>12}{len(surplus):>12}")
        for name in sorted(missing | surplus)[:5]:
            print(f"    {'missing' if name in missing else 'not plain'}: {name}")
    print(f"compared in {seconds:.1f} s of CPU, once both were converted")
    sys.exit(0 if ours == plain else 1)


def compare(old: Path, new: Path, *, only_changed: bool) -> tuple[Groups, Groups, float]:
    """Return the events of both comparisons, and the CPU time of ours without conversion."""
    before, after = dict(_files(old)), dict(_files(new))
    with tempfile.TemporaryDirectory() as folder:
        if only_changed:
            equal = {path for path, data in before.items() if after.get(path) == data}
            before = {path: data for path, data in before.items() if path not in equal}
            after = {path: data for path, data in after.items() if path not in equal}
            old, new = (
                _write(Path(folder) / name / "catalogue", files)
                for name, files in (("old", before), ("new", after))
            )
        states = open_states(old, new)
        begin = time.process_time()
        events = compare_states(*states).events
        seconds = time.process_time() - begin
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    records = [
        {path: yaml.load(files[path], _Loader) for path in changed & files.keys()}
        for files in (before, after)
    ]
    ours, plain = _ours(events, records[0], records[1]), _plain(records[0], records[1])
    everything = [
        {**{path: yaml.load(files[path], _Loader) for path in files.keys() - changed}, **read}
        for files, read in ((before, records[0]), (after, records[1]))
    ]
    plain |= _plain_pairs(everything[0], everything[1])
    for kind in RELATED:
        told = [event for event in events if event.kind == kind and event.related]
        ours[kind] = {_pair(f"{event.name} -> {event.new[0]}") for event in told}
    return ours, plain, seconds


def _plain_pairs(old: Mapping[str, Any], new: Mapping[str, Any]) -> Groups:
    """Return the pairs of documents that only the new records relate, by kind of event."""
    sides = [[r for r in side.values() if _is_document(r)] for side in (old, new)]
    before, after = map(plain_changes.relations, sides)
    pairs = {kind: after[kind] - before[kind] for kind in after}
    pairs["new-edition"] = plain_changes.new_editions(*sides)
    return {kind: set(map(_pair, found)) for kind, found in pairs.items()}


def _pair(text: str) -> str:
    """Return a pair of identifiers without spaces, which publishers set differently."""
    return text.casefold().replace(" ", "")


def compare_committees(old: Path, new: Path) -> tuple[Groups, Groups, float]:
    """Return who runs and joins committees that both tables have, where they differ."""
    states = open_states(old, new)
    begin = time.process_time()
    events = compare_states(*states).events
    seconds = time.process_time() - begin
    before, after = map(plain_changes.committee_table, (old, new))
    groups = ("secretariats", "p-members", "o-members")
    ours, plain = ({group: set[str]() for group in groups} for _ in range(2))
    for committee in before.keys() & after.keys():
        [name] = after[committee]["reference"]
        for group in groups:
            changed = before[committee][group] ^ after[committee][group]
            plain[group] |= {f"{name} {number}" for number in changed}
    numbers = _numbers((*states[0], *states[1]))
    for event in events:
        if event.kind == "secretariat-changed":
            ours["secretariats"] |= {f"{event.name} {numbers[each]}" for each in event.related}
        elif event.kind == "membership-changed":
            for role in {*event.old} ^ {*event.new}:
                group = f"{role.rpartition('/')[2]}s"
                ours[group].add(f"{event.name} {numbers[event.related[0]]}")
    return ours, plain, seconds


def _numbers(states: Iterable[CatalogueState]) -> dict[str, str]:
    """Return the numbers that ISO gives organizations, by their IRIs."""
    pattern = re.compile(rb'^<([^>]+)> <[^>]+isoOrganizationId> "(\d+)"', re.MULTILINE)
    return {
        iri.decode(): number.decode()
        for state in states
        for block in read_blocks(state.file)
        for iri, number in pattern.findall(block)
    }


def _files(source: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the records of a state: path below ``data/``, and content."""
    if source.is_dir():
        for file in sorted((source / "data").iterdir()):
            yield file.name, file.read_bytes()
        return
    import zstandard

    with source.open("rb") as packed:
        stream = zstandard.ZstdDecompressor().stream_reader(packed)
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for member in archive:
                path = Path(member.name)
                content = archive.extractfile(member)
                if content and path.parent.name == "data" and path.suffix == ".yaml":
                    yield path.name, content.read()


def _write(folder: Path, files: Files) -> Path:
    (folder / "data").mkdir(parents=True)
    for path, data in files.items():
        (folder / "data" / path).write_bytes(data)
    return folder


def _identifier(record: Mapping[str, Any]) -> str:
    """Return the first identifier, with the edition where it has no year.

    Letters in another case are another spelling of it.
    """
    first = (record.get("docid") or record["docidentifier"])[0]
    name = str(first.get("id") or first["content"]).casefold()
    edition = record.get("edition")
    return f"{name} ed{edition['content']}" if edition and _UNDATED.fullmatch(name) else name


def _plain(old: Mapping[str, Any], new: Mapping[str, Any]) -> Groups:
    before, after = ({_identifier(r): r for r in side.values()} for side in (old, new))
    groups: Groups = {group: set() for group in GROUPS}
    groups["came"] = {name for name in after.keys() - before.keys() if _is_document(after[name])}
    groups["gone"] = before.keys() - after.keys()
    for path in old.keys() & new.keys():
        records = old[path], new[path]
        names = [_identifier(record) for record in records]
        if names[0] != names[1]:
            continue
        # Records with a colon in their names are outdated copies, whose stage does not count.
        for group, read in (("stage", _stage), ("titles", _titles), ("committees", _committees)):
            outdated = group == "stage" and ":" in path
            if not outdated and read(records[0]) != read(records[1]):
                groups[group].add(names[0])
    return groups


def _is_document(record: Mapping[str, Any]) -> bool:
    """Return whether it describes a document, and not a work with its editions."""
    kinds = {relation.get("type") for relation in record.get("relation") or ()}
    return "hasEdition" not in kinds


def _stage(record: Mapping[str, Any]) -> str:
    status = record.get("docstatus") or record.get("status")
    return json.dumps(status, sort_keys=True, default=str)


class _Loader(yaml.CSafeLoader):
    """Reads texts that were written as bytes."""


_Loader.add_constructor("!binary", lambda loader, node: b64decode(node.value).decode())


def _titles(record: Mapping[str, Any]) -> set[str]:
    titles = [title for title in record.get("title") or () if title.get("content")]
    whole = [title for title in titles if title.get("type") in (None, "main")]
    dashes = str.maketrans("–—", "--")
    return {
        f"{t.get('language')} {' '.join(str(t['content']).translate(dashes).split())}"
        for t in whole or titles
    }


def _committees(record: Mapping[str, Any]) -> str:
    group = record.get("editorialgroup") or (record.get("ext") or {}).get("editorialgroup")
    authors = [
        contributor["organization"].get("subdivision")
        for contributor in record.get("contributor") or ()
        if "organization" in contributor
    ]
    return json.dumps([group, [a for a in authors if a]], sort_keys=True, default=str)


def _ours(events: tuple[Event, ...], old: Mapping[str, Any], new: Mapping[str, Any]) -> Groups:
    groups: Groups = {group: set() for group in GROUPS}
    for event in events:
        before, after = (
            _identifier(side[path]) if (path := _path(record)) in side else event.name.casefold()
            for side, record in ((old, event.old_record), (new, event.new_record))
        )
        for group, kinds in GROUPS.items():
            arrival = not event.old_record or event.kind == "renamed"
            if event.kind not in kinds or (event.related and group == "stage"):
                continue
            if group == "came" and arrival:
                groups[group].add(after)
            elif group == "gone":
                groups[group].add(before)
            elif group not in ("came", "gone") and event.old_record:
                groups[group].add(after)
    return groups


def _path(record: str) -> str:
    from urllib.parse import unquote

    return unquote(record.removeprefix(f"{BASE}record/").rpartition("/")[2])


if __name__ == "__main__":
    main()

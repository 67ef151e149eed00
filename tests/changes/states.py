"""States of a small catalogue of ISO, written in its native form."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import yaml

from kg.changes.compare import compare_states
from kg.changes.model import Changes, Event
from kg.pipeline.states import open_states

BEFORE, AFTER = "2025-04-30", "2025-06-02"


@dataclass(frozen=True)
class Record:
    """A record of a document: what the tests change between two states."""

    docid: str
    title: str = "Widgets"
    stage: str = "60.60"
    published: str = ""
    committee: str = "ISO/TC 176"
    number: str = "1"
    relations: tuple[tuple[str, str], ...] = ()
    link: str = ""

    def changed(self, **fields: object) -> Record:
        """Return the record with other values."""
        return replace(self, **fields)  # type: ignore[arg-type]

    def yaml(self) -> str:
        """Return the record in Relaton's form."""
        stage, _, substage = self.stage.partition(".")
        record = {
            "id": self.docid.replace(" ", ""),
            "title": [{"content": self.title, "language": ["en"], "type": "main"}],
            "link": [
                {
                    "content": self.link or f"https://www.iso.org/standard/{self.number}.html",
                    "type": "src",
                }
            ],
            "type": "standard",
            "docid": [_identifier(self.docid)],
            "docstatus": {"stage": {"value": stage}, "substage": {"value": substage}},
            "date": [{"type": "published", "value": self.published}] if self.published else [],
            "language": ["en"],
            "relation": [
                {
                    "type": kind,
                    "bibitem": {"docid": [{"id": other, "type": "ISO", "primary": True}]},
                }
                for kind, other in self.relations
            ],
            "ext": {
                "doctype": {"type": "international-standard"},
                "editorialgroup": {
                    "technical_committee": [
                        {
                            "name": "Quality",
                            "type": "TC",
                            "number": int(self.committee.rpartition(" ")[2]),
                            "identifier": self.committee,
                        }
                    ]
                },
            },
        }
        return yaml.safe_dump(record, allow_unicode=True, sort_keys=False)


def _identifier(docid: str) -> dict[str, object]:
    return {"id": docid, "type": "ISO", "primary": True}


def write_state(folder: Path, records: Sequence[Record], day: str) -> Path:
    """Write records as a repository of a day; return its folder."""
    data = folder / "data"
    data.mkdir(parents=True)
    for record in records:
        name = record.docid.casefold().replace(" ", "-").replace("/", "-").replace(":", "-")
        (data / f"{name}.yaml").write_text(record.yaml(), encoding="utf-8")
    set_day(folder, day)
    return folder


def set_day(folder: Path, day: str) -> None:
    """Set the time of all files of a folder to noon of a day."""
    time = datetime.fromisoformat(day).replace(tzinfo=UTC, hour=12).timestamp()
    for file in folder.rglob("*"):
        if file.is_file():
            os.utime(file, (time, time))


def compare(folder: Path, old: Sequence[Record], new: Sequence[Record]) -> Changes:
    """Return the changes between two states of a catalogue, written below a folder."""
    states = open_states(
        write_state(folder / "old" / "relaton-data-iso", old, BEFORE),
        write_state(folder / "new" / "relaton-data-iso", new, AFTER),
    )
    return compare_states(*states)


def told(changes: Changes) -> Mapping[str, list[str]]:
    """Return the names of things by kind of event."""
    result: dict[str, list[str]] = {}
    for event in changes.events:
        result.setdefault(event.kind, []).append(event.name)
    return result


def only(changes: Changes, kind: str) -> Event:
    """Return the only event of a kind."""
    [event] = [event for event in changes.events if event.kind == kind]
    return event

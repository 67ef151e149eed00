"""What has been loaded into an endpoint, so that a load goes on where the last one ended."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final, Self

from kg.common.errors import StoreError

_FOLDER: Final = "endpoints"
_VERSION: Final = 1


@dataclass(frozen=True)
class GraphState:
    """The number of statements of a graph, and a digest that doesn't depend on their order."""

    count: int
    digest: str


@dataclass(frozen=True)
class Unfinished:
    """A graph of which some batches have been sent."""

    graph: str
    digest: str
    batches: int


@dataclass
class Journal:
    """The state of one endpoint, kept in a file next to the built graph."""

    file: Path
    url: str
    generation: str = ""
    """The build that the endpoint has as a whole; empty during a load."""
    graphs: dict[str, GraphState] = field(default_factory=dict)
    unfinished: Unfinished | None = None

    @classmethod
    def read(cls, folder: Path, url: str) -> Self:
        """Read the journal of an endpoint; one of an endpoint never loaded is empty."""
        name = hashlib.sha256(url.encode()).hexdigest()[:16]
        file = folder / _FOLDER / f"{name}.json"
        try:
            fields: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
            if fields["version"] != _VERSION or fields["url"] != url:
                return cls(file, url)
            graphs = {name: GraphState(**state) for name, state in fields["graphs"].items()}
            sent = fields["unfinished"]
            return cls(
                file,
                url,
                fields["generation"],
                graphs,
                None if sent is None else Unfinished(**sent),
            )
        except FileNotFoundError:
            return cls(file, url)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(
                f"{file} can't be read: remove it, and 'kg load' loads all graphs anew"
            ) from error

    def write(self) -> None:
        """Replace the file."""
        fields = {
            "version": _VERSION,
            "url": self.url,
            "generation": self.generation,
            "graphs": {name: asdict(state) for name, state in self.graphs.items()},
            "unfinished": None if self.unfinished is None else asdict(self.unfinished),
        }
        new = self.file.with_suffix(".new")
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with new.open("w", encoding="utf-8") as out:
                json.dump(fields, out, indent=0)
                out.flush()
                os.fsync(out.fileno())
            new.replace(self.file)
        except OSError as error:
            raise StoreError(
                f"{self.file} can't be written: {error.strerror}: make it writable, and load again"
            ) from error

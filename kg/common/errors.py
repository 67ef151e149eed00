"""The errors that bad input can cause: one line that says what is wrong, where, and what to do."""

from __future__ import annotations


class KgError(Exception):
    """Bad input, or a state in which the program can't work; the message is one line.

    The command line prints it on stderr and exits with 2; ``--debug`` adds the traceback.

    ::

        KgError
        ├── SourceError        a source can't be read: an article, a catalogue, an RDF file, a list
        │   └── RecordError    a record of a catalogue is rejected (kg.sources.record_batch)
        ├── BuildError         the graph can't be built or published
        │   └── RejectedError  a check or a shape found a violation (kg.pipeline.curated)
        ├── StoreError         there is no built graph, it is in use, or it is damaged
        ├── QueryError         a question, view or SPARQL query is unknown or can't be answered
        ├── ResolutionError    a name matches nothing, or several entities
        ├── ExportError        a graph, picture or table can't be written as asked
        └── ArgumentError      an option or argument has a value that makes no sense
    """


class SourceError(KgError):
    """A source can't be read; the message names file and line or record."""


class BuildError(KgError):
    """The graph can't be built or published; the one built before stays current."""


class StoreError(KgError):
    """No graph has been built in a folder, another process uses it, or it is damaged."""


class QueryError(KgError):
    """A question, view or SPARQL query is unknown, malformed or can't be answered."""


class ResolutionError(KgError):
    """A name matches nothing (the message gives the nearest) or several entities (listed)."""


class ExportError(KgError):
    """A graph, picture or table can't be written in the format asked for."""


class ArgumentError(KgError):
    """An option or argument has a value that makes no sense."""

"""Errors for users; each message is one line with the place, the fault and the remedy."""

from __future__ import annotations


class KgError(Exception):
    """Base class of the errors that a user can cause and correct; the message is one line.

    The command line prints it on stderr and exits with 2; ``--debug`` adds the traceback.

    ::

        KgError
        ├── SourceError        a source can't be read: an article, a catalogue, an RDF file, a list
        │   └── RecordError    a record of a catalogue is rejected (kg.sources.record_batch)
        ├── BuildError         the graph can't be built or published
        │   └── RejectedError  a check or a shape found a violation (kg.pipeline.curated)
        ├── StoreError         there is no built graph, it is in use, or it is damaged
        ├── QueryError         a question, view or SPARQL query is unknown or can't be answered
        │   └── QueryLimitError  a query needs more time or memory than it may use
        ├── ResolutionError    a name matches no entity, or several
        ├── ExportError        a graph, picture or table can't be written as requested
        ├── ArgumentError      an option or argument has an invalid value
        └── MissingPackageError  an optional package is not installed
    """


class SourceError(KgError):
    """A source can't be read; the message names file and line or record."""


class BuildError(KgError):
    """The graph can't be built or published; the previous graph stays current."""


class StoreError(KgError):
    """No graph has been built in a folder, another process uses it, or it is damaged."""


class QueryError(KgError):
    """A question, view or SPARQL query is unknown, malformed or can't be answered."""


class QueryLimitError(QueryError):
    """A query was ended, since it needs more time or memory than it may use."""


class ResolutionError(KgError):
    """A name matches no entity or several; the message suggests names or lists the entities."""


class ExportError(KgError):
    """A graph, picture or table can't be written in the requested format."""


class ArgumentError(KgError):
    """An option or argument has an invalid value."""


class MissingPackageError(KgError):
    """A package of an extra is not installed; the message has the command that installs it."""

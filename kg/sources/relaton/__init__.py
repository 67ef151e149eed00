"""Relaton's data repositories (https://github.com/relaton) -> statements, a file a record."""

from __future__ import annotations

from collections.abc import Callable

from kg.sources.record_batch import Batch, Options, Reject
from kg.sources.relaton import documents, organizations
from kg.sources.relaton.reading import fields, record, yaml_reader
from kg.sources.relaton.reading.yaml_reader import Mapping, NoText, RecordError

__all__ = ["convert", "convert_organizations"]


def convert(path: str, data: bytes, options: Options) -> Batch:
    """The document of one file of a repository such as relaton-data-iso.

    ``path`` is that of the file in the repository. A record that can't be read is rejected, with
    its reason, and leaves no statements. Abstracts are kept with ``options.abstracts`` only.
    """
    return _convert(path, data, options, _document)


def convert_organizations(path: str, data: bytes, options: Options) -> Batch:
    """The organization of one file of relaton-data-sdo, ``orgs/<name>/metadata.yaml``."""
    return _convert(path, data, options, organizations.describe)


_Describe = Callable[[Mapping, str, Options, Batch], list[str]]


def _document(found: Mapping, path: str, options: Options, account: Batch) -> list[str]:
    normal = record.normalize(found, abstracts=options.abstracts)
    fields.count_unknown(found, account.unknown)
    return documents.describe(normal, path, options, account)


def _convert(path: str, data: bytes, options: Options, describe: _Describe) -> Batch:
    try:
        text = yaml_reader.decode(data)
        return _read(yaml_reader.read(text), text, path, options, describe)
    except RecordError as error:
        place = f"{path}:{error.line}" if error.line else path
        rejected = Reject("", place, error.reason, f"{place}: {error}")
        return Batch(records=1, rejects=[rejected])


def _read(found: Mapping, text: str, path: str, options: Options, describe: _Describe) -> Batch:
    account = Batch(records=1)
    try:
        account.lines = describe(found, path, options, account)
    except NoText:
        account = Batch(records=1)
        account.lines = describe(yaml_reader.read_as_texts(text), path, options, account)
    return account

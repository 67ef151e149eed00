"""Convert Relaton's data repositories (https://github.com/relaton); each file is a record."""

from __future__ import annotations

from collections.abc import Callable

from kg.identifiers import iris
from kg.sources.record_batch import Batch, Options, RecordError, Reject
from kg.sources.relaton import documents, organizations
from kg.sources.relaton.reading import fields, record, yaml_reader
from kg.sources.relaton.reading.yaml_reader import NonTextScalarError, YamlMapping

__all__ = ["convert", "convert_organizations"]

_Describe = Callable[[YamlMapping, str, Options, Batch], list[str]]


def convert(path: str, data: bytes, options: Options) -> Batch:
    """Convert the document in a file of a repository such as relaton-data-iso.

    ``path`` is the path of the file in the repository. An invalid record is rejected and leaves no
    statements. Abstracts are kept only with ``options.abstracts``.
    """
    return _convert(path, data, options, _describe_document)


def convert_organizations(path: str, data: bytes, options: Options) -> Batch:
    """Convert the organization in a file of relaton-data-sdo, ``orgs/<name>/metadata.yaml``."""
    return _convert(path, data, options, organizations.describe_organization)


def _describe_document(
    mapping: YamlMapping, path: str, options: Options, batch: Batch
) -> list[str]:
    normalized = record.normalize_record(mapping, batch.unknown, abstracts=options.abstracts)
    fields.count_unknown_fields(mapping, batch.unknown)
    return documents.describe_document(normalized, path, options, batch)


def _convert(path: str, data: bytes, options: Options, describe: _Describe) -> Batch:
    try:
        text = yaml_reader.decode_yaml(data)
        mapping = yaml_reader.read_yaml(text)
        try:
            return _batch(mapping, path, options, describe)
        except NonTextScalarError:
            return _batch(yaml_reader.read_yaml_as_text(text), path, options, describe)
    except RecordError as error:
        place = f"{path}:{error.line}" if error.line else path
        reject = Reject("", place, error.reason, f"{place}: {error}")
        return Batch(records=1, rejects=[reject])


def _batch(mapping: YamlMapping, path: str, options: Options, describe: _Describe) -> Batch:
    batch = Batch(records=1)
    batch.add_record(iris.record(options.slug, path), describe(mapping, path, options, batch))
    return batch

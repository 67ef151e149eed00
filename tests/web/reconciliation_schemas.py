"""The JSON Schemas and examples of the Reconciliation Service API, read where they lie.

They are published at https://github.com/reconciliation-api/specs.
"""

from __future__ import annotations

import io
import json
import tarfile
from functools import cache
from typing import Any

import jsonschema
import zstandard
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from tests.support import ROOT

ARCHIVE = ROOT.parent / "shared" / "suites" / "reconciliation-schemas.tar.zst"

VERSIONS = ("0.2", "1.0-draft")

_FOLDER = "reconciliation-specs/"


@cache
def files() -> dict[str, Any]:
    """Return the content of all JSON files by their path in the archive."""
    data = zstandard.ZstdDecompressor().stream_reader(ARCHIVE.read_bytes()).read()
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        return {
            member.name.removeprefix(_FOLDER): json.load(file)
            for member in archive.getmembers()
            if member.name.endswith(".json") and (file := archive.extractfile(member))
        }


def check(version: str, schema: str, content: Any) -> None:
    """Raise jsonschema.ValidationError unless content is valid by a schema of a version."""
    _validator(version, schema).validate(content)


def examples(version: str, kind: str, validity: str) -> dict[str, Any]:
    """Return the valid or invalid examples of a kind, by name."""
    folder = f"{version}/examples/{kind}/{validity}/"
    return {
        path.removeprefix(folder): content
        for path, content in files().items()
        if path.startswith(folder)
    }


@cache
def _validator(version: str, schema: str) -> jsonschema.protocols.Validator:
    folder = f"{version}/schemas/"
    content = files()[f"{folder}{schema}.json"]
    base = content["$id"].rpartition("/")[0]
    registry: Registry[Any] = Registry()
    for path, other in files().items():
        if path.startswith(folder):
            resource = Resource.from_contents(other, default_specification=DRAFT7)
            name = path.rpartition("/")[2]
            registry = registry.with_resource(f"{base}/{name}", resource)
            registry = registry.with_resource(other["$id"], resource)
    # The schemas name no draft, and use nothing that later drafts changed.
    return jsonschema.Draft7Validator({**content, "$schema": ""}, registry=registry)

"""Paths of the project, and types of fixtures that are functions."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from kg.pipeline.build import Summary

ROOT = Path(__file__).resolve().parent.parent
TEXT = ROOT.parent / "shared" / "article" / "cfsn-2019-04-11.txt"
DESIGNATIONS = ROOT.parent / "shared" / "data" / "designations"
"""Lists of designations as they are written, a file for each family; they may not be shipped."""

WORLD = ROOT / "tests" / "fixtures" / "catalogues"
CATALOGUES = (
    *sorted(WORLD.glob("relaton-data-*")),
    WORLD / "ICS.xml",
    WORLD / "iso_technical_committees.csv",
    WORLD / "iso_deliverables_metadata.csv",
)
"""Small catalogues of our own, in the native forms: together one world."""

Run = Callable[..., "subprocess.CompletedProcess[str]"]
BuildWith = Callable[..., Summary]

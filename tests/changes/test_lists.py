"""Events of documents in lists of Chinese standards, which are out before they are in force."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.changes.compare import compare_states
from kg.pipeline.states import open_states

HEAD = "标准号,标准名称,标准状态,发布日期,实施日期,代替标准\n"
FORMER = "GB/T 90001-2010,信息技术 部件 要求,{},2010-01-01,2010-06-01,\n"
NEW = "GB/T 90001-2025,信息技术 部件 要求,{},{},{},GB/T 90001-2010\n"
STATES = {
    "draft": FORMER.format("现行") + NEW.format("起草", "", ""),
    "upcoming": FORMER.format("现行") + NEW.format("即将实施", "2025-05-01", "2025-12-01"),
    "in force": FORMER.format("被代替") + NEW.format("现行", "2025-05-01", "2025-12-01"),
}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "draft",
            "upcoming",
            {
                ("published", "GB/T 90001—2025", "2025-05-01"),
                ("new-edition", "GB/T 90001", "2025-05-01"),
            },
        ),
        (
            "upcoming",
            "in force",
            {
                ("stage-reached", "GB/T 90001—2025", ""),
                ("replaced", "GB/T 90001—2010", ""),
                ("replaced", "GB/T 90001—2010", "2025-12-01"),
            },
        ),
    ],
)
def test_a_standard_is_out_before_it_is_in_force(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    old: str,
    new: str,
    expected: set[tuple[str, str, str]],
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    files = []
    for name in (old, new):
        file = tmp_path / name / "list.csv"
        file.parent.mkdir()
        file.write_text(HEAD + STATES[name], encoding="utf-8")
        files.append(file)
    events = compare_states(*open_states(files[0], files[1])).events
    assert {(event.kind, event.name, event.date) for event in events} == expected

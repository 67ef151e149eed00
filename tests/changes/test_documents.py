"""Events of documents: each kind once, with its records, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.changes.states import AFTER, BEFORE, Record, compare, only, told

OLD = Record("ISO 32110:2019", published="2019-03")
OTHER = Record("ISO 32111:2021", published="2021-01", number="7")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def test_nothing_happened(tmp_path: Path) -> None:
    changes = compare(tmp_path, [OLD, OTHER], [OLD, OTHER])
    assert changes.events == ()
    assert changes.compared == (("relaton-data-iso", BEFORE, AFTER),)


def test_a_new_edition_is_published_and_replaces_the_former(tmp_path: Path) -> None:
    new = Record(
        "ISO 32110:2025",
        published="2025-05",
        number="2",
        relations=(("obsoletes", "ISO 32110:2019"),),
    )
    changes = compare(tmp_path, [OLD], [OLD.changed(stage="95.99"), new])
    assert told(changes) == {
        "published": ["ISO 32110:2025"],
        "new-edition": ["ISO 32110"],
        "replaced": ["ISO 32110:2019"],
        "withdrawn": ["ISO 32110:2019"],
    }
    published = only(changes, "published")
    assert (published.date, published.old_record) == ("2025-05", "")
    assert published.new_record.endswith("record/relaton-data-iso/data/iso-32110-2025.yaml")
    edition = only(changes, "new-edition")
    assert (edition.old, edition.new) == (("ISO 32110:2019",), ("ISO 32110:2025",))
    replaced = only(changes, "replaced")
    assert replaced.new == ("ISO 32110:2025",)
    assert replaced.old_record.endswith("iso-32110-2019.yaml")
    assert replaced.new_record.endswith("iso-32110-2025.yaml")
    withdrawn = only(changes, "withdrawn")
    assert (withdrawn.old, withdrawn.new) == (("60.60",), ("95.99",))
    assert (withdrawn.before, withdrawn.after) == (BEFORE, AFTER)


def test_an_amendment_tells_of_the_document_it_amends(tmp_path: Path) -> None:
    amendment = Record("ISO 32110:2019/Amd 1:2025", published="2025-05", number="3")
    changes = compare(tmp_path, [OLD], [OLD, amendment])
    assert told(changes)["published"] == ["ISO 32110:2019/Amd 1:2025"]
    assert only(changes, "amended").name == "ISO 32110:2019"
    assert only(changes, "amended").new == ("ISO 32110:2019/Amd 1:2025",)


def test_an_amendment_in_preparation_amends_nothing_yet(tmp_path: Path) -> None:
    draft = Record("ISO 32110:2019/DAM 1", stage="40.20", number="3")
    assert told(compare(tmp_path, [OLD], [OLD, draft])) == {"new-draft": ["ISO 32110:2019/DAM 1"]}


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("30.20", "40.20", "stage-reached"),
        ("50.20", "60.60", "published"),
        ("60.60", "90.20", "stage-reached"),
        ("90.20", "90.93", "confirmed"),
        ("90.93", "95.99", "withdrawn"),
        ("30.20", "40.98", "cancelled"),
    ],
)
def test_stages(tmp_path: Path, before: str, after: str, kind: str) -> None:
    old = OLD.changed(stage=before)
    event = only(compare(tmp_path, [old], [old.changed(stage=after)]), kind)
    assert (event.old, event.new) == ((before,), (after,))


def test_title_committee_and_date(tmp_path: Path) -> None:
    new = OLD.changed(title="Gadgets", committee="ISO/TC 321", published="2019-04")
    changes = compare(tmp_path, [OLD], [new])
    assert told(changes).keys() == {"title-changed", "committee-changed", "date-changed"}
    title = only(changes, "title-changed")
    assert (title.old, title.new) == (("Widgets",), ("Gadgets",))
    committee = only(changes, "committee-changed")
    assert (committee.old, committee.new) == (("ISO/TC 176",), ("ISO/TC 321",))
    date = only(changes, "date-changed")
    assert (date.old, date.new) == (("2019-03",), ("2019-04",))


def test_another_number_for_the_same_project_is_a_new_name(tmp_path: Path) -> None:
    changes = compare(tmp_path, [OLD], [OLD.changed(docid="ISO 42110:2019")])
    event = only(changes, "renamed")
    assert (event.old, event.new) == (("ISO 32110:2019",), ("ISO 42110:2019",))
    assert told(changes).keys() == {"renamed"}


def test_a_record_that_is_gone_and_one_that_was_missing(tmp_path: Path) -> None:
    changes = compare(tmp_path, [OLD], [OTHER])
    assert told(changes) == {"record-gone": ["ISO 32110:2019"], "catalogued": ["ISO 32111:2021"]}
    assert only(changes, "catalogued").date == "2021-01"


def test_form_alone_is_churn(tmp_path: Path) -> None:
    new = OLD.changed(title="  Widgets", link="https://www.iso.org/other.html")
    changes = compare(tmp_path, [OLD, OTHER], [new, OTHER])
    assert changes.events == ()
    assert changes.churn["address"] == 1
    assert changes.records == 1


def test_ids_stay_the_same(tmp_path: Path) -> None:
    new = OLD.changed(stage="95.99")
    first = compare(tmp_path / "a", [OLD], [new])
    again = compare(tmp_path / "b", [OLD], [new])
    assert [event.id for event in first.events] == [event.id for event in again.events]
    assert len({event.id for event in first.events}) == len(first.events)

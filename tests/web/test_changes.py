"""What the last build changed, over HTTP: data, a page and a feed."""

from __future__ import annotations

import shutil
from pathlib import Path

import feedparser
import httpx

from kg.changes.history import history_keeper
from kg.pipeline.build import CatalogueSelection, build
from tests.changes.states import AFTER, BEFORE, Record, write_state
from tests.web.server import Server, serve

OLD = Record("ISO 32110:2019", published="2019-03")


def test_changes_of_the_last_build(own_store: Path, tmp_path: Path) -> None:
    source = write_state(tmp_path / "relaton-data-iso", [OLD], BEFORE)
    build(own_store, selection=CatalogueSelection(add=(source,)))
    shutil.rmtree(source)
    write_state(source, [OLD.changed(stage="95.99", title="Gadgets")], AFTER)
    build(own_store)
    with (
        serve("--store", own_store, "--timeout", "60", "--workers", "2") as server,
        httpx.Client(base_url=server.url, timeout=60) as client,
    ):
        told = client.get("/changes", params={"format": "json"}).json()
        assert told["counts"] == {"withdrawn": 1, "title-changed": 1}
        assert told["compared"][0]["before"] == BEFORE
        chosen = client.get("/changes", params={"kind": "withdrawn", "watch": "ISO 32110"})
        assert [event["what"] for event in chosen.json()["events"]] == [
            "ISO 32110:2019 was withdrawn"
        ]
        assert client.get("/changes", params={"watch": "nothing such"}).status_code == 400
        feed = client.get("/changes.atom")
        assert feed.headers["content-type"] == "application/atom+xml"
        entries = feedparser.parse(feed.content).entries
        assert entries[0].title == "ISO 32110:2019 was withdrawn"
        page = client.get("/changes", headers={"Accept": "text/html", "Accept-Language": "zh"})
        assert "ISO 32110:2019废止" in page.text


def test_any_two_kept_states_are_compared(own_store: Path, tmp_path: Path) -> None:
    source = write_state(tmp_path / "relaton-data-iso", [OLD], BEFORE)
    build(own_store, selection=CatalogueSelection(add=(source,)))
    days = [BEFORE, AFTER, "2027-01-01"]
    for day, changed in zip(days[1:], ({"stage": "95.99"}, {"title": "Gadgets"}), strict=True):
        shutil.rmtree(source)
        write_state(source, [OLD.changed(**{"stage": "95.99", **changed})], day)
        build(own_store, history=history_keeper(keep=True))
    with (
        serve("--store", own_store, "--timeout", "60", "--workers", "2") as server,
        httpx.Client(
            base_url=server.url,
            timeout=60,
            headers={"Accept": "text/html", "Accept-Language": "en"},
        ) as client,
    ):
        page = client.get("/changes", params={"from": days[0], "to": days[1]}).text
        assert "was withdrawn" in page
        assert "Gadgets" not in page
        page = client.get("/changes", params={"from": days[1], "to": days[2]}).text
        assert "was withdrawn" not in page
        assert "Gadgets" in page
        page = client.get("/changes", params={"from": days[0], "to": days[2]}).text
        assert "was withdrawn" in page
        assert "Gadgets" in page
        assert f"{days[0]} → {days[2]}" in page
        wrong = client.get("/changes", params={"from": "1999-01-01"})
        assert wrong.status_code == 400
        assert f"kept are {', '.join(days)}" in wrong.text
        assert client.get("/changes", params={"from": days[2], "to": days[0]}).status_code == 400


def test_without_an_earlier_build_nothing_has_changed(patient: Server) -> None:
    answer = httpx.get(f"{patient.url}/changes", timeout=60)
    assert answer.json()["events"] == answer.json()["compared"] == []

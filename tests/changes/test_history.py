"""History: what a build keeps of earlier states, and what questions tell of it."""

from __future__ import annotations

import csv
import shutil
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from kg import KnowledgeGraph
from kg.changes.history import History, history_keeper, read_history
from kg.changes.history_quads import history_quads
from kg.changes.holdings import Holding, continue_holdings
from kg.changes.model import Event, KeptState
from kg.common.errors import BuildError
from kg.evidence.proofs import proofs_of_claims
from kg.pipeline.build import CatalogueSelection, Summary, build
from kg.queries.questions import run_question
from kg.store.embedded import EmbeddedStore
from kg.store.generations import open_generation
from tests.changes.states import Record, write_state
from tests.changes.test_committees import TABLE

KEEP, GO_ON, FORGET = (history_keeper(keep=keep) for keep in (True, None, False))
OLD_DAY, NEW_DAY = "2025-05-01", "2026-05-01"
DOCUMENTS = (
    (
        Record("ISO 32110:2019", published="2019-03", number="1"),
        Record("ISO 32111:2019", published="2019-03", number="2"),
        Record("ISO 32112:2018", published="2018-03", stage="95.99", number="3"),
        Record("ISO 32114:2015", published="2015-03", stage="95.99", number="5"),
    ),
    (
        Record("ISO 32110:2019", published="2019-03", number="1"),
        Record("ISO 32111:2019", published="2019-03", stage="95.99", number="2"),
        Record("ISO 32112:2018", published="2018-03", stage="95.99", number="3"),
        Record("ISO 32113:2025", published="2025-11", number="4"),
        Record("ISO 32114:2015", published="2015-03", stage="95.99", number="5"),
        Record(
            "ISO 32114:2025",
            published="2025-12",
            number="6",
            relations=(("obsoletes", "ISO 32114:2015"),),
        ),
    ),
)


def table(folder: Path, name: str, secretariat: tuple[str, str]) -> Path:
    """Write the table of committees with another secretariat of ISO/TC 321."""
    with TABLE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        if row["reference"] == "ISO/TC 321":
            row["secretariat.id"], row["secretariat.acronym"] = secretariat
    file = folder / name / TABLE.name
    file.parent.mkdir(parents=True)
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return file


def add(store: Path, source: Path, name: str, day: str, keeper: object = GO_ON) -> Summary:
    selection = CatalogueSelection((source,), name=name, snapshot=day)
    return build(store, selection=selection, history=keeper)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def kept(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that was built of two states of documents and of committees."""
    folder = tmp_path_factory.mktemp("history")
    store = Path(shutil.copytree(built, folder / "store"))
    states = [
        write_state(folder / day, records, day)
        for day, records in zip((OLD_DAY, NEW_DAY), DOCUMENTS, strict=True)
    ]
    tables = [
        table(folder / "tables", day, holder)
        for day, holder in ((OLD_DAY, ("1511", "DIN")), (NEW_DAY, ("1635", "SAC")))
    ]
    for number, day in enumerate((OLD_DAY, NEW_DAY)):
        selection = CatalogueSelection((tables[number],), name="committees", snapshot=day)
        build(store, selection=selection, history=KEEP if number == 0 else GO_ON)
        add(store, states[number], "documents", day)
    return store


def test_the_second_state_adds_what_changed(kept: Path) -> None:
    history = read_history(open_generation(kept))
    assert history is not None
    days = {(state.slug, state.day) for state in history.states}
    assert days == {
        (slug, day) for slug in ("committees", "documents") for day in (OLD_DAY, NEW_DAY)
    }
    kinds = {event.kind for event in history.events}
    assert {"withdrawn", "published", "secretariat-changed"} <= kinds


def test_questions_tell_who_held_what_and_between_which_days(kept: Path) -> None:
    graph = KnowledgeGraph.open(kept)
    rows = graph.ask("holdings-over-time", committee="ISO/TC 321", role="role:secretariat")
    times = {
        graph.label(row["by"].value): {k: v.value for k, v in row.items() if "Seen" in k}
        for row in rows
    }
    assert len(times) == 2
    assert sorted(
        (each["firstSeen"], each["lastSeen"], each.get("notYetSeen"), each.get("noLongerSeen"))
        for each in times.values()
    ) == [(OLD_DAY, OLD_DAY, None, NEW_DAY), (NEW_DAY, NEW_DAY, OLD_DAY, None)]
    [record] = [row["lastRecord"].value for row in rows if "noLongerSeen" in row]
    [proof] = proofs_of_claims(graph.store, [record])[record]
    assert (proof.snapshot, proof.record) == (OLD_DAY, "7145156")
    counts = {
        (row["year"].value, row["held"].value)
        for row in graph.ask("country-history", country="China")
        if row["role"].value.endswith("/secretariat")
    }
    assert counts == {("2025", "2"), ("2026", "3")}
    months = {
        (row["kind"].value, row["month"].value if "month" in row else None, row["documents"].value)
        for row in graph.ask("publications-over-time")
    }
    assert {("published", "2025-11", "1"), ("withdrawn", None, "1")} <= months
    stages = [
        (row["stageCode"].value, row["enteredAfter"].value, row["enteredBy"].value)
        for row in graph.ask("stages-over-time", document="ISO 32111:2019")
    ]
    assert stages == [("95.99", OLD_DAY, NEW_DAY)]


@pytest.mark.parametrize(
    ("name", "day", "key", "reason"),
    [
        ("ISO 32111:2019", OLD_DAY, "current", "ended-later"),
        ("ISO 32111:2019", "2025-09-01", "unknown", "ended-between"),
        ("ISO 32111:2019", "2020-01-01", "current", "ended-later"),
        ("ISO 32112:2018", OLD_DAY, "withdrawn", ""),
        ("ISO 32112:2018", "2024-01-01", "unknown", "withdrawal-undated"),
        # Long withdrawn when another document replaced it.
        ("ISO 32114:2015", OLD_DAY, "withdrawn", ""),
        ("ISO 32114:2015", "2025-09-01", "withdrawn", ""),
        ("ISO 32114:2015", "2016-01-01", "unknown", "withdrawal-undated"),
    ],
)
def test_kept_states_date_what_sources_do_not(
    kept: Path, name: str, day: str, key: str, reason: str
) -> None:
    [match] = KnowledgeGraph.open(kept).match([name], as_of=day)
    assert (match.status.key, match.status.reason) == (key, reason)


@pytest.mark.parametrize("day", [OLD_DAY, "2025-09-01"])
def test_the_records_of_both_states_prove_between_which_days_it_ended(kept: Path, day: str) -> None:
    profile = KnowledgeGraph.open(kept).profile("ISO 32111:2019", as_of=day)
    records = {(proof.snapshot, proof.record) for proof in profile.status_proofs}
    assert {snapshot for snapshot, _ in records} == {OLD_DAY, NEW_DAY}
    assert len({record for _, record in records}) == 1


def test_what_kept_states_have_is_known_on_their_days(kept: Path) -> None:
    graph = KnowledgeGraph.open(kept)

    def members(day: str) -> int:
        network = graph.view("everything", around="ISO/TC 321", as_of=day).network
        return sum(edge["role"] == "role:p-member" for _, _, edge in network.edges(data=True))

    assert members(OLD_DAY) > 0
    assert members("2025-04-01") == 0


def test_states_are_kept_in_their_order_until_they_are_forgotten(
    kept: Path, tmp_path: Path
) -> None:
    store = Path(shutil.copytree(kept, tmp_path / "store"))
    before = len(KnowledgeGraph.open(store).ask("holdings-over-time"))
    older = write_state(tmp_path / "c", DOCUMENTS[0][:1], "2020-01-01")
    with pytest.raises(BuildError, match="give states in their order"):
        add(store, older, "documents", "2020-01-01")
    assert len(KnowledgeGraph.open(store).ask("holdings-over-time")) == before
    build(store, history=FORGET)
    assert read_history(open_generation(store)) is None


def test_a_stage_that_is_reached_again_is_left_again(graph: KnowledgeGraph) -> None:
    days = ["2021-01-01", "2022-01-01", "2023-01-01", "2024-01-01", "2025-01-01"]
    codes = ["20.00", "30.20", "30.60", "30.20", "40.00"]
    thing = "https://example.org/project"
    events = [
        Event("stage-reached", thing, "P", "", before=day, after=next_, old=(old,), new=(new,))
        for (day, next_), (old, new) in zip(pairwise(days), pairwise(codes), strict=True)
    ]
    states = [KeptState("one", day, "0" * 16) for day in days]
    store = EmbeddedStore.in_memory(history_quads(states, events, ()))
    rows = run_question(store, graph.questions["stages-over-time"], {"code": "30.20"}).as_dicts()
    times = [[row[name].value for name in ("enteredBy", "leftAfter", "leftBy")] for row in rows]
    assert times == [[days[1], days[1], days[2]], [days[3], days[3], days[4]]]


def test_a_replacement_is_counted_once_in_the_month_that_a_source_tells(
    graph: KnowledgeGraph,
) -> None:
    one, other = "https://example.org/one", "https://example.org/other"
    event = partial(Event, before=OLD_DAY, after=NEW_DAY, catalogue="one")
    events = [
        event("replaced", one, "One", old=("60.60",), new=("95.99",)),
        event("replaced", one, "One", date="2025-12-01", related=(other,)),
        event("replaced", other, "Other"),
        event("published", one, "One"),
    ]
    states = [KeptState("one", day, "0" * 16) for day in (OLD_DAY, NEW_DAY)]
    store = EmbeddedStore.in_memory(history_quads(states, events, ()))
    rows = run_question(store, graph.questions["publications-over-time"], {}).as_dicts()
    assert sorted(
        (row["kind"].value, row["month"].value if "month" in row else "", row["documents"].value)
        for row in rows
    ) == [("published", "", "1"), ("replaced", "", "1"), ("replaced", "2025-12", "1")]


def test_nothing_is_told_of_the_time_in_which_a_catalogue_was_dropped(tmp_path: Path) -> None:
    store = tmp_path / "store"
    old, new = (
        write_state(tmp_path / day, records, day)
        for day, records in zip((OLD_DAY, NEW_DAY), DOCUMENTS, strict=True)
    )
    add(store, old, "documents", OLD_DAY, KEEP)
    build(store, selection=CatalogueSelection((), drop=("documents",)), history=GO_ON)
    add(store, new, "documents", NEW_DAY)
    graph = KnowledgeGraph.open(store)
    for day, key in ((OLD_DAY, "unknown"), ("2025-09-01", "unknown"), (NEW_DAY, "withdrawn")):
        assert graph.match(["ISO 32111:2019"], as_of=day)[0].status.key == key


def test_holdings_go_on_end_and_begin() -> None:
    held = {("c", "a", "r"): "1", ("c", "b", "r"): "2"}
    first = list(continue_holdings([], "s", held, "2020", ""))
    second = list(continue_holdings(first, "s", {("c", "b", "r"): "3"}, "2021", "2020"))
    third = list(continue_holdings(second, "s", {("c", "a", "r"): "4"}, "2022", "2021"))
    assert third == [
        Holding("s", "c", "a", "r", "2020", "2020", "", "2021", "1", "1"),
        Holding("s", "c", "b", "r", "2020", "2021", "", "2022", "2", "3"),
        Holding("s", "c", "a", "r", "2022", "2022", "2021", "", "4", "4"),
    ]


def test_a_title_with_a_separator_of_lines_does_not_damage_a_history(tmp_path: Path) -> None:
    event = Event("retitled", "https://w3id.org/stdkg/iso/1", "ISO 1", old=("A\u2028B\x85C",))
    (tmp_path / "history.jsonl").write_text("".join(History(events=(event,)).lines()), "utf-8")
    read = read_history(tmp_path)
    assert read is not None
    assert read.events == (event,)

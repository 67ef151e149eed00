"""A graph whose files a disk has changed: found, said in one line, and mended by a build."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg import KnowledgeGraph
from kg.common.errors import BuildError, KgError, StoreError
from kg.pipeline import catalogues
from kg.pipeline.build import CatalogueSelection, Summary, build
from kg.pipeline.previous import find_all_damage
from kg.store.completion import ID
from kg.store.generations import build_lock, current_generation
from tests.support import WORLD, BuildWith, Run

pytestmark = pytest.mark.slow

JIS = "relaton-data-jis"


def flip(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


DAMAGE: dict[str, Callable[[bytes], bytes | None]] = {
    "one bit": flip,
    "cut short": lambda data: data[:-2],
    "emptied": lambda _: b"",
    "deleted": lambda _: None,
}


@pytest.fixture(scope="module")
def whole(build_with: BuildWith) -> Summary:
    """A graph with two catalogues, read-only."""
    return build_with(WORLD / "ICS.xml", WORLD / JIS)


@pytest.fixture
def store(whole: Summary, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole.folder, tmp_path / "store"))


def damage(file: Path, change: Callable[[bytes], bytes | None]) -> None:
    changed = change(file.read_bytes())
    if changed is None:
        file.unlink()
    else:
        file.write_bytes(changed)


def slugs(folder: Path) -> list[str]:
    return [account.slug for account in KnowledgeGraph.open(folder).catalogues]


def built_again(folder: Path, selection: CatalogueSelection | None = None) -> tuple[Summary, str]:
    """Return the summary of a build, and the line that it warned with."""
    warnings: list[str] = []
    summary = build(folder, selection=selection, warn=warnings.append)
    [line] = warnings
    assert "\n" not in line
    assert find_all_damage(folder) == []
    return summary, line


def files_of_graph(store: Path) -> Iterator[Path]:
    yield store / "current"
    yield from (file for file in current_generation(store).rglob("*") if file.is_file())
    yield from (store / "converted").glob("*.nt.zst")


def test_damage_in_every_file_is_found(store: Path) -> None:
    assert find_all_damage(store) == []
    files = [file for file in files_of_graph(store) if file.stat().st_size]
    assert len(files) > 40
    for file in files:
        content = file.read_bytes()
        for name, change in DAMAGE.items():
            damage(file, change)
            found = [each.file for each in find_all_damage(store)]
            assert found == [file.relative_to(store).as_posix()], (file, name)
            # Whatever shows in the size, or at the ends, is said at the opening.
            inside = file.parent.name == "converted" or (name == "one bit" and len(content) > 65536)
            if not inside:
                with pytest.raises(StoreError, match=r"damaged|names no complete graph") as error:
                    KnowledgeGraph.open(store)
                assert "kg build" in str(error.value)
            file.write_bytes(content)
    assert find_all_damage(store) == []


def test_the_command_lists_damage_and_says_what_to_do(store: Path, run: Run) -> None:
    fine = run("check", "--store", store)
    assert (fine.returncode, fine.stdout, fine.stderr) == (0, f"{store} is whole\n", "")
    index = current_generation(store) / "names.sqlite"
    damage(index, flip)
    found = run("check", "--store", store)
    assert (found.returncode, found.stderr) == (1, "")
    assert found.stdout == (
        f"{index.relative_to(store)}: its content has changed\n"
        f"1 file is damaged: run 'kg build --store {store}', which builds the graph anew\n"
    )
    for folder in (store / "none", store / "converted"):
        none = run("check", "--store", folder)
        assert none.returncode == 2
        assert none.stderr.startswith(f"kg: no graph has been built in {folder}")


def test_a_build_does_not_start_from_a_damaged_store(store: Path) -> None:
    table = max(current_generation(store).glob("store/*.sst"), key=lambda file: file.stat().st_size)
    damage(table, flip)
    built, line = built_again(store)
    assert line.startswith(f"the graph in {store} is damaged (store/{table.name}: its content")
    assert not built.unchanged
    assert slugs(store) == ["ics", JIS]


@pytest.mark.parametrize("change", DAMAGE.values(), ids=DAMAGE)
def test_without_a_pointer_the_newest_whole_graph_is_taken_up(
    store: Path, change: Callable[[bytes], bytes | None]
) -> None:
    newest = current_generation(store)
    damage(store / "current", change)
    built, line = built_again(store)
    assert newest.name in line
    assert built.unchanged
    assert current_generation(store) == newest
    assert slugs(store) == ["ics", JIS]


def test_sources_are_kept_when_the_mark_of_the_newest_graph_is_lost(store: Path) -> None:
    # The generation before it knows only one of the two sources.
    build(store, selection=CatalogueSelection(drop=(JIS,)))
    build(store, selection=CatalogueSelection((WORLD / JIS,)))
    (current_generation(store) / "complete").unlink()
    built_again(store)
    assert slugs(store) == ["ics", JIS]


@pytest.mark.parametrize("change", DAMAGE.values(), ids=DAMAGE)
def test_sources_are_not_dropped_when_their_list_is_lost(
    store: Path, change: Callable[[bytes], bytes | None]
) -> None:
    damage(current_generation(store) / "catalogues.jsonl", change)
    before = sorted(store.rglob("*"))
    with pytest.raises(BuildError, match="give all sources again with --only") as error:
        build(store)
    assert str(WORLD / "ICS.xml") in str(error.value)
    assert str(WORLD / JIS) in str(error.value)
    assert sorted(store.rglob("*")) == before


def test_sources_given_anew_replace_a_lost_list(store: Path) -> None:
    (current_generation(store) / "catalogues.jsonl").unlink()
    built_again(store, CatalogueSelection((WORLD / "ICS.xml",), only=True))
    assert slugs(store) == ["ics"]


def cut_at_a_frame(data: bytes) -> bytes:
    """Leave the first of two frames, whose checksums are right."""
    frame = data.rindex(b"\x28\xb5\x2f\xfd")
    return data[:frame] if frame else data[:0]


@pytest.mark.parametrize(
    ("name", "change"),
    [
        (f"{JIS}-*.nt.zst", cut_at_a_frame),
        (f"{JIS}-*.nt.zst", DAMAGE["deleted"]),
        (f"{JIS}-*.rejects.jsonl", DAMAGE["deleted"]),
        (f"{JIS}-*.json", DAMAGE["emptied"]),
        (f"{JIS}-*.json", DAMAGE["cut short"]),
    ],
)
def test_a_damaged_conversion_is_not_used(
    store: Path, name: str, change: Callable[[bytes], bytes | None]
) -> None:
    [file] = (store / "converted").glob(name)
    content = file.read_bytes()
    damage(file, change)
    read = [account.slug for account in build(store).catalogues if not account.reused]
    assert read == [JIS]
    assert find_all_damage(store) == []
    if file.suffix != ".json":
        assert file.read_bytes() == content


def test_a_damaged_conversion_of_a_lost_source_is_said(store: Path, tmp_path: Path) -> None:
    source = tmp_path / "ICS.xml"
    text = (WORLD / "ICS.xml").read_text(encoding="utf-8")
    source.write_text(text + "<!-- another one -->", encoding="utf-8")
    build(store, selection=CatalogueSelection((source,)))
    source.unlink()
    assert build(store).unchanged
    for file in (store / "converted").glob("ics-*.nt.zst"):
        damage(file, flip)
    with pytest.raises(BuildError, match="is gone, and its conversion is damaged"):
        build(store)


def test_a_build_is_planned_while_no_other_runs(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = catalogues.plan_jobs
    refused: list[KgError] = []

    def plan_locked(*arguments: object) -> object:
        with (
            pytest.raises(StoreError, match="another build is running") as error,
            build_lock(store),
        ):
            pass
        refused.append(error.value)
        return plan(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(catalogues, "plan_jobs", plan_locked)
    assert build(store).unchanged
    assert len(refused) == 1


def test_an_unchanged_build_clears_what_killed_builds_left(store: Path) -> None:
    leftover = store / "generations" / "20180101T000000000000Z-00000000"
    assert ID.fullmatch(leftover.name)
    (leftover / "store").mkdir(parents=True)
    part = store / "converted" / f"{JIS}-0123456789abcdef.nt.zst.part"
    part.write_bytes(b"half")
    assert build(store).unchanged
    assert not leftover.exists()
    assert not part.exists()


@pytest.mark.parametrize("part", ["names.sqlite", "relations/*.npy", "store/*.sst"])
def test_damage_inside_a_file_is_one_line_in_every_command(
    store: Path, run: Run, part: str
) -> None:
    files = [f for f in current_generation(store).glob(part) if f.stat().st_size > 2 * 4096]
    assert files
    for file in files:
        content = bytearray(file.read_bytes())
        # Only the ends are compared at the opening. A flipped bit may be in text, which no format
        # checks; here whole pages are overwritten.
        content[4096:-4096] = b"\xff" * (len(content) - 8192)
        # Not in place: tables are shared with the store that they were copied from.
        file.unlink()
        file.write_bytes(content)
    commands = (
        ("search", "SAC"),
        ("show", "ISO/TC 321"),
        ("relate", "SAC", "ISO/TC 321"),
        ("view", "everything", "--format", "graphml"),
        ("query", "catalogues"),
    )
    failed = 0
    for command in commands:
        answer = run(*command, "--store", store)
        if answer.returncode != 0:
            assert answer.returncode == 2, command
            assert answer.stdout == ""
            assert answer.stderr.count("\n") == 1, answer.stderr
            assert f"'kg check --store {store}'" in answer.stderr
            failed += 1
    assert failed

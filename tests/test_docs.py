"""The documentation covers all commands, views and options, and its figures are up to date."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kg import cli
from kg.common import resources
from kg.queries import views
from tests.documents import READMES
from tests.support import ROOT, Run

DOCS = ROOT / "docs"
VIEWS = (DOCS / "views.md").read_text(encoding="utf-8")
DRAWN = ("figures", "pictures")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def test_the_page_of_questions_is_generated_from_their_headers(run: Run) -> None:
    page = (DOCS / "questions.md").read_text(encoding="utf-8")
    made = run("query", "--format", "md").stdout
    assert made == page, "run: kg query --format md > docs/questions.md"


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.parametrize("command", cli.cli.commands)
def test_every_command_is_in_both_readmes(readme: str, command: str) -> None:
    assert f"| `kg {command}` |" in (ROOT / readme).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", views.load_views(resources.queries() / "views"))
def test_every_view_is_on_the_page_of_views(name: str) -> None:
    assert re.search(rf"^\| `{name}` \|", VIEWS, re.MULTILINE)


@pytest.mark.parametrize("command", ["view", "relate"])
def test_every_option_of_view_and_relate_is_on_the_page_of_views(command: str) -> None:
    options = {name for o in cli.cli.commands[command].params for name in o.opts}
    named = {name for name in options if name.startswith("-")}
    assert len(named) >= 5
    for name in named:
        assert re.search(rf"(?<![\w-]){name}\b", VIEWS), name


def test_pages_in_two_languages_link_to_each_other_and_show_the_same_figures() -> None:
    pairs = [(ROOT / one, ROOT / other) for one, other in [READMES]]
    pairs += [(DOCS / file.name.replace(".zh-CN", ""), file) for file in DOCS.glob("*.zh-CN.md")]
    assert len(pairs) >= 3
    for english, chinese in pairs:
        one, other = (file.read_text(encoding="utf-8") for file in (english, chinese))
        assert f"]({chinese.name})" in one.split("\n\n")[1]
        assert f"]({english.name})" in other.split("\n\n")[1]
        figures = [re.findall(r"!\[[^]]+\]\(([^)]+)\.svg\)", text) for text in (one, other)]
        assert [name.removesuffix(".zh") for name in figures[1]] == figures[0]
        assert all(name.endswith(".zh") for name in figures[1])


def test_every_drawn_file_is_used() -> None:
    text = "".join(f.read_text(encoding="utf-8") for f in (*ROOT.glob("*.md"), *DOCS.glob("*.md")))
    for file in (file for folder in DRAWN for file in (DOCS / folder).iterdir()):
        assert f"{file.parent.name}/{file.name})" in text, file


@pytest.mark.slow
def test_figures_and_pictures_are_up_to_date(tmp_path: Path) -> None:
    process = subprocess.run(
        [sys.executable, DOCS / "make_figures.py", tmp_path],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert process.returncode == 0, process.stderr
    for folder in DRAWN:
        kept = {file.name: file.read_bytes() for file in (DOCS / folder).iterdir()}
        drawn = {file.name: file.read_bytes() for file in (tmp_path / folder).iterdir()}
        assert set(kept) == set(drawn)
        for name, content in drawn.items():
            assert alike(kept[name], content), f"{folder}/{name}: run: python docs/make_figures.py"


def alike(one: bytes, other: bytes) -> bool:
    """Whether two pictures are equal except for tenths of a pixel.

    Releases of NumPy may round the last digit of a sum differently.
    """
    if one == other:
        return True
    texts = [NUMBER.split(picture.decode("utf-8")) for picture in (one, other)]
    numbers = [NUMBER.findall(picture.decode("utf-8")) for picture in (one, other)]
    return texts[0] == texts[1] and all(
        abs(float(a) - float(b)) < 0.5 for a, b in zip(*numbers, strict=True)
    )


def test_pictures_that_differ_in_tenths_of_a_pixel_are_alike() -> None:
    assert alike(b'<rect x="10.1"/>', b'<rect x="10.2"/>')
    assert not alike(b'<rect x="10.1"/>', b'<rect x="11"/>')
    assert not alike(b"<text>one 2018</text>", b"<text>two 2018</text>")
    assert not alike(b"<text>2018</text>", b"<text>2019</text>")


def test_figures_show_participation_nodes_and_terms_of_the_ontology() -> None:
    for file in (DOCS / "figures").iterdir():
        picture = ElementTree.parse(file).getroot()
        groups = [e.attrib for e in picture.iter() if "data-id" in e.attrib]
        assert any(about["data-group"] == "node" for about in groups), file
        names = " ".join("".join(e.itertext()) for e in picture.iter() if "data-key" in e.attrib)
        assert "std:" in names, file


def test_every_decision_has_its_parts_and_is_in_the_index() -> None:
    folder = DOCS / "decisions"
    index = re.findall(
        r"^\| (\d+) \| \[(.+)\]\((.+)\) \|$",
        (folder / "README.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert [name for _, _, name in index] == sorted(file.name for file in folder.glob("*-*.md"))
    assert len(index) >= 16
    for number, title, name in index:
        text = (folder / name).read_text(encoding="utf-8")
        assert text.startswith(f"# {number}. {title}\n")
        parts = re.findall(r"^\*\*(\w+)", text, re.MULTILINE)
        assert parts == ["Context", "Decision", "Considered", "Consequences"], name
        assert len(text.splitlines()) <= 40, name

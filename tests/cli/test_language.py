"""Everything that the command line says is in Chinese as well."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from kg.cli import cli
from kg.cli.help_format import ChineseHelpFormatter
from kg.cli.language import (
    CATALOG,
    choose_language,
    read_catalog,
    set_language,
    translate,
)
from tests.messages import messages
from tests.support import Run

CATALOG_TEXTS = read_catalog(CATALOG)
HAN = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"(?<!kg )\b[a-z]{3,} [a-z]{2,} [a-z]+")
"""Three words in a row: names of formats and files stand alone, examples begin with kg."""


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    set_language("zh")
    yield
    set_language("en")


FOR_PROGRAMS = {"listening on {}", "?claim a std:Catalogue ."}


def test_every_message_has_a_chinese_text() -> None:
    """A message, and each text that it is put together from, stands in a text of the catalog."""
    found = messages()
    assert len(found) > 600
    missing = [
        f"{where}: {text}"
        for text, where in found.items()
        if re.search(r"[a-z]{2,}.* |^[a-z]+:", text.strip())
        and not re.match(r" --|kg build", text)  # Commands.
        and not where.startswith("kg/common/arguments.py")  # Only the Python API gives types.
        and text not in FOR_PROGRAMS
        and not any(text.strip() in known for known in CATALOG_TEXTS)
    ]
    assert not missing, "add to kg/locale/zh.po:\n" + "\n".join(missing)


def test_texts_are_chinese_and_keep_their_values() -> None:
    for text, translated in CATALOG_TEXTS.items():
        if not text:
            continue
        assert HAN.search(translated) or not re.search("[a-z]", text.replace("kg", "")), text
        slots = re.findall(r"\{(\d*)\}", translated)
        numbers = [int(slot) if slot else place for place, slot in enumerate(slots)]
        assert sorted(set(numbers)) == list(range(text.count("{}"))), text
        # A {} beside {1} is an error when the message is printed.
        assert not slots or translated.format(*numbers)


def commands() -> Iterator[tuple[str, click.Command]]:
    yield "kg", cli
    for name in cli.commands:
        command = cli.commands[name]
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {each}", command.commands[each]) for each in command.commands)


@pytest.mark.parametrize(("name", "command"), list(commands()))
def test_help_is_in_chinese(name: str, command: click.Command) -> None:
    context = click.Context(command, info_name=name)
    for width in (60, 80, 120):
        formatter = ChineseHelpFormatter(width=width)
        command.format_help(context, formatter)
        text = formatter.getvalue()
        assert HAN.search(text)
        assert not ENGLISH.search(text), text
        assert not re.search(r"\n\s*[，。、；：）]", text), text


@pytest.mark.parametrize(
    ("message", "chinese_text"),
    [
        ("no question is called 'x'; nearest: sources", "没有名为'x'的问题；相近的有：sources"),
        ("parameter 'year': 'x' is not a valid year", "参数'year'：'x'不是有效的年份"),
        ("No such option '--stor'. Did you mean '--store'?", "没有选项'--stor'。是否指'--store'？"),
        (
            "a.csv: No such file or directory: check the path",
            "a.csv：没有此文件或文件夹：请检查路径",
        ),
        (
            "a.rq: the query is not SPARQL 1.1: line 1, column 11: near 'SELECT * {'",
            "a.rq：查询不是SPARQL 1.1：第1行第11列：在'SELECT * {'附近",
        ),
        (
            "the query is not SPARQL 1.1: line 1: no prefix 'a:' is declared: add PREFIX a: <…>",
            "查询不是SPARQL 1.1：第1行：前缀“a:”未声明：请加上PREFIX a: <…>",
        ),
        (
            "standards has no parameter 'y'; its parameters: body (entity, optional), year (year)",
            "standards没有参数'y'；其参数有：body（实体，可选）、year (year)",
        ),
        (
            "a.ttl:1: Parser error at line 1: Unexpected end of file: correct it there",
            "a.ttl:1：“Parser error at line 1: Unexpected end of file”：请在该处更正",
        ),
        ("words of an engine", "words of an engine"),
    ],
)
def test_a_message_is_translated_with_its_values(message: str, chinese_text: str) -> None:
    assert translate(message) == chinese_text
    set_language("en")
    assert translate(message) == message


@pytest.mark.parametrize(
    ("arguments", "environment", "lang"),
    [
        (["show", "x", "--lang", "zh"], {"LANG": "en_US.UTF-8"}, "zh"),
        (["show", "x", "--lang=en"], {"KG_LANG": "zh"}, "en"),
        (["show", "--", "--lang", "zh"], {}, "en"),
        (["show"], {"KG_LANG": "zh", "LC_ALL": "de_DE.UTF-8"}, "zh"),
        (["show"], {"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "zh"),
        (["show"], {"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "en"),
        (["show"], {"LC_ALL": "", "LANG": "zh_TW"}, "zh"),
        (["show"], {"LC_MESSAGES": "zh_Hans_CN@x", "LANG": "C"}, "zh"),
        (["show"], {}, "en"),
    ],
)
def test_the_language_of_a_command(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], environment: dict[str, str], lang: str
) -> None:
    for name in ("KG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert choose_language(arguments) == lang


def test_a_run_speaks_one_language(run: Run) -> None:
    assert "没有命令'sho'" in run("sho", "--lang", "zh").stderr
    assert "No such command 'sho'" in run("sho").stderr
    assert run("show", "--help", "--lang", "zh").stdout.startswith("用法：kg show [选项] ENTITY")
    assert "尚未构建图谱" in run("stats", "--lang", "zh", "--store", "nowhere").stderr

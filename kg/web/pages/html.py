"""Templates of pages, and what every template can use."""

from __future__ import annotations

import re
from functools import cache, partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from kg.common.bilingual import Text
from kg.common.date_words import spell_date
from kg.entities.groups import GROUPS
from kg.pictures.svg.symbols import group_symbol
from kg.web.pages import assets
from kg.web.pages.reader import HTML_LANGUAGES, LANGUAGES, Reader

_TEMPLATES: Final = Path(__file__).resolve().parent / "templates"
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_LATIN: Final = re.compile(r"[A-Za-z]{3}")

SECTIONS: Final = (
    ("/questions", Text("Questions", "问题")),
    ("/article", Text("The article", "文章")),
    ("/relate", Text("How related", "关系")),
    ("/compare", Text("Compare", "比较")),
    ("/match", Text("My list", "我的清单")),
    ("/graph", Text("Graph", "图")),
)
"""The pages that every page leads to, in this order."""


def render(reader: Reader, template: str, **content: Any) -> str:
    """Return a page as HTML."""
    content |= {
        "reader": reader,
        "t": reader.t,
        "url": reader.url,
        "thing": reader.thing,
        "lang": reader.lang,
        "name": partial(_name, reader),
        "date": partial(spell_date, lang=reader.lang),
    }
    templates = environment()
    content["m"] = templates.get_template("macros.html").make_module(content)
    return templates.get_template(template).render(content)


@cache
def environment() -> Environment:
    """Return the templates, with everything that is inserted escaped."""
    templates = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    templates.globals |= {
        "asset": assets.address,
        "mark": mark,
        "groups": GROUPS,
        "languages": LANGUAGES,
        "number": _number,
        "sections": SECTIONS,
        "html_languages": HTML_LANGUAGES,
    }
    templates.filters |= {"web_address": web_address, "host": host}
    return templates


def mark(group: str) -> Markup:
    """Return the mark of a group of kinds; its color follows the theme."""
    shape = group_symbol(group, (8, 8), 6.4, False)
    return Markup(  # noqa: S704
        f'<svg class="mark k-{escape(group)}" viewBox="0 0 16 16" aria-hidden="true">{shape}</svg>'
    )


def web_address(text: str | None) -> str:
    """Return an address of the web, or nothing for any other text, such as a script."""
    try:
        return text if text and urlsplit(text).scheme in ("http", "https") else ""
    except ValueError:
        return ""


def host(address: str) -> str:
    """Return the host of an address, to show where a link leads."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def _name(reader: Reader, text: Text | str) -> Markup:
    """Return a name; one in another script than the page says so, for fonts and voices."""
    shown = text.of(reader.lang) if isinstance(text, Text) else text
    language = "zh" if _HAN.search(shown) else "en" if _LATIN.search(shown) else reader.lang
    if language == reader.lang:
        return Markup("<bdi>{}</bdi>").format(shown)
    return Markup('<bdi lang="{}">{}</bdi>').format(HTML_LANGUAGES[language], shown)


def _number(number: int) -> str:
    return f"{number:,}"

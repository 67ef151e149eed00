"""Make the folder of a new article: TriG files with comments that teach the format."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.common.errors import ExportError, SourceError
from kg.common.files import decode_utf8
from kg.sources import article
from kg.sources.source import named_slug

TEMPLATE: Final = Path(__file__).parent / "article_template"
TEXT_FILE: Final = "text.txt"
"""The text in the folder of an article, if it is kept there."""

_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_NO_URL: Final = "#|        schema:url <https://example.org/page> ;"


@dataclass(frozen=True)
class ArticleDetails:
    """What is known of a new article's text.

    ``name`` is its name in the graph, by default made of the folder's; ``zh`` and ``en`` are the
    names under which it is cited, by default made of ``name``; ``url`` is the address of its page.
    """

    name: str | None = None
    zh: str | None = None
    en: str | None = None
    url: str | None = None


def new_article(
    folder: Path, text: Path, details: ArticleDetails | None = None, *, keep_text: bool = False
) -> article.Article:
    """Make the folder of a new article about a text, and read it.

    ``keep_text`` copies the text into the folder, as ``text.txt``. Raises SourceError for a text
    that can't be read, is empty or not in UTF-8, and for a name that is reserved or has no ASCII
    letters and digits; ExportError for a folder that is not empty or can't be written.
    """
    details = details or ArticleDetails()
    content = read_text(text)
    slug = named_slug(folder.resolve().name if details.name is None else details.name)
    if not re.fullmatch(r"[a-z0-9.-]+", slug):
        raise SourceError(f"the name {slug!r} is no part of an IRI: choose another")
    values = {
        "SLUG": slug,
        "LABEL_ZH": _quoted(details.zh or f"文章 {slug}"),
        "LABEL_EN": _quoted(details.en or f"article {slug}"),
        "URL": f"        schema:url <{_url(details.url)}> ;" if details.url else _NO_URL,
        "LANGUAGE": "zh" if _HAN.search(decode_utf8(content, str(text))) else "en",
        "SHA256": hashlib.sha256(content).hexdigest(),
    }
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise ExportError(f"{folder} is not an empty folder: name one that doesn't exist yet")
        for template in sorted(TEMPLATE.rglob("*.trig")):
            file = folder / template.relative_to(TEMPLATE)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(_filled(template.read_text(encoding="utf-8"), values), encoding="utf-8")
        if keep_text:
            shutil.copyfile(text, folder / TEXT_FILE)
    except OSError as error:
        raise ExportError(f"{folder}: {error.strerror}: choose another folder") from error
    return article.read_article(folder)


def read_text(file: Path) -> bytes:
    """Return the bytes of an article's text; SourceError if they can't be read or are no text."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise SourceError(f"{file}: {error.strerror}: name the file that holds the text") from error
    if not decode_utf8(content, str(file)).strip():
        raise SourceError(f"{file}: the text is empty: name the file that holds the text")
    return content


def text_in_folder(folder: Path) -> Path:
    """Return the file of the text that an article's folder keeps; SourceError if it has none."""
    text = folder / TEXT_FILE
    if not text.is_file():
        raise SourceError(
            f"{folder} keeps no {TEXT_FILE}: give the file of the text, and --article {folder}"
        )
    return text


def _url(address: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", address):
        raise SourceError(f"{address!r} is no address of a page: give one with http:// or https://")
    return address


def _quoted(text: str) -> str:
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _filled(template: str, values: dict[str, str]) -> str:
    return re.sub(r"@([A-Z0-9_]+)@", lambda match: values[match[1]], template)

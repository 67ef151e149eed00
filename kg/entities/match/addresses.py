"""Find documents by web address, DOI (ISO 26324) or ISBN (ISO 2108), however these are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, product
from typing import Final
from urllib.parse import unquote

import pyoxigraph as ox

from kg.common.namespaces import BASE
from kg.entities.index import NameIndex
from kg.entities.index.schema import Rank
from kg.store import Store

_AT: Final = "SELECT DISTINCT ?address ?document WHERE { ?document schema:url ?address }"
_URL: Final = re.compile(
    r"(?:(?P<scheme>https?)://)?(?P<host>(?:[a-z\d-]+\.)+[a-z]{2,})(?P<path>/[^#\s]*)?(?:#\S*)?",
    re.IGNORECASE,
)
_LANGUAGE: Final = re.compile(r"^/[a-z]{2}(?=/)")
_DOI: Final = re.compile(
    r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|(?:info|urn):doi[:/]|doi\s*[:：]?\s*)?"
    r"(?P<doi>10\.\d{4,9}(?:\.\d+)*/\S+)",
    re.IGNORECASE,
)
_ISBN: Final = re.compile(
    r"(?:urn:)?(?:isbn(?:[- ]?1[03])?)?\s*[:：]?\s*(?P<isbn>(?:97[89][- ]?)?\d[\d -]{7,14}[\dXx])",
    re.IGNORECASE,
)
_NAMED: Final = (
    (
        re.compile(
            r"(?:https?://)?www\.iso\.org/obp/ui/(?:[a-z]{2}/?)?#!?(iso:std:[a-z]+:\S+)", re.I
        ),
        r"urn:\1",
    ),
    (
        re.compile(
            r"(?:https?://)?www\.itu\.int/rec/T-REC-([A-Z]\.[\d.]+\d)-(\d{4})(\d\d)(?:-[A-Z])?(?:/\w*)?",
            re.I,
        ),
        r"ITU-T \1 (\3/\2)",
    ),
    (
        re.compile(r"(?:https?://)?www\.itu\.int/rec/T-REC-([A-Z]\.[\d.]*\d)(?:/\w*)?", re.I),
        r"ITU-T \1",
    ),
    (
        re.compile(
            r"(?:https?://)?www\.itu\.int/rec/R-REC-([A-Z]+\.\d+(?:-\d+)?)(?:-\d{6}-\w)?(?:/\w*)?",
            re.I,
        ),
        r"ITU-R \1",
    ),
    (
        re.compile(
            r"(?:https?://)?(?:www\.rfc-editor\.org|datatracker\.ietf\.org|tools\.ietf\.org)"
            r"(?:/\w+)*/rfc(\d+)(?:\.\w+)?/?",
            re.I,
        ),
        r"RFC \1",
    ),
)
"""Addresses that give a designation, and its form."""
_BEHIND: Final = re.compile(
    r"(?P<head>.*?\S)[\s,;.(（\[<]+(?:(?:available|online|retrieved)\W+(?:(?:at|from)\W+)?)?"
    r"(?P<address>(?:https?://|doi\s*:\s*)\S+?)[)）\]>.]*",
    re.IGNORECASE,
)
_ISO_PAGE: Final = re.compile(
    r"(?:https?://)?(?:www\.)?iso\.org/(?:(?:[a-z]{2}/)?standard/|\S+[?&]csnumber=|cms/\S+/)"
    r"(\d+)(?:\.html?)?(?:[?&#]\S*)?",
    re.IGNORECASE,
)
"""Pages of ISO's catalogue, of today and of former times, which keep the number of the document."""
_HYPHENS: Final = re.compile(r"[\u2010-\u2015\u2212\uff0d]")
_SHORT, _LONG = 10, 13


@dataclass(frozen=True)
class Address:
    """An address of a document: ``kind`` is ``url``, ``doi`` or ``isbn``, ``text`` its form."""

    kind: str
    text: str


def read_address(text: str) -> Address | None:
    """Return the address that a text is; None for any other text, or a wrong ISBN.

    >>> read_address("https://doi.org/10.1109/IEEESTD.2021.9363693").text
    '10.1109/ieeestd.2021.9363693'
    >>> read_address("ISBN 978-3-16-148410-0")
    Address(kind='isbn', text='9783161484100')
    """
    bare = text.strip().strip("<>").rstrip(".,;")
    if bare[:1] in "([（" and bare[-1:] in ")]）":
        bare = bare[1:-1].strip()
    if match := _DOI.fullmatch(unquote(bare)):
        return Address("doi", match["doi"].casefold())
    if match := _ISBN.fullmatch(_HYPHENS.sub("-", bare)):
        digits = re.sub("[- ]", "", match["isbn"]).upper()
        if _is_isbn(digits):
            return Address("isbn", digits)
    match = _URL.fullmatch(bare)
    if match and (match["scheme"] or match["path"]):
        return Address("url", bare)
    return None


def split_address(text: str) -> tuple[str, Address] | None:
    """Return a reference and the address behind it; None if there is none.

    >>> split_address("ISO 9001:2015, doi:10.1109/9363693")
    ('ISO 9001:2015', Address(kind='doi', text='10.1109/9363693'))
    """
    match = _BEHIND.fullmatch(text)
    address = read_address(match["address"]) if match else None
    return (match["head"].rstrip(" ,;."), address) if match and address else None


def documents_at(store: Store, index: NameIndex, address: Address) -> list[str]:
    """Return the IRIs of the documents with an address; a draft only if no other has it."""
    if address.kind == "url":
        rows = chain.from_iterable(
            store.select(_AT, {"address": ox.NamedNode(url)}).rows for url in _urls(address.text)
        )
        found = [iri.value for _, iri in rows if isinstance(iri, ox.NamedNode)]
    else:
        texts = [address.text] if address.kind == "doi" else _isbns(address.text)
        found = [name.iri for text in texts for name in index.find_same(text)]
    documents = list(dict.fromkeys(found))
    return [iri for iri in documents if index.status(iri).rank != Rank.DRAFT] or documents


def designation_at(address: Address) -> str:
    """Return the designation or page that a known form of address names, or an empty text.

    >>> designation_at(Address("url", "https://www.iso.org/obp/ui/#iso:std:iso:9001:ed-5:v1:en"))
    'urn:iso:std:iso:9001:ed-5:v1:en'
    >>> designation_at(Address("url", "https://www.itu.int/rec/T-REC-X.509-201910-I/en"))
    'ITU-T X.509 (10/2019)'
    """
    for pattern, form in _NAMED:
        if match := pattern.fullmatch(address.text):
            return match.expand(form)
    return ""


def is_own(text: str) -> bool:
    """Return whether a text is an IRI of the project's namespace."""
    return text.strip().strip("<>").startswith(BASE)


def _urls(text: str) -> Iterator[str]:
    """Yield the forms of an address: scheme, ``www``, language in the path, slash at the end."""
    match = _URL.fullmatch(_ISO_PAGE.sub(r"https://www.iso.org/standard/\1.html", text))
    if not match:
        return
    host = match["host"].lower().removeprefix("www.")
    path = match["path"] or "/"
    bare = _LANGUAGE.sub("", path)
    paths = [path, bare, "/en" + bare, "/fr" + bare]
    if "?" not in path:
        paths += [each.rstrip("/") if each.endswith("/") else f"{each}/" for each in paths]
        # Pages are often cited with parameters of no meaning, but some have nothing else.
    else:
        paths += [each.partition("?")[0] for each in paths if "." in each.partition("?")[0]]
    hosts = (f"www.{host}", host)
    for scheme, each, rest in product(("https", "http"), hosts, dict.fromkeys(paths)):
        try:
            yield ox.NamedNode(f"{scheme}://{each}{rest}").value
        except ValueError:
            return


def _isbns(digits: str) -> Iterator[str]:
    """Yield the names of a book by its number, with 10 and 13 digits, for all groups of digits."""
    body = digits[3:-1] if len(digits) == _LONG else digits[:-1]
    prefix = digits[:3] if len(digits) == _LONG else "978"
    forms = [(prefix, body, _check_13(prefix + body))]
    if prefix == "978":
        forms.append(("", body, _check_10(body)))
    for first, middle, check in forms:
        for spaced in ((middle,), *_groups(middle)):
            joined = "-".join(filter(None, (first, *spaced, check)))
            yield from (f"ISBN {joined}", joined)
        yield from (f"ISBN {first}{middle}{check}", f"{first}{middle}{check}")


def _groups(body: str) -> Iterable[tuple[str, str, str]]:
    """Return the ways to divide nine digits into group, publisher and title."""
    last = len(body)
    return (
        (body[:one], body[one:two], body[two:])
        for one in range(1, last - 1)
        for two in range(one + 1, last)
    )


def _is_isbn(digits: str) -> bool:
    if len(digits) == _LONG and digits.isdigit():
        return digits[-1] == _check_13(digits[:-1])
    return len(digits) == _SHORT and digits[:-1].isdigit() and digits[-1] == _check_10(digits[:-1])


def _check_13(digits: str) -> str:
    total = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(digits))
    return str(-total % 10)


def _check_10(digits: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True))
    return "0123456789X"[-total % 11]

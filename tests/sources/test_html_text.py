from __future__ import annotations

import time

import pytest

from kg.sources.html_text import MAX_LENGTH, plain_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("plain", "plain"),
        ("a < b & c", "a < b & c"),
        ("R&amp;D &eacute; &#x2014;", "R&D é —"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ("<ul><li></li><li>x<li></ul>", "- x"),
        ("<ul>\n<li>\n<p>one</p></li>\n<li>two</li></ul>", "- one\n- two"),
        ("a<b>b</b><i> c</i>", "ab c"),
        ("<!-- [if x]--><span>—<span>    </span></span><!--[endif]-->x", "— x"),
        ("<script>alert(1)</script>x<style>p{}</style>", "x"),
        ("<p>never closed <i>here", "never closed here"),
        ("m<sup>2</sup>&nbsp;wide", "m2 wide"),
        ("- <i>kept</i>", "- kept"),
        ("", ""),
        ("<p></p>", ""),
    ],
)
def test_the_text_equals_that_shown_by_a_browser(html: str, text: str) -> None:
    assert plain_text(html) == text


def test_deeply_nested_tags_are_parsed() -> None:
    begin = time.monotonic()
    assert plain_text("<div>" * (MAX_LENGTH // 5 - 1) + "x") == "x"
    assert time.monotonic() - begin < 10


def test_too_long_html_is_refused() -> None:
    with pytest.raises(ValueError, match="50001 characters"):
        plain_text("<" + "x" * MAX_LENGTH)
    assert len(plain_text("x" * 2 * MAX_LENGTH)) == 2 * MAX_LENGTH

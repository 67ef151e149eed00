from __future__ import annotations

import time

import pytest

from kg.sources.html_text import LONGEST, plain


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
def test_text_as_a_browser_shows_it(html: str, text: str) -> None:
    assert plain(html) == text


def test_tags_nested_deeply_do_no_harm() -> None:
    begin = time.monotonic()
    assert plain("<div>" * (LONGEST // 5 - 1) + "x") == "x"
    assert time.monotonic() - begin < 10


def test_too_much_of_it_is_refused() -> None:
    with pytest.raises(ValueError, match="50001 signs"):
        plain("<" + "x" * LONGEST)
    assert len(plain("x" * 2 * LONGEST)) == 2 * LONGEST

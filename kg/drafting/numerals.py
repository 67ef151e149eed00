"""Read numbers in digits and in Chinese characters."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

_DIGITS: Final = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_STEPS: Final = {"十": 10, "百": 100, "千": 1000}
_LARGE: Final = {"万": 10**4, "亿": 10**8}
HAN: Final = "〇零一二三四五六七八九十百千万亿两"
"""Characters of numbers."""
_ARABIC: Final = re.compile(r"([\d,.]+)([十百千万亿]*)")


def read_number(text: str) -> Decimal | None:
    """Return the number of a text in digits, in characters or in both; None if it isn't one.

    >>> read_number("1,286"), read_number("2.6万"), read_number("一百二十三"), read_number("3千万")
    (Decimal('1286'), Decimal('26000'), Decimal('123'), Decimal('30000000'))
    >>> read_number("十二亿"), read_number("两千零五"), read_number("二〇一八"), read_number("好")
    (Decimal('1200000000'), Decimal('2005'), Decimal('2018'), None)
    """
    match = _ARABIC.fullmatch(text)
    if match:
        digits = match[1].replace(",", "")
        if not re.fullmatch(r"\d+(?:\.\d+)?", digits):
            return None
        number = Decimal(digits)
        for character in match[2]:
            number *= _STEPS.get(character) or _LARGE[character]
        return number.normalize() if number % 1 else number.quantize(Decimal(1))
    if not text or any(c not in HAN for c in text):
        return None
    if all(c in _DIGITS for c in text):
        return Decimal("".join(str(_DIGITS[c]) for c in text))
    return Decimal(_read_han(text))


def _read_han(text: str) -> int:
    total = section = digit = 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _STEPS:
            section += (digit or 1) * _STEPS[character]
            digit = 0
        else:
            total = (total + section + digit or 1) * _LARGE[character]
            section = digit = 0
    return total + section + digit


def read_decimal(text: str) -> str:
    """Return a number in digits, also one with a point in characters; any other text unchanged.

    >>> read_decimal("三点五"), read_decimal("二十一"), read_decimal("1,286.50")
    ('3.5', '21', '1286.5')
    """
    whole, point, tail = text.partition("点")
    number = read_number(whole)
    digits = [read_number(character) for character in tail]
    if number is None or None in digits:
        return text
    decimals = "".join(plain(digit) for digit in digits if digit is not None)
    return f"{plain(number)}.{decimals}" if point else plain(number)


def plain(number: Decimal) -> str:
    """Return a number without exponent and without zeros at its end.

    >>> plain(Decimal("1.350E+8")), plain(Decimal("12.50"))
    ('135000000', '12.5')
    """
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

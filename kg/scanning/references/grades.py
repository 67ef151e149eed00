"""Tell film speeds, grades of oil, classes of air and of flanges from references."""

from __future__ import annotations

import re
from typing import Final

from kg.identifiers.bodies.iso import Iso
from kg.scanning.references.designations import Found

_PHOTO: Final = re.compile(
    r"iso-(?:zahl|wert)"
    r"|film|camera|photo|shutter|apertur|exposure|lens|f/\d|sensor|image noise|grain|tripod|flash"
    r"|underexpos"
    r"|low[- ]light|\bshot\b|empfindlichkeit|belicht|blende|kamera|verschluss|filmes?|pellicule"
    r"|obturateur|diaphragme|objectif"
    r"|sensibilité|appareil|感光度|快门|光圈|相机|胶卷|胶片|曝光|拍摄|镜头|噪点|感度|カメラ"
    r"|シャッター|絞り|フィルム|撮影|露出",
    re.IGNORECASE,
)
_SPEEDS: Final = frozenset(
    [
        "6",
        "12",
        "25",
        "32",
        "40",
        "50",
        "64",
        "80",
        "100",
        "125",
        "160",
        "200",
        "250",
        "320",
        "400",
        "500",
        "640",
        "800",
        "1000",
        "1250",
        "1600",
        "2000",
        "2500",
        "3200",
        "4000",
        "5000",
        "6400",
        "8000",
        "10000",
        "12800",
        "25600",
        "51200",
        "102400",
        "204800",
    ]
)
_CERTAIN_SPEEDS: Final = frozenset(
    ["400", "800", "1600", "3200", "6400", "12800", "25600", "51200", "102400", "204800"]
)
_AT_SPEED: Final = re.compile(
    r"(?:\b(?:at|@|bei|à|auf|up to|bis|jusqu'à|max\.?)|[@为到至を])\s*$", re.IGNORECASE
)
_OIL: Final = re.compile(
    r"\b(?:oil|lubric|grease|viscos|hydraul|öl|schmier|huile|graisse)|油|润滑|粘度|潤滑",
    re.IGNORECASE,
)
_OIL_GRADES: Final = frozenset(
    [
        "2",
        "3",
        "5",
        "7",
        "10",
        "15",
        "22",
        "32",
        "46",
        "68",
        "100",
        "150",
        "220",
        "320",
        "460",
        "680",
        "1000",
        "1500",
    ]
)
_ROOM: Final = re.compile(
    r"clean ?room|cleanroom|reinraum|salle(?:s)? (?:blanche|propre)|洁净|潔淨|クリーンルーム"
    r"|air cleanliness|particle",
    re.IGNORECASE,
)
_CONTAINER: Final = re.compile(
    r"^\s?(?:['’′]|-?\s?(?:ft|foot|feet|fuß)\b)|^[ -](?:container|pallet|tank|flange)",
    re.IGNORECASE,
)
_CLASSES: Final = frozenset(["75", "125", "150", "300", "400", "600", "900", "1500", "2500"])
_PRESSURE: Final = re.compile(
    r"flange|class|lb|#|valve|flansch|bride|法兰|磅级|フランジ", re.IGNORECASE
)
_SENTENCE: Final = re.compile(r"[.!?]\s|[。！？\n]")
_WINDOW: Final = 70
_SHORT: Final = 3
"""Digits of a number that could as well be a size."""


def is_grade(text: str, found: Found) -> bool:
    """Return whether a number is a film speed, a grade of oil, or a class of air or flanges."""
    d, around = found.designation, _around(text, found)
    if d.publishers[0] in ("ANSI", "ASME"):
        return d.number in _CLASSES and bool(_PRESSURE.search(around))
    if not isinstance(d, Iso) or d.publishers != ("ISO",) or d.type:
        return False
    grades = (
        (d.number in _SPEEDS, _PHOTO.search(around)),
        (
            d.number in _CERTAIN_SPEEDS,
            _AT_SPEED.search(text[max(0, found.start - 12) : found.start]),
        ),
        (d.number in _OIL_GRADES, _OIL.search(around)),
        (len(d.number) == 1, _ROOM.search(around)),
        (len(d.number) < _SHORT, _CONTAINER.match(text[found.end : found.end + 12])),
    )
    return any(is_grade and word for is_grade, word in grades)


def _around(text: str, found: Found) -> str:
    """Return the sentence around a place, at most seventy characters to each side."""
    before = text[max(0, found.start - _WINDOW) : found.start]
    after = text[found.end : found.end + _WINDOW]
    begins = [match.end() for match in _SENTENCE.finditer(before)]
    ends = _SENTENCE.search(after)
    return before[begins[-1] if begins else 0 :] + " " + after[: ends.start() if ends else None]

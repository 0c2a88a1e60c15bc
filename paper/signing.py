"""Signatures given on the glass (手写签名): strokes of a pen, bound to the content by its digest."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from paper.blocks import Stroke
from paper.geometry import SIGNATURE_HEIGHT, SIGNATURE_WIDTH
from paper.refusals import SignatureUnreadable

POINTS = 20_000
"""More points than any hand draws; what is above is not a signature."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One person's signature (签名).

    role: officer, party or witness (执法人员、当事人、见证人). officer_number: 执法证号, officers only.
    digest: the document digest the person saw when signing. strokes: lists of [x, y] in any unit,
    x to the right and y **downwards**, as on paper.
    refused: why this person refused to sign (拒绝签字), when they did; there are no strokes then.
    signed_paper: the SHA-256 of the photo of the printed page that was signed (已在纸质件签名), where
    it was; there are no strokes then either.
    page, page_digest: of what is signed page by page, which page this is for and what stood on it.
    """

    role: str
    name: str
    officer_number: str | None
    signed_at: datetime
    digest: str
    strokes: Sequence[Sequence[Sequence[float]]]
    refused: str | None = None
    page: int = 0
    page_digest: str = ""
    signed_paper: str = ""


def fit(signature: Signature) -> tuple[Stroke, ...]:
    """The strokes moved and scaled, in proportion, into the place to sign: mm, to 1/100.

    Raises SignatureUnreadable when there are none, too many, or some that are not numbers.
    """
    try:
        strokes = [
            [(float(x), float(y)) for x, y in stroke] for stroke in signature.strokes if stroke
        ]
    except (TypeError, ValueError):
        raise SignatureUnreadable(f"{signature.name}的签名笔迹不是坐标") from None
    points = [point for stroke in strokes for point in stroke]
    if signature.signed_paper:
        if points or signature.refused is not None:
            raise SignatureUnreadable(f"{signature.name}在纸质件上签名的，没有笔迹，也没有拒签")
        return ()
    if signature.refused is not None:
        if points or not signature.refused.strip():
            raise SignatureUnreadable(f"{signature.name}拒绝签字的，应当记明情况，且没有笔迹")
        return ()
    if not points:
        raise SignatureUnreadable(f"{signature.name}没有留下签名笔迹")
    if len(points) > POINTS or not all(math.isfinite(value) for point in points for value in point):
        raise SignatureUnreadable(f"{signature.name}的签名笔迹超出范围")
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    width, height = right - left, bottom - top
    if not (math.isfinite(width) and math.isfinite(height)):
        raise SignatureUnreadable(f"{signature.name}的签名笔迹超出范围")
    scale = min(
        SIGNATURE_WIDTH / width if width else math.inf,
        SIGNATURE_HEIGHT / height if height else math.inf,
    )
    if math.isinf(scale):
        scale = 0.0
    across = (SIGNATURE_WIDTH - width * scale) / 2
    down = (SIGNATURE_HEIGHT - height * scale) / 2
    return tuple(
        tuple(
            (round((x - left) * scale + across, 2), round((y - top) * scale + down, 2))
            for x, y in stroke
        )
        for stroke in strokes
    )

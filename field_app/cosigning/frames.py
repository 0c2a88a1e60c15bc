"""A message between two tablets as QR codes (签名码): frame n of m, read in any order.

A frame is ZF1:KIND:WHOLE:N:M:PART in the characters that a QR code packs best. WHOLE is the first
of the SHA-256 of all parts together, so that frames of two messages are never put into one.
"""

import base64
import binascii
import hashlib
import json
import re
import zlib
from collections.abc import Mapping
from typing import Any

import segno

from field_app.wire import canonical
from lawbook.refusal import Refusal

MARK = "ZF1"
PART = 960
"""Characters of content in one code: about a hundred squares a side, large enough for a tablet's
camera; a record of a visit needs three or four."""
MOST = 60
LARGEST = 2_000_000
"""Bytes that a message may unfold to."""
FRAME = re.compile(r"ZF1:([A-Z]):([0-9A-F]{12}):([0-9]{1,2}):([0-9]{1,2}):([A-Z2-7]+)")
ASKS, ANSWERS = "A", "S"


class NotAFrame(Refusal):
    """A code that is none of another tablet's."""

    code = "not-a-signing-code"
    title = "这不是同行平板上的签名码"
    next_step = "对准对方平板“在其平板签名”页面上的二维码再拍一次"


class FrameOfAnother(Refusal):
    """A code of another message than the one that is being read."""

    code = "signing-code-of-another"
    title = "这个码属于另一份文书"
    next_step = "请对方重新出示这份文书的码；要改读另一份的，点“重新读取”"


class MessageDamaged(Refusal):
    """Frames that together are not what was sent."""

    code = "signing-code-damaged"
    title = "签名码的内容不完整或被改动"
    next_step = "点“重新读取”，逐张再读一次"


def frames(kind: str, content: Mapping[str, Any]) -> list[str]:
    """A message as the texts of its codes. `kind`: ASKS or ANSWERS."""
    packed = zlib.compress(canonical(dict(content)), 9)
    text = base64.b32encode(packed).decode().rstrip("=")
    parts = [text[at : at + PART] for at in range(0, len(text), PART)]
    if len(parts) > MOST:
        raise MessageDamaged("文书内容过长，不能用二维码传送")
    whole = _whole(text)
    return [
        f"{MARK}:{kind}:{whole}:{number}:{len(parts)}:{part}"
        for number, part in enumerate(parts, start=1)
    ]


def code_of(frame: str) -> segno.QRCode:
    """A frame as a QR code: about a seventh of it may be covered and it is still read."""
    return segno.make(frame, error="m", micro=False)


def is_frame(text: str) -> bool:
    """Whether a text is a frame of a message between tablets."""
    return FRAME.fullmatch(text.strip()) is not None


def _whole(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12].upper()


class Reading:
    """Frames of one message, as they are read; in any order, each as often as one likes."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.whole, self.count = "", 0
        self._parts: dict[int, str] = {}

    def take(self, text: str) -> None:
        """One frame. Refuses NotAFrame, FrameOfAnother."""
        found = FRAME.fullmatch(text.strip())
        if found is None:
            raise NotAFrame
        kind, whole, number, count, part = found.groups()
        if kind != self.kind:
            raise NotAFrame(
                "这是对方的签名，不是待签的文书" if kind == ANSWERS else "这是待签的文书，不是签名"
            )
        if not 1 <= int(number) <= int(count) <= MOST:
            raise NotAFrame
        if self.whole and (whole, int(count)) != (self.whole, self.count):
            raise FrameOfAnother
        self.whole, self.count = whole, int(count)
        self._parts[int(number)] = part

    @property
    def missing(self) -> list[int]:
        """The frames that have not been read yet; empty before the first and when all have."""
        return [number for number in range(1, self.count + 1) if number not in self._parts]

    @property
    def complete(self) -> bool:
        """Whether the whole message is here."""
        return bool(self.count) and not self.missing

    def content(self) -> dict[str, Any]:
        """The message. Refuses MessageDamaged; only once it is complete."""
        text = "".join(self._parts[number] for number in range(1, self.count + 1))
        if _whole(text) != self.whole:
            raise MessageDamaged
        try:
            packed = base64.b32decode(text + "=" * (-len(text) % 8))
            unfolding = zlib.decompressobj()
            plain = unfolding.decompress(packed, LARGEST)
            if unfolding.unconsumed_tail:
                raise MessageDamaged("内容过长")
            told = json.loads(plain)
        except (binascii.Error, zlib.error, ValueError) as error:
            raise MessageDamaged from error
        if not isinstance(told, dict):
            raise MessageDamaged
        return told

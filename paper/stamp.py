"""The visible stamp (水印) on a copy of a photo: when, where, which evidence, which officers.

The original's bytes are evidence and are only ever read. A copy is made when somebody wants to see
or print it: turned upright, the stamp on a band at its foot, saved as JPEG without the original's
EXIF, so that nobody takes it for the original.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageDraw, ImageFont, ImageOps

from lawbook.refusal import Refusal
from paper.font import Faces, faces
from paper.lines import break_lines

LARGEST = 2560
"""Pixels of the longer side of a copy."""
MARK = 16
"""Characters of the SHA-256 that a stamp shows."""
QUALITY = 85
NOTE = "水印副本，原件未改动"


class PictureUnreadable(Refusal):
    """A picture that cannot be opened, so that no copy of it can be made."""

    code = "picture-unreadable"
    title = "这件证据不是可以加水印的照片"
    next_step = "打开原件查看；录像、录音没有水印副本"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What is written on a copy. `at`: as a person reads it; `where`: the place in words."""

    at: str
    where: str
    position: str
    sha256: str
    officers: tuple[str, ...]

    @property
    def lines(self) -> list[str]:
        """The stamp, line by line; what is not known is left out."""
        place = "　".join(part for part in (self.where, self.position) if part)
        told = [
            f"拍摄时间：{self.at}",
            f"地点：{place}" if place else "",
            f"执法人员：{'、'.join(self.officers)}" if self.officers else "",
            f"证据编号：{self.sha256[:MARK]}　{NOTE}",
        ]
        return [line for line in told if line]


def position(location: object) -> str:
    """A place as captured, in words: {lat, lon, accuracy, datum}; empty for None."""
    if not isinstance(location, dict):
        return ""
    lat, lon = float(location["lat"]), float(location["lon"])
    return f"{lat:.5f}, {lon:.5f}（{location['datum']}，±{float(location['accuracy']):.0f} 米）"


def stamped(photo: BinaryIO, stamp: Stamp, type_: Faces | None = None) -> bytes:
    """A copy of a photo with its stamp, as JPEG. Refuses PictureUnreadable."""
    try:
        with Image.open(photo) as original:
            copy = ImageOps.exif_transpose(original).convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise PictureUnreadable from error
    copy.thumbnail((LARGEST, LARGEST))
    out = BytesIO()
    _with_band(copy, stamp.lines, type_ or faces()).save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def _with_band(picture: Image.Image, lines: Sequence[str], type_: Faces) -> Image.Image:
    """The picture whole, and a band below it: a stamp hides nothing of what was photographed."""
    size = max(picture.width // 40, 14)
    face = ImageFont.truetype(str(type_.body), size)
    margin, step = size // 2, int(size * 1.5)
    broken = [
        part
        for line in lines
        for part in break_lines(line, picture.width - 2 * margin, 0, face.getlength)
    ]
    height = 2 * margin + step * len(broken)
    whole = Image.new("RGB", (picture.width, picture.height + height), "black")
    whole.paste(picture, (0, 0))
    pen = ImageDraw.Draw(whole)
    for at, line in enumerate(broken):
        pen.text((margin, picture.height + margin + at * step), line, "white", face)
    return whole

"""The camera. On Android the device's own app takes the picture; a desk has none.

For trials a stand-in takes the file that ZHIFA_CAMERA names, or, where it says `drawn`, draws a card
of plain colour, a new one each time. Without it nothing is taken: evidence is never made up.
"""

import os
import struct
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from secrets import token_bytes

from field_app import permits
from lawbook.media import HEAD, PICTURE, told
from lawbook.refusal import Refusal

DRAWN = "drawn"
"""What ZHIFA_CAMERA says where a card is drawn instead of a picture taken."""


class NoCamera(Refusal):
    """A device on which no picture can be taken."""

    code = "no-camera"
    title = "本机没有可用的相机"
    next_step = "用其他相机拍摄后，点“选择照片”把原件加进来"


def has_camera() -> bool:
    """Whether a picture can be taken here: on Android, or where ZHIFA_CAMERA stands in for one."""
    return hasattr(sys, "getandroidapilevel") or bool(os.environ.get("ZHIFA_CAMERA"))


def media_type(data: bytes) -> str | None:
    """What kind of picture these bytes are, by how they begin; None when they are none."""
    return told(data[:HEAD], PICTURE)


def take_picture(folder: Path, done: Callable[[bytes | None], None]) -> None:
    """Take a picture and hand over its bytes, or None when the officer gave up.

    `folder` is where the device's app may write it; it is removed from there afterwards. Refuses
    NoCamera, NotPermitted.
    """
    if hasattr(sys, "getandroidapilevel"):
        permits.require(permits.CAMERA)
        from plyer import camera

        folder.mkdir(parents=True, exist_ok=True)
        place = folder / f"{token_bytes(8).hex()}.jpg"

        def taken(_name: str) -> bool:
            done(place.read_bytes() if place.is_file() else None)
            place.unlink(missing_ok=True)
            return False

        camera.take_picture(filename=str(place), on_complete=taken)
        return
    named = os.environ.get("ZHIFA_CAMERA")
    if not named:
        raise NoCamera
    done(_card() if named == DRAWN else Path(named).read_bytes())


def choose_picture(done: Callable[[bytes | None], None]) -> None:
    """Choose a picture that is on this device already; None when the officer gave up.

    The system's own dialogue, by plyer. On a desk ZHIFA_CHOSEN may name the file instead.
    """
    if named := os.environ.get("ZHIFA_CHOSEN"):
        done(Path(named).read_bytes())
        return
    from plyer import filechooser

    def chosen(paths: list[str] | None) -> None:
        done(Path(paths[0]).read_bytes() if paths else None)

    filechooser.open_file(
        on_selection=chosen, filters=[["图片", "*.jpg", "*.jpeg", "*.png", "*.webp"]]
    )


def take_video(folder: Path, done: Callable[[Path | None], None]) -> None:
    """Record a video and hand over its file, or None when the officer gave up.

    On a desk the file that ZHIFA_VIDEO names. What lies in `folder` is the caller's to remove.
    Refuses NotPermitted.
    """
    if hasattr(sys, "getandroidapilevel"):
        permits.require(permits.CAMERA)
        from plyer import camera

        folder.mkdir(parents=True, exist_ok=True)
        place = folder / f"{token_bytes(8).hex()}.mp4"

        def taken(_name: str) -> bool:
            done(place if place.is_file() else None)
            return False

        camera.take_video(filename=str(place), on_complete=taken)
        return
    named = os.environ.get("ZHIFA_VIDEO")
    done(Path(named) if named else None)


def can_film() -> bool:
    """Whether a video can be recorded here."""
    return hasattr(sys, "getandroidapilevel") or bool(os.environ.get("ZHIFA_VIDEO"))


def _card(width: int = 320, height: int = 240) -> bytes:
    """A PNG of one colour, by the file format alone."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    rows = (b"\0" + token_bytes(3) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )

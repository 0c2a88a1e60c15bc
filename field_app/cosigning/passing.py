"""Signing on two tablets by a file (离线传递): what the codes say, in the folder that both can reach.

A stick, or a folder that two devices share. The file holds the frames as text, a line each, so that
it is judged as the codes are. Nobody but the two needs it: it is removed once it has been read.
"""

import os
from pathlib import Path

from field_app import exchange
from field_app.cosigning.frames import ANSWERS, ASKS, FRAME, LARGEST, MessageDamaged
from field_app.refusals import FolderUnusable
from field_app.store import Store

SUFFIX = ".qianming"
NAMES = {ASKS: "待签", ANSWERS: "签名"}
SHOWN = 6


def hand_over(store: Store, frames: list[str]) -> Path:
    """Write the frames of a message into the folder; the file. Again: the same file.

    Refuses FolderUnusable.
    """
    found = FRAME.fullmatch(frames[0])
    assert found is not None
    kind, whole = found.group(1), found.group(2)
    folder = exchange.folder(store)
    place, coming = folder / f"{NAMES[kind]}-{whole}{SUFFIX}", folder / f".{whole}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with coming.open("w", encoding="ascii") as file:
            file.write("\n".join(frames) + "\n")
            file.flush()
            os.fsync(file.fileno())
        coming.replace(place)
    except OSError as error:
        raise FolderUnusable(error.strerror or "") from error
    return place


def waiting(store: Store, kind: str) -> list[Path]:
    """What lies in the folder to be read: what is asked, or what was answered; the latest first."""
    try:
        found = list(exchange.folder(store).glob(f"{NAMES[kind]}-*{SUFFIX}"))
        found.sort(key=lambda one: one.stat().st_mtime, reverse=True)
    except OSError:
        return []
    return found[:SHOWN]


def texts_in(file: Path) -> list[str]:
    """The frames in a file. Refuses MessageDamaged for what cannot be read."""
    try:
        if file.stat().st_size > LARGEST:
            raise MessageDamaged("文件过大")
        return file.read_text("ascii").split()
    except (OSError, UnicodeDecodeError) as error:
        raise MessageDamaged(f"文件打不开：{file.name}") from error


def done(file: Path) -> None:
    """It has been read: nothing of the document stays on the stick."""
    file.unlink(missing_ok=True)

"""What signing on two tablets shows: one code at a time as dots, and how far the reading is."""

from collections.abc import Callable
from pathlib import Path

from field_app import scanner
from field_app.cosigning.frames import Reading, code_of, is_frame

QUIET = 4
"""Light modules around a code, as the standard wants."""


def dots(frame: str) -> tuple[int, bytes]:
    """A code as a square picture: modules on a side, and one grey byte a module, lowest row first."""
    rows = [
        bytes(0 if dark else 255 for dark in row)
        for row in code_of(frame).matrix_iter(border=QUIET)
    ]
    return len(rows), b"".join(reversed(rows))


def place(at: int, count: int) -> str:
    """第 2 张，共 5 张."""
    return f"第 {at + 1} 张，共 {count} 张"


def read_so_far(reading: Reading) -> str:
    """How far the reading is, and which codes are still wanted."""
    if not reading.count:
        return "还没有读到码。逐张拍下对方屏幕上的码，先后不限。"
    if reading.complete:
        return f"{reading.count} 张已全部读到"
    wanted = "、".join(str(number) for number in reading.missing)
    return f"共 {reading.count} 张，还缺第 {wanted} 张"


def take_texts(reading: Reading, texts: list[str]) -> None:
    """Every frame in what was read or pasted. Refuses NoCodeInPicture, NotAFrame, FrameOfAnother."""
    if not texts:
        raise scanner.NoCodeInPicture
    # A reader now and then takes a few squares of a frame for a bar code besides.
    for text in [one for one in texts if is_frame(one)] or texts:
        reading.take(text)


def pasted(text: str) -> list[str]:
    """The frames in pasted text, one a line."""
    return text.split()


def in_file(path: Path, read: Callable[[bytes], list[str]] = scanner.texts_in) -> list[str]:
    """What the codes in a picture file say. Refuses what cannot be read."""
    try:
        if path.stat().st_size > scanner.LARGEST:
            raise scanner.NoCodeInPicture("图片文件过大")
        return read(path.read_bytes())
    except OSError as error:
        raise scanner.NoCodeInPicture(f"文件打不开：{path.name}") from error

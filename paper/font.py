"""The type that documents are set in (字体): Noto Sans CJK, or the bureau's own 仿宋 and 小标宋.

Noto ships as a collection whose first face is Japanese; the simplified Chinese face is taken out
once and kept in a cache folder. Settings: ZHIFA_DATA names the folder under which the cache lies
(default `var`), ZHIFA_FONT_BODY and ZHIFA_FONT_TITLE the bureau's own font files.
"""

import os
import threading
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTCollection, TTFont

from paper.blocks import Document
from paper.refusals import RendererMissing
from paper.values import GETA

FAMILY = "Noto Sans CJK SC"
FILE = "NotoSansCJKsc-Regular.otf"
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, slots=True)
class Faces:
    """Font files (.otf or .ttf): `body` for all text; `title` for headings, if the bureau has one.

    Without a title face, headings are the body face with an outline, which looks bold.
    """

    body: Path
    title: Path | None = None


def faces(cache: Path | None = None) -> Faces:
    """The faces to draw with: those the settings name, else Noto's Chinese face from `cache`."""
    own_body, own_title = os.environ.get("ZHIFA_FONT_BODY"), os.environ.get("ZHIFA_FONT_TITLE")
    body = Path(own_body) if own_body else simplified_chinese(cache or default_cache())
    title = Path(own_title) if own_title else None
    for path in (body, title):
        if path is not None and not path.is_file():
            raise RendererMissing(f"找不到字体文件 {path.name}")
    return Faces(body.resolve(), title.resolve() if title else None)


def default_cache() -> Path:
    """The folder named by ZHIFA_DATA, and in it `fonts`."""
    return Path(os.environ.get("ZHIFA_DATA", "var")) / "fonts"


def simplified_chinese(cache: Path) -> Path:
    """Noto's simplified Chinese face as a file in `cache`; made once, whole or not at all."""
    made = cache / FILE
    with _one_at_a_time:
        if made.is_file():
            return made
        cache.mkdir(parents=True, exist_ok=True)
        try:
            source = files("noto_cjk_sans_otc") / "NotoSansCJK-Regular.ttc"
        except ModuleNotFoundError:
            raise RendererMissing("本机没有中文字体，请在设置中指定字体文件") from None
        part = cache / f".{FILE}.{os.getpid()}"
        with as_file(source) as path, TTFont(path, fontNumber=_number(path), lazy=True) as face:
            face.recalcTimestamp = False
            face.save(part, reorderTables=None)
        part.replace(made)
    return made


def _number(collection: Path) -> int:
    """Where in the collection the simplified Chinese face stands; by its name, not by counting."""
    with TTCollection(collection, lazy=True) as found:
        for number, face in enumerate(found.fonts):
            if face["name"].getBestFamilyName() == FAMILY:
                return number
    raise RendererMissing(f"字体文件中没有 {FAMILY}")


@lru_cache(maxsize=8)
def characters(face: Path) -> frozenset[int]:
    """The code points that a face can draw."""
    with TTFont(face, lazy=True) as font:
        return frozenset(font.getBestCmap())


def drawable(document: Document, faces: Faces) -> Document:
    """The document with 〓 wherever a face lacks the character, the same for every renderer."""
    known = characters(faces.body)
    if faces.title is not None:
        known &= characters(faces.title)
    stand_in = next((char for char in (GETA, "□", "?") if ord(char) in known), " ")

    def text(given: str) -> str:
        return "".join(char if ord(char) in known or char == " " else stand_in for char in given)

    def through(value: Any) -> Any:  # noqa: ANN401 - blocks of every kind
        if isinstance(value, str):
            return text(value)
        if isinstance(value, tuple):
            return tuple(through(one) for one in value)
        if is_dataclass(value) and not isinstance(value, type):
            return replace(
                value,
                **{
                    own.name: through(getattr(value, own.name)) for own in fields(value) if own.init
                },
            )
        return value

    return replace(document, number=through(document.number), blocks=through(document.blocks))


def undrawable(text: str, faces: Faces) -> list[str]:
    """The characters of a text that would print as 〓, so that a screen can say so early."""
    known = characters(faces.body)
    return sorted({char for char in text if ord(char) not in known and not char.isspace()})

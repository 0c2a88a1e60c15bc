"""What a file is, judged by its bytes and never by its name (媒体类型)."""

from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Literal, get_args

from PIL import Image

from lawbook.media import HEAD, fits
from services.kit.problems import Problem

MediaType = Literal[
    "image/jpeg", "image/png", "image/webp", "application/pdf", "video/mp4", "video/quicktime",
    "video/3gpp", "video/webm", "audio/mp4", "audio/aac", "audio/3gpp", "audio/mpeg", "audio/ogg",
    "audio/wav", "audio/webm",
]  # fmt: skip
MEDIA_TYPES: tuple[str, ...] = get_args(MediaType)
PIXELS = 80_000_000
"""More than any tablet's camera makes; what claims more is made to fill the memory."""


class NotAPhoto(Problem):
    """Bytes that are not the photo they are said to be."""

    status, code, title = (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "not-a-photo",
        "这个文件不是可以打开的照片",
    )
    next_step = "请在平板上核对原照片；打不开的照片无法作为证据"


class NotThisMedia(Problem):
    """Bytes that are not the document or recording they are said to be."""

    status, code, title = (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "not-this-media-type",
        "文件内容与所称的类型不符",
    )
    next_step = "请核对原文件后重新送出"


def require_media(path: Path, media_type: str) -> None:
    """Refuse a whole file whose bytes are not of its type. Reads no more than it must."""
    if form := _PHOTOS.get(media_type):
        _require_photo(path, form)
        return
    with path.open("rb") as source:
        head = source.read(HEAD)
    if not fits(head, media_type):
        raise NotThisMedia(f"文件内容不是 {media_type}")


def _require_photo(path: Path, form: str) -> None:
    try:
        with Image.open(path, formats=[form]) as photo:
            width, height = photo.size
            if width * height <= PIXELS:
                photo.verify()
                return
    except Image.DecompressionBombError as error:
        raise NotAPhoto(f"照片超过 {PIXELS // 1_000_000} 百万像素") from error
    except (OSError, SyntaxError, ValueError, Warning) as error:
        # PIL says so in any of these; a warning is one only where warnings are errors.
        raise NotAPhoto(f"文件内容不是完好的 {form} 照片") from error
    raise NotAPhoto(f"照片超过 {PIXELS // 1_000_000} 百万像素")


_PHOTOS: Mapping[str, str] = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}

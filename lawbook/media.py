"""What a file of evidence is, judged by its bytes and never by its name (媒体类型).

Tablet and server judge with the same code: what the tablet keeps as evidence the server does not
refuse days later for its kind. A container such as MP4 holds pictures or sound alike, so what its
first bytes allow is a set of types; whoever captured it says which one it is.
"""

from collections.abc import Mapping

HEAD = 1024
"""Bytes that are enough to tell."""
MB = 1 << 20
PICTURE, SOUND, VIDEO, DOCUMENT = "image", "audio", "video", "application"
MOST: Mapping[str, int] = {PICTURE: 40 * MB, SOUND: 200 * MB, VIDEO: 500 * MB}
"""The largest piece of evidence that is captured, in bytes, by family."""

EXTENSIONS: Mapping[str, str] = {
    "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp",
    "video/mp4": "mp4", "video/quicktime": "mov", "video/3gpp": "3gp", "video/webm": "webm",
    "audio/mp4": "m4a", "audio/aac": "aac", "audio/3gpp": "3gp", "audio/mpeg": "mp3",
    "audio/ogg": "ogg", "audio/wav": "wav", "audio/webm": "weba",
    "application/pdf": "pdf",
}  # fmt: skip
"""Every type that is taken, and how a file of it is named."""

_STARTS = {
    b"\xff\xd8\xff": ("image/jpeg",),
    b"\x89PNG\r\n\x1a\n": ("image/png",),
    b"%PDF-": ("application/pdf",),
    b"ID3": ("audio/mpeg",),
}
_FORMS = {b"WEBP": ("image/webp",), b"WAVE": ("audio/wav",)}
_STILL = frozenset((b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"))
"""Brands of the MP4 family that are pictures: no viewer here shows them."""
_OGG_SOUND = (b"OpusHead", b"\x01vorbis", b"Speex", b"\x7fFLAC")


def family(media_type: str) -> str:
    """image, audio, video or application."""
    return media_type.partition("/")[0]


def possible(head: bytes) -> tuple[str, ...]:
    """The types that a file with these first bytes can be, the likeliest first; none, if unknown."""
    for start, types in _STARTS.items():
        if head.startswith(start):
            return types
    if head[:4] == b"RIFF":
        return _FORMS.get(head[8:12], ())
    if head[4:8] == b"ftyp":
        return _of_brand(head[8:12])
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return ("video/webm", "audio/webm") if b"webm" in head[:64] else ()
    if head[:4] == b"OggS":
        return ("audio/ogg",) if any(mark in head[:64] for mark in _OGG_SOUND) else ()
    if len(head) > 1 and head[0] == 0xFF:
        return _of_frame(head[1])
    return ()


def fits(head: bytes, media_type: str) -> bool:
    """Whether a file with these first bytes can be of this type."""
    return media_type in possible(head)


def told(head: bytes, wanted: str) -> str | None:
    """The type of a file that was captured as a picture, as sound or as video (a family), or None."""
    return next((one for one in possible(head) if family(one) == wanted), None)


def _of_brand(brand: bytes) -> tuple[str, ...]:
    if brand in _STILL:
        return ()
    if brand == b"qt  ":
        return ("video/quicktime",)
    if brand.startswith((b"3gp", b"3g2")):
        return ("video/3gpp", "audio/3gpp", "audio/mp4")
    if brand in (b"M4A ", b"M4B "):
        return ("audio/mp4",)
    # Recorders of sound write the general brands of video as well.
    return ("video/mp4", "audio/mp4")


def _of_frame(second: int) -> tuple[str, ...]:
    """A stream of MPEG frames without a header: twelve bits of ones, and a layer; AAC has none."""
    if second & 0xF6 == 0xF0:
        return ("audio/aac",)
    return ("audio/mpeg",) if second & 0xE0 == 0xE0 and second & 0x06 else ()

"""The scanner (扫码): a plant's QR code or licence (营业执照) → its unified social credit code.

`zxing-cpp` reads the picture where it has a wheel; python-for-android has no recipe for it, and on
a desk there may be no camera: then a picture file is chosen, or the code is typed.
"""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from lawbook.identifiers import credit_code_fault, credit_codes_in, normalise_code
from lawbook.refusal import Refusal

PICTURES = (".jpg", ".jpeg", ".png", ".webp")
FOLDERS = ("Pictures", "图片", "Downloads", "下载", "DCIM/Camera")
OFFERED = 12
LARGEST = 40_000_000
"""Bytes of a picture file that is still opened."""


class NoCodeInPicture(Refusal):
    """A picture in which no QR code or bar code can be read."""

    code = "no-code-in-picture"
    title = "图片中没有认出二维码"
    next_step = "对准二维码、光线充足时再拍一次，或者直接输入信用代码"


class NoCreditCode(Refusal):
    """A code that was read, and says nothing of a credit code."""

    code = "no-credit-code"
    title = "二维码中没有统一社会信用代码"
    next_step = "换营业执照上的二维码，或者直接输入信用代码、企业名称"


class NotACreditCode(Refusal):
    """What was typed is no credit code."""

    code = "not-a-credit-code"
    title = "输入的不是统一社会信用代码"
    next_step = "对照营业执照重新输入 18 位代码，或按企业名称查找"


class ScannerMissing(Refusal):
    """A device for which there is no reader of codes."""

    code = "scanner-missing"
    title = "本机不能识别二维码"
    next_step = "直接输入统一社会信用代码，或按企业名称查找"


def texts_in(picture: bytes) -> list[str]:
    """What the codes in a picture say. Refuses ScannerMissing; [] when none can be read."""
    try:
        import zxingcpp
        from PIL import Image, ImageOps
    except ImportError as error:
        raise ScannerMissing from error
    try:
        seen = ImageOps.exif_transpose(Image.open(BytesIO(picture))).convert("L")
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise NoCodeInPicture("文件不是可以识别的图片") from error
    return [found.text for found in zxingcpp.read_barcodes(seen) if found.text]


def credit_code(texts: Sequence[str]) -> str:
    """The credit code that the codes of a picture carry. Refuses NoCodeInPicture, NoCreditCode."""
    if not texts:
        raise NoCodeInPicture
    found = list(dict.fromkeys(code for text in texts for code in credit_codes_in(text)))
    if not found:
        raise NoCreditCode(f"码的内容是：{texts[0][:60]}")
    if len(found) > 1:
        raise NoCreditCode(f"图片中有 {len(found)} 个信用代码：{'、'.join(found[:3])}")
    return found[0]


def typed_code(text: str) -> str:
    """The credit code in what was typed or pasted: the code itself, or a licence's whole text.

    Refuses NotACreditCode.
    """
    if found := credit_codes_in(text):
        return found[0]
    plain = normalise_code(text)
    raise NotACreditCode((credit_code_fault(plain) if plain else None) or "还没有输入")


def read_file(path: Path) -> str:
    """The credit code in a picture file. Refuses also what cannot be read as a file."""
    try:
        if path.stat().st_size > LARGEST:
            raise NoCodeInPicture("图片文件过大")
        picture = path.read_bytes()
    except OSError as error:
        raise NoCodeInPicture(f"文件打不开：{path.name}") from error
    return credit_code(texts_in(picture))


def pictures(home: Path) -> list[Path]:
    """Picture files that lie where pictures lie, the newest first."""
    found = [
        path
        for folder in FOLDERS
        for path in (home / folder).glob("*")
        if path.suffix.lower() in PICTURES and path.is_file()
    ]
    found.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    return found[:OFFERED]

"""Identifiers: unified social credit code, telephone, certificate number, document number."""

import re
import unicodedata
from dataclasses import dataclass
from operator import getitem
from urllib.parse import unquote

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_VALUE = {letter: value for value, letter in enumerate(ALPHABET)}
# For each place, the weighted value of each letter: the sum is then seventeen look-ups.
_WEIGHTED = tuple({a: v * w for a, v in _VALUE.items()} for w in WEIGHTS)
# ASCII: \d would also take the digits of other scripts, which have no value in the alphabet.
_FORM = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}", re.ASCII)

_STANDING = re.compile(r"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{18}(?![0-9A-Z])", re.ASCII)
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LANDLINE = re.compile(r"0\d{2,3}-?\d{7,8}(?:-\d{1,6})?|\d{7,8}", re.ASCII)
_CERTIFICATE = re.compile(r"[0-9A-Z-]{6,20}")
_SAME_DIGIT = re.compile(r"(\d)\1{5,}")

PLACEHOLDERS = frozenset(
    (
        "无",
        "暂无",
        "没有",
        "未知",
        "不详",
        "待补",
        "待填",
        "空",
        "none",
        "null",
        "n/a",
        "na",
        "-",
        "--",
        "/",
        "0",
    )
)


def halfwidth(text: str) -> str:
    """Full-width letters, digits and spaces as their half-width forms."""
    return unicodedata.normalize("NFKC", text) if not text.isascii() else text


def normalise_code(text: str) -> str:
    """A credit code as it should have been typed: half-width, upper case, no spaces."""
    while (said := halfwidth(text).replace(" ", "").strip().upper()) != text:
        # A space taken away can bring together what is then one character: until nothing changes.
        text = said
    return text


def credit_code_check_digit(body: str) -> str:
    """The 18th character of a credit code for its first seventeen (GB 32100-2015 §4.6)."""
    if len(body) != len(WEIGHTS):
        raise ValueError(body)
    total = sum(map(getitem, _WEIGHTED, body))
    return ALPHABET[(31 - total % 31) % 31]


def credit_code_fault(code: str) -> str | None:
    """Why this is no unified social credit code (统一社会信用代码), or None when it is one.

    The code's digits 3–8 name the registering authority, not the place: never derive a county.
    """
    if len(code) != 18:
        return f"统一社会信用代码应为 18 位，现为 {len(code)} 位"
    if not _FORM.fullmatch(code):
        return "统一社会信用代码含有不允许的字符（不使用 I、O、S、V、Z）"
    if credit_code_check_digit(code[:17]) != code[17]:
        return "统一社会信用代码校验位不正确"
    return None


def credit_codes_in(text: str) -> list[str]:
    """The credit codes that a text or an address holds (营业执照二维码), each once, in order.

    Only such as stand apart from other letters and digits, with the right check digit.
    """
    plain = halfwidth(unquote(text)).upper()
    found = (code for code in _STANDING.findall(plain) if credit_code_fault(code) is None)
    return list(dict.fromkeys(found))


def is_placeholder(text: str) -> bool:
    """Whether a text stands for nothing: 无, 0000, 11111111111 …"""
    plain = text.strip().lower()
    return plain in PLACEHOLDERS or (plain.isdigit() and len(plain) >= 4 and (len(set(plain)) == 1))


def phone_fault(text: str, *, mobile_only: bool = False) -> str | None:
    """Why this is no telephone number, or None when it can be one."""
    if is_placeholder(text) or _SAME_DIGIT.search(text.replace("-", "")) or text == "12345678901":
        return "电话为占位号码，请填写真实号码"
    if _MOBILE.fullmatch(text):
        return None
    if mobile_only:
        return "手机号应为 1 开头的 11 位数字"
    return None if _LANDLINE.fullmatch(text) else "电话号码格式不正确"


def certificate_number_fault(text: str) -> str | None:
    """Why this cannot be the number of an enforcement certificate (执法证号).

    The structure of the number is not verified (待确认): only letters, digits and length are held.
    """
    return None if _CERTIFICATE.fullmatch(text) else "执法证号应为 6 至 20 位数字、大写字母或短横"


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """A document number taken apart (文号)."""

    region: str
    abbreviation: str
    year: int
    sequence: int


DEFAULT_PATTERN = "（{region}）应急{abbreviation}〔{year}〕{sequence}号"


def document_number(pattern: str, region: str, abbreviation: str, year: int, sequence: int) -> str:
    """A document number's text: hexagonal brackets, no leading zeros (GB/T 9704)."""
    return pattern.format(region=region, abbreviation=abbreviation, year=year, sequence=sequence)


def parse_document_number(pattern: str, text: str) -> DocumentNumber | None:
    """The parts of a number that this pattern made, or None when it did not."""
    parts = {
        "region": r"(?P<region>[^（）〔〕]+)", "abbreviation": r"(?P<abbreviation>[^（）〔〕\d]+)",
        "year": r"(?P<year>[0-9]{4})", "sequence": r"(?P<sequence>[1-9][0-9]*)",
    }  # fmt: skip
    form = re.escape(pattern)
    for name, expression in parts.items():
        form = form.replace(re.escape("{" + name + "}"), expression)
    match = re.fullmatch(form, text)
    if match is None:
        return None
    told = match.groupdict()
    return DocumentNumber(
        told.get("region", ""),
        told.get("abbreviation", ""),
        int(told["year"]),
        int(told["sequence"]),
    )

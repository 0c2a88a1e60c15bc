"""Citations (引用条款): the short form that records keep, written out as documents print it.

`安全生产法 §41(2)` is 《安全生产法》第四十一条第二款; whether a bracket counts paragraphs (款) or
items (项) is a fact of the article: those that consist of a list of items stand in `ENUMERATED`.
"""

import re
from collections.abc import Mapping

ENUMERATED: Mapping[str, frozenset[int]] = {
    # 安全生产法（2021年修正）: one paragraph followed by a list.
    "安全生产法": frozenset((21, 25, 95, 97, 98, 99, 101, 105, 113)),
    "安全生产法（2014年修正）": frozenset((92, 94, 95, 96, 98, 102)),
    "危险化学品安全管理条例": frozenset((78, 80)),
    "行政处罚法": frozenset((9, 64, 68)),
    "工贸企业重大事故隐患判定标准": frozenset(range(3, 14)),
}
COUNTED: Mapping[str, str] = {
    # Standards that are no statutes: what their first number counts.
    "化工和危险化学品生产经营单位重大生产安全事故隐患判定标准": "项",
    "金属非金属矿山重大事故隐患判定标准": "部分",
}
_DIGITS = "零一二三四五六七八九"
_CITATION = re.compile(
    r"(?P<law>[^§、；;\s][^§；;]*?)?\s*§\s*(?P<article>\d+)(?P<parts>(?:\(\d+\))*)"
)


def in_chinese(number: int) -> str:
    """A whole number from 1 to 999 as statutes write it: 41 → 四十一, 101 → 一百零一."""
    if not 0 < number < 1000:
        raise ValueError(f"{number} is not the number of an article")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


def written_out(citation: str) -> str:
    """A citation as a document prints it. What is no citation of ours comes back as it is."""
    made: list[str] = []
    law, end = "", 0
    for match in _CITATION.finditer(citation):
        if citation[end : match.start()].strip("、； ;"):
            return citation
        end = match.end()
        named = (match["law"] or "").strip("、 ")
        if named:
            law = named
        elif not law:
            return citation
        made.append((_title(law) if named else "") + _article(law, match))
    if not made or citation[end:].strip():
        return citation
    return "、".join(made)


def _title(law: str) -> str:
    name, bracket, order = law.partition("（")
    return f"《{name.strip()}》{bracket}{order}"


def _article(law: str, match: re.Match[str]) -> str:
    number = int(match["article"])
    name = law.partition("（")[0].strip()
    listed = ENUMERATED.get(law.strip(), ENUMERATED.get(name, frozenset()))
    kind = "项" if number in listed else "款"
    parts = [f"第{in_chinese(int(part))}{kind}" for part in re.findall(r"\d+", match["parts"])]
    return f"第{in_chinese(number)}{COUNTED.get(name, '条')}" + "、".join(parts)

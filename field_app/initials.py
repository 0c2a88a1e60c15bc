"""Names as an officer types them in a hurry: the first letters of their pinyin (拼音首字母)."""

import re
from functools import lru_cache
from unicodedata import normalize

SEVERAL = {
    "长": "cz", "重": "cz", "行": "xh", "乐": "ly", "解": "jx", "曾": "zc", "单": "ds", "朝": "cz",
    "会": "hk", "调": "td", "车": "cj", "阿": "ae", "参": "cs", "盛": "sc", "给": "jg", "厦": "sx",
    "种": "zc", "仇": "cq", "覃": "qt", "尉": "wy", "强": "qj", "降": "jx", "藏": "cz", "传": "cz",
    "弹": "dt", "粘": "nz", "校": "xj", "洞": "dt", "区": "qo", "贾": "jg", "查": "cz", "翟": "zd",
    "宿": "sx", "省": "sx", "召": "zs", "柜": "gj", "祭": "jz", "合": "hg",
}  # fmt: skip
"""Characters that names of places and plants read in more ways than one, with every initial,
the usual one first."""
OF_HERE = {"解州": "xz", "洪洞": "ht", "长治": "cz", "长子": "zz", "垣曲": "yq", "芮城": "rc"}
"""Places of the province that no general dictionary reads aright."""
_BETWEEN = re.compile(r"[\W_]+")
MOST = 6
"""Spellings of one name at most."""


def plain(text: str) -> str:
    """Half-width, lower case, letters and digits only: as names and words are compared."""
    folded = text if text.isascii() else normalize("NFKC", text)
    return _BETWEEN.sub("", folded.lower())


def initials(name: str) -> list[str]:
    """The initials of a name, the likeliest first; more than one where a character reads otherwise.

    龙门铸造 → lmzz. Which reading is meant is told by the word, as far as it is known: 重庆 is cq,
    重型 zx. A word is cut out of a name by guess (市长青), so the other reading is found too.
    """
    return initials_of(plain(name))


def initials_of(told: str) -> list[str]:
    """The same of a name that is plain already."""
    if SEVERAL.keys().isdisjoint(told):
        return ["".join(map(_initial, told))]
    doubtful = [at for at, one in enumerate(told) if one in SEVERAL]
    first = [_initial(one) for one in told]
    for at in doubtful:
        first[at] = _by_word(told, at) or SEVERAL[told[at]][0]
    spelled = ["".join(first)]
    for at in doubtful:
        for letter in SEVERAL[told[at]]:
            other = "".join((*first[:at], letter, *first[at + 1 :]))
            if other not in spelled:
                spelled.append(other)
    return spelled[:MOST]


@lru_cache(maxsize=16384)
def _initial(one: str) -> str:
    if one.isascii():
        return one
    # Imported when a name is first kept: its tables take a quarter of a second to load.
    from pypinyin import Style, lazy_pinyin

    return str(lazy_pinyin(one, style=Style.FIRST_LETTER)[0])[:1]


def _by_word(told: str, at: int) -> str | None:
    """The initial of a character by a word that holds it, one that it begins before others."""
    for length in (4, 3, 2):
        for start in range(at, max(at - length, -1), -1):
            word = told[start : start + length]
            if len(word) == length and (letters := _word(word)):
                return letters[at - start]
    return None


@lru_cache(maxsize=65536)
def _word(word: str) -> str | None:
    if word in OF_HERE:
        return OF_HERE[word]
    from pypinyin.constants import PHRASES_DICT

    spelled = PHRASES_DICT.get(word)
    if not spelled or len(spelled) != len(word):
        return None
    return "".join(normalize("NFD", one[0])[0] for one in spelled)

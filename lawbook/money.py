"""Money on documents (金额): whole fen, written in capitals and then in figures."""

DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
MOST = 10**17
"""Fen; more than any fine, and as far as the groups reach."""


def in_capitals(fen: int) -> str:
    """An amount as fines are written: 2000000 fen → 贰万元整; 30005 → 叁佰元零伍分.

    ValueError below nought and from `MOST` on.
    """
    if not 0 <= fen < MOST:
        raise ValueError(f"{fen} fen cannot be written out")
    yuan, rest = divmod(fen, 100)
    jiao, cents = divmod(rest, 10)
    text = f"{_whole(yuan)}元" if yuan or not rest else ""
    if not rest:
        return text + "整"
    if jiao:
        text += f"{DIGITS[jiao]}角"
    elif yuan:
        text += "零"
    return text + (f"{DIGITS[cents]}分" if cents else "整")


def in_figures(fen: int) -> str:
    """An amount in yuan with two places: 2000000 fen → 20,000.00."""
    return f"{fen // 100:,}.{fen % 100:02d}"


def written(fen: int) -> str:
    """贰万元整（¥20,000.00）, as a decision prints a fine."""
    return f"{in_capitals(fen)}（¥{in_figures(fen)}）"


def _whole(yuan: int) -> str:
    if yuan == 0:
        return "零"
    text, gap = "", False
    for place in range(len(GROUPS) - 1, -1, -1):
        group = yuan // 10_000**place % 10_000
        if group == 0:
            gap = bool(text)
            continue
        if text and (gap or group < 1000):
            text += "零"
        text += _group(group) + GROUPS[place]
        gap = False
    return text


def _group(group: int) -> str:
    """One to 9999: noughts between digits once, those at the end not at all."""
    text, nought = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit == 0:
            nought = bool(text)
            continue
        text += ("零" if nought else "") + DIGITS[digit] + UNITS[place]
        nought = False
    return text

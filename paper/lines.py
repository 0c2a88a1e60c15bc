"""Breaking Chinese text into lines (断行), for the renderer that has no typesetter of its own.

Any two characters may part, but a closing mark never begins a line, an opening mark never ends
one (避头尾), and a run of letters or digits stays whole unless it is longer than the line.
"""

import re
from collections.abc import Callable, Iterator

CLOSING = frozenset("，。、；：？！）》」』】〕〉”’…—％‰℃,.;:?!)]}%·～")
OPENING = frozenset("（《「『【〔〈“‘([{￥¥№")
RUN = re.compile(r"[0-9A-Za-zÀ-ɏͰ-ӿ@#$&*+\-_/\\=<>^|~'\"`.,:%]+|.", re.DOTALL)

Advance = Callable[[str], float]


def break_lines(text: str, width: float, indent: float, advance: Advance) -> list[str]:
    """The lines of a paragraph, `width` wide, the first shorter by `indent`.

    `advance` gives a text's width in the same unit as `width`. Blank text is one empty line.
    """
    lines: list[str] = []
    line, used, room = "", 0.0, width - indent
    for cluster in _clusters(text):
        for part in _fitting(cluster, width, advance):
            size = advance(part)
            if line and used + size > room + 1e-6:
                lines.append(line.rstrip(" "))
                line, used, room = "", 0.0, width
                part = part.lstrip(" ")
                size = advance(part)
            line += part
            used += size
    lines.append(line.rstrip(" "))
    return lines


def _clusters(text: str) -> Iterator[str]:
    """Stretches that stay on one line: marks stick to what they open or close."""
    cluster, sticky = "", False
    for run in RUN.findall(text):
        if cluster and not sticky and run[0] not in CLOSING:
            yield cluster
            cluster = ""
        cluster += run
        sticky = run in OPENING
    if cluster:
        yield cluster


def _fitting(cluster: str, width: float, advance: Advance) -> Iterator[str]:
    """The cluster whole, or single characters when it is wider than any line."""
    if advance(cluster) <= width:
        yield cluster
    else:
        yield from cluster

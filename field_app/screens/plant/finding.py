"""What the search of plants shows: by words, the nearest first, or by a code that was read."""

from dataclasses import dataclass

from field_app.store import Store
from field_app.wire import Entity
from lawbook.places import Position, spoken_distance

FOUND = 25


@dataclass(frozen=True, slots=True)
class Found:
    """A plant among those found."""

    entity_id: str
    name: str
    detail: str
    tag: str
    tone: str


@dataclass(frozen=True, slots=True)
class Search:
    """Plants found, and what to say when there are none."""

    found: list[Found]
    title: str
    detail: str


def search(store: Store, words: str, here: Position | None = None) -> Search:
    """Plants that hold these words; without words, the nearest or the first by name."""
    total = store.mirror.count("entities")
    if not total:
        return Search([], "本机还没有企业台账", "回到“今日”，在有信号处点“更新”，再来查找。")
    found = store.mirror.search_entities(words, FOUND + 1, here)
    lines = [_found(entity, far) for entity, far in found[:FOUND]]
    if not lines:
        return Search(
            [],
            f"没有找到“{words.strip()}”",
            "换名称中的两三个字、拼音首字母或信用代码的后几位；新企业请先由办公室录入台账。",
        )
    order = "由近到远" if any(far is not None for _, far in found) else "没有定位，按名称排列"
    if len(found) > FOUND:
        many = f"台账共 {total} 家，先列 {FOUND} 家，{order}；多输几个字可缩小范围"
        return Search(lines, many, "")
    return Search(lines, f"台账共 {total} 家，找到 {len(lines)} 家，{order}", "")


def _found(entity: Entity, far: float | None) -> Found:
    lacking = "" if entity["complete"] else f"缺 {len(entity['missing'])} 项"
    told = (
        spoken_distance(far) if far is not None else "",
        entity["op_status"] or "",
        entity["credit_code"] or "没有信用代码",
    )
    detail = "　".join(text for text in told if text)
    return Found(
        entity["id"], entity["name"], detail, lacking, "warn" if lacking else "quiet"
    )  # fmt: skip

"""What the page of a scheme shows: the form as it reads now, and how far its approval has come."""

from dataclasses import dataclass

from field_app.actions.draft_scheme import WRITTEN, Stand, scheme_paper, stand
from field_app.screens.document.as_text import Said, as_text
from field_app.shelves.inspections import Inspection
from field_app.shelves.outbox import Letter
from field_app.shelves.schemes import OwnScheme
from field_app.store import Store

NAME = "现场检查方案"
TAGS = {
    Stand.DRAFT: ("未报批", "warn"),
    Stand.ON_ITS_WAY: ("待送达", "warn"),
    Stand.REFUSED: ("被退回", "bad"),
    Stand.DRAFTED: ("待审核", "main"),
    Stand.REVIEWED: ("待批准", "main"),
    Stand.APPROVED: ("已批准", "good"),
    Stand.RETURNED: ("退回修改", "bad"),
}
TOLD = {
    Stand.DRAFT: "核对检查内容和方式后报批。",
    Stand.ON_ITS_WAY: "已报批，有信号时自动送达办公室，也可以离线传递。",
    Stand.REFUSED: "服务器退回了报批，更正后重新报批。",
    Stand.DRAFTED: "已送达办公室，等待审核。在有信号处点“更新”查看结果。",
    Stand.REVIEWED: "已审核，等待批准。在有信号处点“更新”查看结果。",
    Stand.APPROVED: "已批准，可以打印。",
    Stand.RETURNED: "办公室退回修改，改后重新报批。",
}
URGENT = (
    "检查已先行开展：情况紧急的，可以先检查，方案随后报批。批准只在办公室办理，不以电话记录代替。"
)
WAITS = "批准后，这次检查出现在“今日”，再按方案开始。"


@dataclass(frozen=True, slots=True)
class Scheme:
    """One scheme. `writes`: whether it may be changed and sent; `given_up`: whether it can be dropped."""

    scheme_id: str
    entity_name: str
    number: str
    tag: str
    tone: str
    told: str
    note: str
    opinions: list[tuple[str, str]]
    contents: str
    method: str
    writes: bool
    given_up: bool
    said: list[Said]
    refusal: Letter | None


def view(store: Store, scheme_id: str) -> Scheme | None:
    """A scheme as it now stands; None when it was not drafted here. Refuses what composing refuses."""
    own = store.schemes.one(scheme_id)
    if own is None:
        return None
    at = stand(store, own)
    entity = store.mirror.entity(own.entity_id)
    tag, tone = TAGS[at]
    paper = scheme_paper(store, scheme_id)
    return Scheme(
        own.id,
        entity["name"] if entity else "",
        paper.number or "",
        tag,
        tone,
        TOLD[at],
        URGENT if own.inspection_id else "" if at is Stand.APPROVED else WAITS,
        _opinions(store, own, at),
        "\n".join(own.record["contents"]),
        str(own.record["method"]),
        at in WRITTEN,
        not own.letter_id,
        as_text(paper.blocks),
        store.outbox.one(own.letter_id) if at is Stand.REFUSED else None,
    )


def of_visit(store: Store, visit: Inspection) -> tuple[str, str, str] | None:
    """What a line says of the scheme of a visit that none ordered: detail, tag, tone; else None."""
    if visit.scheme_id or visit.led_by:
        return None
    own = store.schemes.of_visit(visit.id)
    if own is None:
        return "没有经批准的方案，点按拟制并报批", "可制作", "main"
    at = stand(store, own)
    return (TOLD[at], *TAGS[at])


def in_hand(store: Store) -> dict[str, Stand]:
    """The schemes drafted here that are not approved yet, and how far each has come."""
    found = {own.id: stand(store, own) for own in store.schemes.all()}
    return {id_: at for id_, at in found.items() if at is not Stand.APPROVED}


def _opinions(store: Store, own: OwnScheme, at: Stand) -> list[tuple[str, str]]:
    """What was said of it at the office; of what is sent anew nothing yet."""
    told = store.mirror.scheme(own.id)
    if told is None or at not in (Stand.REVIEWED, Stand.APPROVED, Stand.RETURNED):
        return []
    found = []
    for label, step in (("审核", "review"), ("批准", "approval")):
        by = "reviewed" if step == "review" else "approved"
        if opinion := told.get(f"{step}_opinion"):
            found.append(
                (label, f"{opinion}（{told.get(f'{by}_by_name')}　{told.get(f'{by}_on')}）")
            )
    return found

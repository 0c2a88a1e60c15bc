"""When the weather has cleared, everything arrives: nothing waits, and what is refused has a ground.

The answers that the office holds are those that were shown as saved on the glass.
"""

from typing import TYPE_CHECKING

from field_year.healing import code_of
from field_year.model import Broken

if TYPE_CHECKING:
    from field_year.tablets import Tablet
    from field_year.world import World

OF_A_CLONE = frozenset(
    (
        "number-taken", "number-not-leased", "number-issued", "number-voided", "number-returned",
        "different-content", "hazards-do-not-match",
    )
)  # fmt: skip
"""Grounds on which a letter of a cloned tablet is refused: its twin was first."""


async def check(world: "World") -> None:
    """Every letter of every tablet."""
    for tablet in world.tablets:
        for letter in tablet.store.outbox.letters():
            code = code_of(letter)
            twin = tablet.cloned or tablet.clone_of is not None
            if letter.state in ("sent", "replaced"):
                world.told.work["letters"] += letter.state == "sent"
                continue
            if twin and (letter.state == "held" or code in OF_A_CLONE):
                world.count_work("quarantined")
                continue
            raise Broken(
                "delivered",
                f"{tablet.name} 的信件 {letter.kind} 仍为 {letter.state}（{code} "
                f"{letter.problem}）",
            )
        for upload in tablet.store.outbox.uploads():
            if upload.state != "sent":
                raise Broken(
                    "delivered", f"{tablet.name} 的文件 {upload.sha256[:12]} 仍为 {upload.state}"
                )
        _as_shown(world, tablet)


def _as_shown(world: "World", tablet: "Tablet") -> None:
    rows = world.office.rows("select id::text, answers from case_svc.inspection")
    answers = {id_: told for id_, told in rows}
    kept_beside: dict[str, set[tuple[str, str]]] = {}
    for id_, item, answer in world.office.rows(
        "select visit_id::text, item, fields->'answer'->>'value' from case_svc.visit_patch"
    ):
        kept_beside.setdefault(id_, set()).add((item, answer))
    for visit in tablet.seen.ever.values():
        beyond = visit.id in tablet.seen.beyond
        if not visit.ended or beyond or tablet.cloned or tablet.clone_of:
            continue
        here = {
            item: (one["answer"], one["remark"]) for item, one in answers.get(visit.id, {}).items()
        }
        if visit.joined or visit.spoken:
            told = kept_beside.get(visit.id, set())
            if any(said != here.get(item) and (item, said[0]) not in told
                   for item, said in visit.answers.items()):  # fmt: skip
                raise Broken("delivered", f"同行检查 {visit.id} 有显示已保存的填写不在服务器上")
        elif here != visit.answers:
            raise Broken("delivered", f"检查 {visit.id} 在服务器上的答案与显示的不同")

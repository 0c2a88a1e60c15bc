"""Draft an inspection scheme at the plant (现场拟制检查方案), and send it for approval (报批).

Only the office reviews and approves, and nothing here says otherwise: what the law or the bureau
would count as an approval by telephone is not known (待确认). A visit that cannot wait goes on
without it (国办发〔2024〕54号: 情况紧急的除外), and the scheme names that visit.
"""

import json
from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import uuid4

from field_app.acts import dated_here
from field_app.enrolment import require_in_use
from field_app.moments import day, kept, now, read
from field_app.officers import named, taking_part
from field_app.refusals import (
    EntityUnknown,
    InspectionIncomplete,
    InspectionUnknown,
)
from field_app.shelves.schemes import OwnScheme
from field_app.store import Store
from field_app.wire_visits import SchemeDraftBody
from field_app.writing import SHORT, written
from lawbook.entity import require_complete
from lawbook.inspection import ground_said
from lawbook.refusal import Refusal
from paper.blocks import Document
from paper.compose import compose
from paper.refusals import RendererMissing
from paper.render import available, render
from paper.scheme import KIND, content_of

METHOD = "现场检查、查阅资料、询问"
DRAFT = "scheme.draft"
"""The letter by which a scheme is sent for approval."""


class SchemeUnknown(Refusal):
    """A scheme that was not drafted on this tablet, or was given up."""

    code = "scheme-not-here"
    title = "本机没有拟制这份现场检查方案"
    next_step = "返回“今日”重新选择"


class SchemeSent(Refusal):
    """A scheme that waits for the office, or that it has approved."""

    code = "scheme-sent"
    title = "方案已经报批，本机不能再改"
    next_step = "需要修改的，请审核、审批人员退回后再改"


class SchemeOrdered(Refusal):
    """A visit that a scheme orders already, or that a colleague leads."""

    code = "scheme-ordered"
    title = "这次检查不由本机补报方案"
    next_step = "按已批准的方案检查的不用另报；同行检查由牵头人报"


class Stand(StrEnum):
    """How far a scheme has come, as this tablet knows it."""

    DRAFT = "draft"
    ON_ITS_WAY = "on_its_way"
    REFUSED = "refused"
    DRAFTED = "drafted"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    RETURNED = "returned"


WRITTEN = frozenset((Stand.DRAFT, Stand.REFUSED, Stand.RETURNED))
"""Where the drafter may change it."""


def draft_for_visit(store: Store, inspection_id: str) -> str:
    """Draft the scheme of a visit that no scheme ordered, from what is known of it; its id. Once.

    Refuses InspectionUnknown, SchemeOrdered.
    """
    if own := store.schemes.of_visit(inspection_id):
        return own.id
    visit = store.inspections.one(inspection_id)
    if visit is None:
        raise InspectionUnknown
    if visit.scheme_id or visit.led_by:
        raise SchemeOrdered
    return _keep(
        store, visit.entity_id, visit.checklists, visit.officers, visit.occasion,
        day(read(visit.started_at)).isoformat(), inspection_id,
    )  # fmt: skip


def draft_for_plant(
    store: Store,
    entity_id: str,
    *,
    checklist: str | None,
    officers: Sequence[str],
    ground_kind: str | None,
    ground: str | None,
) -> str:
    """Draft the scheme of a visit that waits for its approval; its id.

    Refuses InspectionIncomplete, EntityUnknown, LedgerIncomplete, TooFewOfficers,
    CertificateNotValid, PackMissing.
    """
    said = ground_said(ground_kind, ground)
    needed = {"检查表": checklist, "检查缘由": said}
    if missing := [name for name, given in needed.items() if not given]:
        raise InspectionIncomplete("缺少：" + "、".join(missing), missing=missing)
    on = day(dated_here(store, now()))
    ref = store.packs.to_begin_with(checklist or "", on).ref
    return _keep(store, entity_id, (ref,), officers, said, on.isoformat(), None)


def _keep(
    store: Store, entity_id: str, checklists: Sequence[str], officers: Sequence[str], ground: str | None,
    on: str, inspection_id: str | None,
) -> str:  # fmt: skip
    require_in_use(store)
    entity = store.mirror.entity(entity_id)
    if entity is None:
        raise EntityUnknown
    require_complete(entity["name"], entity["missing"], store.packs.dictionary().label)
    numbers = list(dict.fromkeys(officers))
    taking_part(store, numbers, day(dated_here(store, now())))
    asked = [store.packs.checklist(ref) for ref in checklists]
    record: dict[str, Any] = {
        "ground": written(ground or "", SHORT, "检查缘由"),
        "officers": numbers,
        "inspect_on": on,
        "checklist": checklists[0],
        "contents": [
            "核查检查缘由所涉情况",
            *(f"按照《{one.name}》检查 {len(one.items)} 项" for one in asked),
        ],
        "method": METHOD,
    }
    scheme_id = str(uuid4())
    with store.atomic():
        store.schemes.keep({
            "id": scheme_id, "entity_id": entity_id, "inspection_id": inspection_id,
            "record": json.dumps(record, ensure_ascii=False), "made_at": kept(now()),
        })  # fmt: skip
    return scheme_id


def write_scheme(store: Store, scheme_id: str, contents: Sequence[str], method: str) -> None:
    """Keep what the officer wrote in a draft (检查内容、检查方式). Refuses SchemeUnknown, SchemeSent."""
    own = _own(store, scheme_id)
    if stand(store, own) not in WRITTEN:
        raise SchemeSent
    lines = [written(line, SHORT, "检查内容") for line in contents if line.strip()]
    record = own.record | {"contents": lines, "method": written(method, SHORT, "检查方式")}
    with store.atomic():
        store.schemes.change(scheme_id, {"record": json.dumps(record, ensure_ascii=False)})


def send_scheme(store: Store, scheme_id: str) -> str:
    """Send a scheme for approval (报批): its letter. A refused or returned one, as it says now.

    Refuses SchemeUnknown, SchemeSent, InspectionIncomplete.
    """
    require_in_use(store)
    own = _own(store, scheme_id)
    before = stand(store, own)
    if before not in WRITTEN:
        raise SchemeSent
    needed = {"检查内容": own.record["contents"], "检查方式": own.record["method"]}
    if missing := [name for name, given in needed.items() if not given]:
        raise InspectionIncomplete("缺少：" + "、".join(missing), missing=missing)
    at = _later(store, own)
    record = own.record
    pulled = store.mirror.as_pulled(own.entity_id)
    body: SchemeDraftBody = {
        "id": str(uuid4()), "scheme_id": own.id, "inspection_id": own.inspection_id,
        "planned_inspection_id": None, "ground": record["ground"], "entity_id": own.entity_id,
        "officers": record["officers"], "inspect_on": record["inspect_on"],
        "checklist": record["checklist"], "contents": record["contents"],
        "method": record["method"], "proposed": store.proposals.fields(pulled) if pulled else [],
        "drafted_at": at, "device": store.device,
    }  # fmt: skip
    with store.atomic():
        store.schemes.change(own.id, {"drafted_at": at})
        refused = store.outbox.one(own.letter_id) if before is Stand.REFUSED else None
        if refused:
            return store.correct(refused, body, at)
        return store.report(f"scheme:{own.id}", DRAFT, body, at)


def give_up_scheme(store: Store, scheme_id: str) -> None:
    """Give up a draft that nobody was asked about. Refuses SchemeUnknown, SchemeSent."""
    own = _own(store, scheme_id)
    if own.letter_id:
        raise SchemeSent
    with store.atomic():
        store.schemes.drop(scheme_id)
    if own.pdf_path:
        store.files.erase(own.pdf_path)


def stand(store: Store, own: OwnScheme) -> Stand:
    """How far a scheme drafted here has come."""
    if own.drafted_at is None:
        return Stand.DRAFT
    if own.letter == "refused":
        return Stand.REFUSED
    told = store.mirror.scheme(own.id)
    if own.letter in ("waiting", "held"):
        return Stand.ON_ITS_WAY
    # What the office said of what it had before counts no more.
    if told is None or read(told["drafted_at"]) < read(own.drafted_at):
        return Stand.DRAFTED
    return Stand(told["stage"])


def scheme_paper(store: Store, scheme_id: str) -> Document:
    """The scheme as the form has it: with number and opinions once the office has told them.

    Refuses SchemeUnknown, PackMissing, EntityUnknown, and what composing refuses.
    """
    own = _own(store, scheme_id)
    told: Any = store.mirror.scheme(own.id) or {}
    # A returned one that is written anew has no opinion yet.
    known = told if stand(store, own) in (Stand.REVIEWED, Stand.APPROVED) else {}
    entity = store.mirror.entity(own.entity_id)
    if entity is None:
        raise EntityUnknown
    form = store.packs.template(KIND)
    me = store.setting("me") or {}
    data = content_of(
        form, own.record | known, organ=str(me.get("unit_name", "")), entity_name=entity["name"],
        values=entity["values"], officers=named(store, own.record["officers"]),
    )  # fmt: skip
    plain = {code: one for code, one in data.items() if one not in (None, "", [])}
    return compose(form, plain, known.get("number"), ())


def scheme_pdf(store: Store, scheme_id: str) -> str:
    """The scheme drawn as a PDF: the path of the kept file. Refuses RendererMissing besides.

    Drawn anew each time, since opinions and number come later; the last one is kept.
    """
    own = _own(store, scheme_id)
    here = available()
    if not here:
        raise RendererMissing
    pdf = render(scheme_paper(store, scheme_id), here[0], issued_at=now())
    path = store.files.keep(pdf, "pdf").path
    with store.atomic():
        store.schemes.change(own.id, {"pdf_path": path})
    if own.pdf_path and own.pdf_path != path:
        store.files.erase(own.pdf_path)
    return path


def _later(store: Store, own: OwnScheme) -> str:
    """When it is sent: after it was sent before, whatever the clock shows, so that what the office said
    of the earlier one is told from what it says of this one (`stand`)."""
    at = dated_here(store, now())
    return kept(max(at, read(own.drafted_at) + timedelta(seconds=1)) if own.drafted_at else at)


def _own(store: Store, scheme_id: str) -> OwnScheme:
    own = store.schemes.one(scheme_id)
    if own is None:
        raise SchemeUnknown
    return own

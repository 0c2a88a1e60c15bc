"""What the first screen shows: schemes, inspections begun, re-inspections due, numbers left."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from field_app.forecast import few
from field_app.found import answered_items
from field_app.moments import kept, now, spoken
from field_app.officers import name_of
from field_app.owing import open_here
from field_app.readiness import lacking, of_officers, of_plant
from field_app.screens.days import day_text, from_today
from field_app.screens.scheme.view import TAGS, TOLD, in_hand
from field_app.session import signed_in
from field_app.standing import standing
from field_app.store import Store
from field_app.whereabouts import distance
from field_app.wire import InspectionScheme
from lawbook.inspection import Outcome
from lawbook.numbers import last_day
from lawbook.places import Position

KINDS = {
    "inspection-record": "现场检查记录",
    "correction-order": "责令限期整改指令书",
    "reinspection-opinion": "整改复查意见书",
}
PROBLEM = Outcome.PROBLEM_FOUND.value
SHOWN = 30
"""Lines of one part at most; what lies further off comes nearer with the days."""
OPEN = ("drafted", "reviewed", "returned", "approved")
"""Stages of a scheme that may still lead to a visit."""
DUE_SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that leads somewhere: `go` is the screen, `given` what it is opened with."""

    title: str
    detail: str
    tag: str
    tone: str
    go: str
    given: dict[str, str] = field(default_factory=dict)
    note: str = ""
    """What is missing before one can go."""


@dataclass(frozen=True, slots=True)
class Today:
    """The officer's day."""

    who: str
    refreshed: str
    stale: bool
    unsent: int
    begun: list[Line]
    schemes: list[Line]
    later: list[Line]
    drafted: list[Line]
    """Schemes drafted on this tablet, until they are approved."""
    planned: list[Line]
    due: list[Line]
    owed: list[Line]
    """What documents of the site still owe, until the head has answered."""
    notes: list[str]
    numbers: str
    """What numbers are left, and until when they can be given; empty before the first refresh."""
    empty: str


def view(store: Store, today: date, at: Position | None = None) -> Today:
    """What to show on this day."""
    me = signed_in(store) or store.setting("me") or {}
    refreshed = store.setting("refreshed_at")
    counts = store.outbox.counts()
    begun, due, owed = _begun(store, at), _due(store, today, at), _owed(store, today)
    mine = _mine(store, me, today)
    now_due = [one for one in mine if is_ready(one) and _on(one) <= today]
    schemes = [_scheme(store, one, today, at) for one in now_due[:SHOWN]]
    later = [_scheme(store, one, today, at) for one in mine if one not in now_due][:SHOWN]
    planned, drafted = _planned(store, me, today, at), _drafted(store)
    empty = ""
    if not refreshed:
        empty = "本机还没有数据。请在有信号处点“更新”，下载企业台账、检查方案和检查表。"
    elif not (begun or schemes or later or drafted or planned or due or owed):
        empty = "今天没有已批准的检查方案，也没有到期的复查。需要检查时，从“查找企业”开始。"
    return Today(
        who=f"{me.get('name', '')}　{me.get('unit_name', '')}",
        refreshed=f"数据更新于 {spoken(refreshed)}" if refreshed else "尚未更新过数据",
        stale=not refreshed,
        unsent=counts["waiting"] + counts["held"] + counts["refused"],
        begun=begun,
        schemes=schemes,
        later=later,
        drafted=drafted,
        planned=planned,
        due=due,
        owed=owed,
        notes=_notes(store, today, refused=counts["refused"]),
        numbers=_numbers(store, today) if refreshed else "",
        empty=empty,
    )


def _name(store: Store, entity_id: str) -> str:
    entity = store.mirror.entity(entity_id)
    return entity["name"] if entity else "（台账中没有的企业）"


def _begun(store: Store, at: Position | None) -> list[Line]:
    """Inspections whose work here is not done: going on, or without a document that is due."""
    recorded = store.documents.issued("inspection-record")
    ordered = store.documents.issued("correction-order")
    lines = []
    for one in store.inspections.all():
        if one.ended_at is None:
            answered = len(answered_items(store, one))
            total = len(store.packs.asked(one.checklists).items)
            detail = f"{spoken(one.started_at)} 开始，已答 {answered}/{total} 项"
            go, given, tag, tone = "checklist", {"inspection_id": one.id}, "继续检查", "main"
            if one.led_by:
                detail, tag = f"{name_of(store, one.led_by)}牵头，{detail}", "同行检查"
        elif one.led_by or one.called_off:
            # There are none, or its documents are made where the visit was ended.
            continue
        elif one.id not in recorded or (one.outcome == PROBLEM and one.id not in ordered):
            detail = f"{spoken(one.ended_at)} 检查结束，文书尚未全部出具"
            go, given, tag, tone = "document", {"about": one.id}, "制作文书", "warn"
        else:
            continue
        detail = _with_distance(store, one.entity_id, detail, at)
        lines.append(Line(_name(store, one.entity_id), detail, tag, tone, go, given))
        if len(lines) == SHOWN:
            break
    return lines


def is_ready(scheme: InspectionScheme) -> bool:
    """Whether a visit may begin by it."""
    return scheme["stage"] == "approved"


def _on(scheme: InspectionScheme) -> date:
    return date.fromisoformat(scheme["inspect_on"])


def _mine(store: Store, me: Any, today: date) -> list[InspectionScheme]:  # noqa: ANN401 - or {}
    """My schemes that have not been begun, earlier ones first, since they are late."""
    drafted = in_hand(store)
    mine = [
        scheme
        for scheme in store.mirror.schemes()
        if scheme["stage"] in OPEN
        # One that came after its visit orders none; what is drafted here has lines of its own.
        and not scheme.get("inspection_id")
        and scheme["id"] not in drafted
        and me.get("officer") in scheme["officers"]
        and _on(scheme) >= today - timedelta(days=60)
        and store.inspections.of_scheme(scheme["id"]) is None
    ]
    return sorted(mine, key=lambda scheme: scheme["inspect_on"])


def _scheme(store: Store, scheme: InspectionScheme, today: date, at: Position | None) -> Line:
    on = _on(scheme)
    tone = "bad" if on < today else "main" if on == today else "quiet"
    ground = "计划内检查" if scheme["planned_inspection_id"] else "临时检查"
    return Line(
        _name(store, scheme["entity_id"]),
        _with_distance(store, scheme["entity_id"], f"{day_text(on)}　{ground}", at),
        from_today(on, today),
        tone,
        "plant",
        {"entity_id": scheme["entity_id"], "scheme_id": scheme["id"]},
        "；".join(lacking(store, scheme, today)),
    )


def _drafted(store: Store) -> list[Line]:
    """Schemes that this tablet drafted and nobody has approved yet."""
    own = {one.id: one for one in store.schemes.all()}
    return [
        Line(_name(store, own[id_].entity_id), TOLD[at], *TAGS[at], "scheme", {"scheme_id": id_})
        for id_, at in in_hand(store).items()
    ][:SHOWN]


def _planned(store: Store, me: Any, today: date, at: Position | None) -> list[Line]:  # noqa: ANN401
    """Plants that my unit's plan names for this month and nobody has a scheme for yet."""
    with_scheme = {one["planned_inspection_id"] for one in store.mirror.schemes()}
    found = [
        one
        for one in store.mirror.planned()
        if (one.get("unit"), one.get("year"), one["month"])
        == (me.get("unit"), today.year, today.month)
        and int(one["done"]) < one.get("times", 1)
        and one["id"] not in with_scheme
    ]
    return [
        Line(
            _name(store, one["entity_id"]),
            _with_distance(store, one["entity_id"], f"{one['month']}月计划　{one['office']}", at),
            "",
            "quiet",
            "plant",
            {"entity_id": one["entity_id"]},
            "；".join(["还没有现场检查方案", *of_plant(store, one["entity_id"])]),
        )
        for one in found[:SHOWN]
    ]


def _with_distance(store: Store, entity_id: str, detail: str, at: Position | None) -> str:
    far = distance(store, entity_id, at)
    return f"{far}　{detail}" if far else detail


def _owed(store: Store, today: date) -> list[Line]:
    """What was sealed or registered here and still wants the head's answer, the most urgent first."""
    at = now()
    lines = []
    for one in open_here(store):
        late = one.overdue(at, today.isoformat())
        due = one.owed.due_at
        until = f"{spoken(kept(due))} 前" if due else day_text(one.owed.due_on)
        until = f"不早于 {until}" if one.owed.earliest else until
        tag = "已逾期" if late else "24小时内" if due else from_today(one.owed.due_on, today)
        inspection = store.inspections.one(one.document.inspection_id)
        lines.append(
            Line(
                one.owed.title,
                f"{_name(store, inspection.entity_id) if inspection else ''}　{one.document.called}",
                tag,
                "bad" if late else "warn",
                "document",
                {"about": one.document.about, "document_id": one.document.id},
                f"{until}报请负责人答复，办公室登记后在此消去（{one.owed.law}）",
            )
        )
    return lines


def _due(store: Store, today: date, at: Position | None) -> list[Line]:
    """Inspections with open hazards whose day has come or is near, the most urgent first."""
    by_inspection: dict[str, list[Any]] = {}
    for hazard in store.mirror.hazards(state="open"):
        by_inspection.setdefault(hazard["inspection_id"], []).append(hazard)
    dated = []
    for inspection_id, hazards in by_inspection.items():
        first = min(date.fromisoformat(hazard["correct_by"]) for hazard in hazards)
        if first <= today + DUE_SOON:
            dated.append((first, inspection_id, hazards))
    dated.sort(key=lambda one: (one[0], one[1]))
    return [
        Line(
            _name(store, hazards[0]["entity_id"]),
            _with_distance(
                store,
                hazards[0]["entity_id"],
                f"{len(hazards)} 项隐患待复查，最早 {day_text(first)} 到期",
                at,
            ),
            from_today(first, today),
            "bad" if first < today else "warn" if first == today else "quiet",
            "reinspection",
            {"inspection_id": inspection_id},
        )
        for first, inspection_id, hazards in dated[:SHOWN]
    ]


def _notes(store: Store, today: date, *, refused: int) -> list[str]:
    at, device = now(), standing(store.installation, store)
    notes = list(device.notes)
    if device.badge:
        # Amber from the second day, red from the fifth (R25).
        notes.append(f"{device.badge}，请尽快到有信号的地方点“更新”，送出记录")
    me = signed_in(store)
    if me and store.mirror.count("officers"):
        notes += of_officers(store, [me["officer"]], today)
    if refused:
        notes.append(f"有 {refused} 封信件被服务器退回，请到“发件箱”查看原因")
    if store.setting("refreshed_at"):
        low = [
            f"{KINDS.get(kind) or store.packs.template(kind).name}剩 {left} 个"
            for kind in [*KINDS, *sorted(set(store.leases.documents(today.year)) - set(KINDS))]
            if (left := store.leases.left(kind, today.year)) < few(store, kind, at)
        ]
        if low:
            notes.append(f"文号不多了（{'、'.join(low)}），有信号时请点“更新”领取")
    return notes


def _numbers(store: Store, today: date) -> str:
    """文号：现场检查记录余 12 … : what the next documents will be numbered from."""
    left = "、".join(
        f"{name}余 {store.leases.left(kind, today.year)}" for kind, name in KINDS.items()
    )
    until = last_day(today.year)
    return f"文号（可用至 {until.month} 月 {until.day} 日）：{left}"

"""How the forms of acts are laid out (表单布局): fields as officials think of them, refusals at their field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gateway.console.client import Json
from lawbook.penalty.kind import ActKind
from lawbook.penalty.shape import Field


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that stand together under a heading; the heading is empty for what stands alone."""

    title: str
    fields: tuple[Field, ...]


LAYOUTS: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "request-hearing": (
        ("听证要求", ("person", "asked_on", "text")), ("逾期提出的", ("late_reason",)),
    ),
    "notify-hearing-session": (
        ("何时何地举行", ("received_on", "hearing_on", "time", "place", "public", "closed_ground")),
        ("由谁主持", ("chair", "chair_post", "clerk", "assessors")),
    ),
    "hold-hearing": (
        ("时间、地点", ("from", "until", "place")), ("参加人", ("attendees",)),
        ("听证笔录", ("text", "signed", "unsigned_reason")),
    ),
    "report-hearing": (("听证报告", ("summary", "opinion")),),
    "deliberate": (
        ("会议", ("from", "until", "place", "chair", "reporter", "recorder")),
        ("出席", ("attendees",)), ("讨论", ("record",)),
        ("结论", ("conclusion", "penalties", "fine", "taken", "goods", "text")),
    ),
    "allow-instalments": (
        ("当事人的申请", ("applied_on", "reason")), ("分期计划", ("instalments",)),
        ("审批", ("opinion",)),
    ),
    "defer-payment": (
        ("当事人的申请", ("applied_on", "reason")), ("延期", ("until", "opinion")),
    ),
    "pay": (("缴款", ("towards", "amount", "paid_on", "method", "receipt", "cash_reason")),),
    "refund": (
        ("退还", ("towards", "amount", "interest", "refunded_on", "receipt", "reason")),
    ),
    "conclude-investigation": (
        ("查明的事实", ("facts",)), ("违法行为和裁量", ("violations", "discretion")),
        ("处理建议", ("outcome", "penalties", "fine", "taken", "goods", "text", "opinion")),
    ),
}  # fmt: skip
"""By kind of act: headings, and the fields below each. What is in none comes last."""

BESIDE: Mapping[str, tuple[str, ...]] = {
    "hearing-notice-short": ("hearing_on",),
    "chair-handles": ("chair",),
    "hearing-staff-handles": ("clerk",),
    "hearing-closed": ("closed_ground",),
    "hearing-record-unsigned": ("unsigned_reason",),
    "hearing-request-late": ("asked_on",),
    "more-than-owed": ("amount",),
    "more-than-refundable": ("amount",),
    "not-what-is-owed": ("amount",),
    "no-ground-to-extend": ("law",),
    "extended-too-long": ("days",),
    "review-before-lawsuit": ("unreviewed",),
    "late-fine-miscounted": ("amount",),
    "schedule-not-sound": ("instalments", "until"),
    "cash-not-allowed": ("method",),
    "service-unproved": ("method",),
    "not-handed-over": ("served_on",),
    "nothing-was-issued": ("of",),
    "decision-overdue": ("late_reason",),
    "police-dispute-late": ("sent_on",),
    "correction-not-later": ("until",),
    "above-summary-ceiling": ("fine",),
    "differs-from-approved": ("fine", "outcome"),
    "aggravated": ("fine",),
    "payment-not-sound": ("amount",),
    "fines-differ": ("fine",),
    "no-violation": ("violations",),
    "time-barred": ("violations",),
    "fine-out-of-range": ("violations",),
    "fine-out-of-grade": ("violations",),
    "discretion-reason-missing": ("violations",),
    "grade-unknown": ("violations",),
    "factor-unknown": ("violations",),
    "not-mitigable": ("violations",),
    "must-not-penalise": ("violations",),
    "provision-unknown": ("violations",),
    "income-unknown": ("violations",),
    "gain-unknown": ("violations",),
    "daily-fine-not-due": ("violations",),
    "daily-fine-miscounted": ("violations",),
    "fined-already": ("violations",),
    "heads-decide": ("attendees",),
    "reviewer-not-qualified": ("qualification",),
    "party-incomplete": ("party",),
    "no-evidence": ("evidence",),
}
"""By refusal: the field at which it is told, the first that the form has."""


def grouped(kind: ActKind, shape: tuple[Field, ...]) -> list[Group]:
    """The fields of an act in groups; one group without a heading where no layout is made."""
    layout = LAYOUTS.get(kind.code, ())
    known = {field.name: field for field in shape}
    groups = [
        Group(title, tuple(known[name] for name in names if name in known))
        for title, names in layout
    ]
    placed = {field.name for group in groups for field in group.fields}
    rest = tuple(field for field in shape if field.name not in placed)
    return [*groups, Group("", rest)] if rest else groups


def beside(kind: ActKind, refusals: Iterable[Json]) -> dict[str, str]:
    """What refuses an act, by the path of the field at which the form tells it."""
    names = {field.name for field in kind.shape}
    found: dict[str, str] = {}
    for why in refusals:
        wanted = (*BESIDE.get(str(why.get("code")), ()), *_dated(kind, why))
        for name in wanted:
            if name in names:
                found.setdefault(f"said.{name}", _told(why))
                break
    return found


def _dated(kind: ActKind, why: Json) -> tuple[str, ...]:
    """The field of a day that lies ahead: the only one, where the act has but one."""
    return kind.past if why.get("code") == "day-ahead" and len(kind.past) == 1 else ()


def _told(why: Json) -> str:
    detail = why.get("detail") or why.get("title") or ""
    step = why.get("next_step")
    return f"{detail}。{step}。" if step else f"{detail}。"


def malformed(errors: Iterable[Mapping[str, object]]) -> dict[str, str]:
    """Reasons of a malformed request by the path of the form's field."""
    found: dict[str, str] = {}
    for one in errors:
        parts = [part for part in str(one.get("at", "")).split("/") if part]
        if "said" in parts:
            found[".".join(parts[parts.index("said") :])] = str(one.get("reason", ""))
    return found

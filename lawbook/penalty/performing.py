"""Guards and effects of service, payment and enforcement (送达、缴款、执行)."""

from datetime import date, timedelta

from lawbook.days import UnknownYear
from lawbook.instalments import (
    CashNotAllowed,
    Instalment,
    ScheduleNotSound,
    cash_ground,
    require_schedule,
)
from lawbook.limits import LIMITS
from lawbook.penalty.act import Act
from lawbook.penalty.case import Case
from lawbook.penalty.kind import Effect, World, told
from lawbook.penalty.money import (
    due_on,
    late_fine,
    late_fine_outstanding,
    outstanding,
    owed_on,
    payments,
    service,
    taken_outstanding,
    total_outstanding,
    unperformed,
)
from lawbook.penalty.pending import suspended
from lawbook.penalty.procedure import When
from lawbook.penalty.refusals import ActIncomplete, NothingOpen
from lawbook.penalty.refusals.performing import (
    CourtPeriodOver,
    DemandFirst,
    EnforcementSuspended,
    LateFineMiscounted,
    MoreThanOwed,
    NotHandedOver,
    NothingToServe,
    NotLate,
    NotWhatIsOwed,
    RemedyOpen,
    ReviewFirst,
    ServiceUnproved,
)
from lawbook.penalty.remedies import ended_challenge, enforcement
from lawbook.refusal import Refusal

SERVABLE = {
    "penalty-notice": ("notify-penalty",), "hearing-notice": ("notify-hearing",),
    "session-notice": ("notify-hearing-session",), "decision": ("decide", "decide-no-penalty"),
    "demand": ("demand",), "late-fine": ("add-late-fine",),
    "easing": ("defer-payment", "allow-instalments"), "sealing": ("seal", "extend-sealing"),
}  # fmt: skip
"""What is served, and the act that makes it."""


def _by_others(case: Case, act: Act) -> bool:
    return act.said.get("method") in ("mail", "electronic", "entrusted", "announced")


BY_OTHERS = When("邮寄、电子、委托、公告送达", _by_others)
"""Service at which nobody of the bureau stands before the party; else two serve (行政处罚法 §42)."""


def serves(of: str) -> Effect:
    """An act serves this document."""
    return lambda case, act: act.said.get("of") == of


REVIEW_FIRST = date(2024, 1, 1)
"""From here on who was penalised on the spot asks for review before it sues (行政复议法 §23(1), §90)."""


def review_first(case: Case, served_on: date) -> bool:
    """Whether the decision cannot be sued about before it was reviewed (复议前置)."""
    return case.procedure.code == "summary" and served_on >= REVIEW_FIRST


def sued_at_once(case: Case, act: Act) -> bool:
    """A decision is served that the party may sue about without asking for review."""
    return act.said.get("of") == "decision" and not review_first(case, act.day("served_on"))


def serves_a_fine(case: Case, act: Act) -> bool:
    """A decision with a fine is served: the fifteen days begin."""
    return act.said.get("of") == "decision" and case.fine > 0


def in_cash(case: Case, act: Act) -> bool:
    """Cash was taken on the spot."""
    return act.said.get("method") == "cash"


def pays_all(case: Case, act: Act) -> bool:
    """Nothing of the fine is left after this."""
    return act.said.get("towards") == "fine" and told(act.said, "amount") >= outstanding(case)


def something_to_serve(case: Case, act: Act, world: World) -> Refusal | None:
    """What is served has been made in this round."""
    kinds = SERVABLE.get(str(act.said.get("of")))
    if kinds is None:
        return None
    made = case.latest(*kinds)
    if made is None:
        return NothingToServe()
    if act.day("served_on") < made.on:
        return ServiceUnproved(f"文书制作于 {made.on}，送达之日早于此")
    return None


def service_proved(case: Case, act: Act, world: World) -> Refusal | None:
    """Each way of service has its proof (行政处罚法 §61、民事诉讼法 §89–§95)."""
    said, wanting = act.said, None
    match said.get("method"):
        case "direct" | "entrusted" if not said.get("received_by"):
            wanting = "写明签收人"
        case "left" if not (said.get("reason") and (said.get("witness") or said.get("filmed"))):
            wanting = "留置送达的，写明理由，并有见证人或者拍照、录像"
        case "electronic" if not (said.get("consent") and said.get("address")):
            wanting = "电子送达的，应当有当事人签订的确认书和电子地址"
        case "mail" if not said.get("tracking"):
            wanting = "邮寄送达的，写明邮件号，以回执上的日期为送达之日"
        case "announced":
            return _announced(act, world)
        case _:
            pass
    return ServiceUnproved(wanting) if wanting else None


def handed_over_on_the_spot(case: Case, act: Act, world: World) -> Refusal | None:
    """A decision on the spot is handed over there and then, or left there (行政处罚法 §52(2))."""
    made = case.decision
    if case.procedure.code != "summary" or act.said.get("of") != "decision" or made is None:
        return None
    if act.day("served_on") != made.on:
        return NotHandedOver(f"决定作出于 {made.on}，送达于 {act.day('served_on')}")
    if act.said["method"] in ("direct", "left"):
        return None
    return NotHandedOver("当场交付，拒绝签收的，在决定书上注明后留置")


def _announced(act: Act, world: World) -> Refusal | None:
    told_on = act.said.get("announced_on")
    if not (act.said.get("reason") and told_on):
        return ServiceUnproved("公告送达的，写明理由和公告发出之日")
    days = LIMITS["serve-by-announcement"].period.length
    first = date.fromisoformat(told_on) + timedelta(days)
    if act.day("served_on") < first:
        return ServiceUnproved(f"公告发出之日起满三十日视为送达，最早为 {first}")
    return None


def decision_stands(case: Case, act: Act, world: World) -> Refusal | None:
    """There is a decision in force."""
    return None if case.decision else NothingOpen("没有生效的决定")


def owed_that_much(case: Case, act: Act, world: World) -> Refusal | None:
    """No more is paid than is owed, and something is."""
    sums = {"fine": outstanding, "taken": taken_outstanding, "late-fine": late_fine_outstanding}
    owed = sums[str(act.said["towards"])](case)
    amount = told(act.said, "amount")
    if amount <= 0 or amount > owed:
        return MoreThanOwed(f"尚应缴 {owed / 100:.2f} 元，登记 {amount / 100:.2f} 元")
    return None


def cash_allowed(case: Case, act: Act, world: World) -> Refusal | None:
    """Of a summary decision up to a hundred yuan, or on a ground of the law (行政处罚法 §68、§69)."""
    if not in_cash(case, act):
        return None
    on = act.said.get("cash_ground")
    if on and not act.said.get("cash_reason"):
        return ActIncomplete("当场收缴的，写明理由")
    try:
        cash_ground(
            case.fine, case.party_kind, summary=case.procedure.code == "summary",
            hard_to_collect=on == "hard-to-collect", remote=on == "remote", asked=on == "remote",
        )  # fmt: skip
    except CashNotAllowed as refusal:
        return refusal
    return None


def names_a_payment(case: Case, act: Act, world: World) -> Refusal | None:
    """A payment that was not taken back before."""
    known = {
        one.id for towards in ("fine", "taken", "late-fine") for one in payments(case, towards)
    }
    return None if act.said.get("of") in known else NothingOpen("没有这一笔缴款")


def fine_outstanding(case: Case, act: Act, world: World) -> Refusal | None:
    """Something of the fine is unpaid."""
    owed = outstanding(case) or late_fine_outstanding(case)
    return None if owed else NothingOpen("没有尚未缴纳的罚款")


def money_outstanding(case: Case, act: Act, world: World) -> Refusal | None:
    """Something is owed in money: fine, addition, or what is taken."""
    return None if total_outstanding(case) else NothingOpen("没有尚未缴纳的款项")


def something_unperformed(case: Case, act: Act, world: World) -> Refusal | None:
    """Something of the decision is neither paid nor performed."""
    left = total_outstanding(case) or unperformed(case)
    return None if left else NothingOpen("处罚决定已经履行完毕")


def a_duty_left(case: Case, act: Act, world: World) -> Refusal | None:
    """The decision imposes this beside money, and nobody has recorded that it was performed."""
    left = unperformed(case)
    named = act.said.get("duty")
    if (named in left) if named else left:
        return None
    return NothingOpen("处罚决定中没有尚待履行的这一项")


def deferred_ahead(case: Case, act: Act, world: World) -> Refusal | None:
    """Put off to a day that lies ahead, and after the day on which it was due."""
    return _sound(case, act, world, [Instalment(act.day("until"), outstanding(case))])


def instalments_add_up(case: Case, act: Act, world: World) -> Refusal | None:
    """The instalments make what is owed, one day after the other, all ahead."""
    plan = [
        Instalment(date.fromisoformat(one["due_on"]), one["amount"])
        for one in act.said["instalments"]
    ]
    return _sound(case, act, world, plan)


def _sound(case: Case, act: Act, world: World, plan: list[Instalment]) -> Refusal | None:
    if plan[0].due_on <= act.on:
        return ScheduleNotSound("各期的日期应当在批准之日以后")
    try:
        stands = due_on(case, world) or act.on
    except UnknownYear:
        # Then nobody can say that the plan is too early.
        stands = act.on
    try:
        require_schedule(outstanding(case), plan, stands)
    except ScheduleNotSound as refusal:
        return refusal
    return None


def payment_late(case: Case, act: Act, world: World) -> Refusal | None:
    """Something is owed whose day has passed."""
    return None if owed_on(case, world, act.on) or late_fine_outstanding(case) else NotLate()


def performance_late(case: Case, act: Act, world: World) -> Refusal | None:
    """As above; or what is no fine is not performed, for which the law sets no days of its own."""
    if service(case) and (taken_outstanding(case) or unperformed(case)):
        return None
    return payment_late(case, act, world)


def late_fine_right(case: Case, act: Act, world: World) -> Refusal | None:
    """The sum is the law's (行政处罚法 §72(1))."""
    right = late_fine(case, world, act.day("until"))
    if told(act.said, "amount") != right.amount:
        return LateFineMiscounted(f"逾期 {right.days} 日，应为 {right.amount / 100:.2f} 元")
    return None


def no_challenge(case: Case, act: Act, world: World) -> Refusal | None:
    """No review or lawsuit is pending."""
    return RemedyOpen("正在复议或者诉讼") if case.challenge else None


def reviewed_before_suing(case: Case, act: Act, world: World) -> Refusal | None:
    """A lawsuit about a penalty on the spot comes after its review (行政复议法 §23(1)), or says why not (§34)."""
    served = service(case)
    first = served is not None and review_first(case, served.day("served_on"))
    if act.said["kind"] != "lawsuit" or not first or act.said.get("unreviewed"):
        return None
    ended = ended_challenge(case)
    decided = ended is not None and ended[1].said["outcome"] != "withdrawn"
    return None if decided else ReviewFirst()


def appeal_fits(case: Case, act: Act, world: World) -> Refusal | None:
    """An appeal is against a first judgment (行政诉讼法 §85)."""
    if act.said["kind"] != "appeal":
        return None
    ended = ended_challenge(case)
    first = ended is not None and ended[0].said["kind"] == "lawsuit"
    return None if first else NothingOpen("没有可以上诉的一审裁判", mend="record-challenge")


def challenge_pending(case: Case, act: Act, world: World) -> Refusal | None:
    """A review or lawsuit is pending."""
    return (
        None
        if case.challenge
        else NothingOpen("没有正在进行的复议或者诉讼", mend="record-challenge")
    )


def not_suspended(case: Case, act: Act, world: World) -> Refusal | None:
    """Enforcement does not stand still (行政处罚法 §73(1)、行政复议法 §42)."""
    return EnforcementSuspended() if suspended(case) else None


def what_is_owed(case: Case, act: Act, world: World) -> Refusal | None:
    """Neither more nor less is demanded than is owed in money; nought where only deeds are owed."""
    owed = total_outstanding(case)
    amount = told(act.said, "amount")
    if amount == owed:
        return None
    return NotWhatIsOwed(f"尚应缴 {owed / 100:.2f} 元，填写 {amount / 100:.2f} 元")


def court_says(outcome: str) -> Effect:
    """The court has said this of the application."""
    return lambda case, act: (
        act.said.get("outcome") == outcome
        and (outcome != "heard" or bool(act.said.get("accepted_on")))
    )


def court_decides(case: Case, act: Act) -> bool:
    """The court does more than take the application on: its days to rule are over, or others run."""
    return act.said.get("outcome") != "accepted"


def accepted_day_told(case: Case, act: Act, world: World) -> Refusal | None:
    """The thirty days of a ruling after hearing both sides run from the acceptance (行政强制法 §58)."""
    if act.said.get("outcome") != "heard" or act.said.get("accepted_on"):
        return None
    return ActIncomplete("法院听取意见的，写明受理之日，自受理之日起三十日内裁定")


def court_may_be_asked(case: Case, act: Act, world: World) -> Refusal | None:
    """After the periods of review and lawsuit, within three months, and after the demand."""
    window = enforcement(case, world)
    if window is None or act.on < window.first:
        waits = "正在复议或者诉讼" if case.challenge else "决定尚未送达"
        return RemedyOpen(f"最早可于 {window.first} 申请" if window else waits)
    if window.binding and act.on > window.last:
        return CourtPeriodOver(f"申请期限于 {window.last} 届满")
    if window.demanded is None or act.on < window.demanded:
        return DemandFirst(
            f"最早可于 {window.demanded} 申请" if window.demanded else "催告书尚未送达"
        )
    return None

"""Why notice, hearing, decision, service, payment and closing are refused."""

from lawbook.penalty.refusals import PenaltyRefusal


class NoticeFirst(PenaltyRefusal):
    """A penalty of which the party has not been told."""

    code, title, law = (
        "notice-first",
        "未告知当事人拟作出的处罚及事实、理由、依据",
        "行政处罚法 §44、§62",
    )
    next_step, mend = "先送达行政处罚告知书", "notify-penalty"


class NoticeNotServed(PenaltyRefusal):
    """A notice that has not reached the party."""

    code, title, law = "notice-not-served", "告知书尚未送达", "行政处罚法 §44、§61"
    next_step, mend = "先送达告知书", "serve"


class HearingNoticeFirst(PenaltyRefusal):
    """A penalty that gives the right to a hearing of which the party has not been told."""

    code, title, law = "hearing-notice-first", "未告知当事人有要求听证的权利", "行政处罚法 §63"
    next_step, mend = "先送达行政处罚听证告知书", "notify-hearing"


class DefencePeriodRuns(PenaltyRefusal):
    """The party may still state and defend, or ask for a hearing."""

    code, title, law = (
        "defence-period-runs",
        "陈述、申辩或者要求听证的期限未满",
        "行政处罚法 §45、§62、§64",
    )
    next_step, mend = "期满后办理；当事人放弃的，记录其书面放弃", "waive"


class DefenceNotConsidered(PenaltyRefusal):
    """What the party said has not been examined."""

    code, title, law = "defence-not-considered", "当事人的陈述、申辩尚未复核", "行政处罚法 §45(1)"
    next_step, mend = "写明复核意见", "state-and-defend"


class Aggravated(PenaltyRefusal):
    """A heavier penalty than the party was told of, because it defended itself."""

    code, title, law = "aggravated", "不得因当事人陈述、申辩而给予更重的处罚", "行政处罚法 §45(2)"
    next_step, mend = (
        "不重于告知的处罚；发现新的违法事实的，补充调查后重新告知",
        "supplement-investigation",
    )


class DiffersFromApproved(PenaltyRefusal):
    """A decision that is not what was approved."""

    code, title, law = "differs-from-approved", "决定的内容与批准的不一致", "行政处罚法 §57"
    next_step = "按批准的内容作出决定，或者撤回后重新呈批"


class NoHearingRight(PenaltyRefusal):
    """A hearing asked for without notice of the right."""

    code, title, law = "no-hearing-notice", "没有送达听证告知书", "行政处罚法 §63、§64"
    next_step, mend = "属于听证范围的，先送达听证告知书", "notify-hearing"


class HearingRequestLate(PenaltyRefusal):
    """A hearing asked for after five working days."""

    code, title, law = "hearing-request-late", "要求听证已超过五个工作日", "行政处罚法 §64(1)"
    next_step = "仍应当听取陈述、申辩；有正当理由的，由负责人决定是否听证"


class HearingNoticeShort(PenaltyRefusal):
    """Fewer than seven working days between the notice and the hearing."""

    code, title, law = (
        "hearing-notice-short",
        "应当在举行听证的七个工作日前通知",
        "行政处罚法 §64(2)",
    )
    next_step, mend = "另定举行听证的日期", "notify-hearing-session"


class HearingNotNotified(PenaltyRefusal):
    """A hearing of which nobody was notified, or held before its day."""

    code, title, law = (
        "hearing-not-notified",
        "尚未通知听证的时间、地点，或者未到听证之日",
        "行政处罚法 §64(2)",
    )
    next_step, mend = "先送达听证会通知书", "notify-hearing-session"


class HearingNotHeld(PenaltyRefusal):
    """A report on a hearing that was not held."""

    code, title, law = "hearing-not-held", "听证尚未举行", "行政处罚法 §64"
    next_step, mend = "先举行听证并制作笔录", "hold-hearing"


class LegalReviewFirst(PenaltyRefusal):
    """A decision that the law wants reviewed, and that nobody reviewed."""

    code, title, law = (
        "legal-review-first",
        "应当经法制审核而未审核，不得作出决定",
        "行政处罚法 §58",
    )
    next_step, mend = "先提交法制审核", "submit-legal-review"


class DeliberationFirst(PenaltyRefusal):
    """A grave penalty on which the heads have not deliberated."""

    code, title, law = "deliberation-first", "应当由行政机关负责人集体讨论决定", "行政处罚法 §57(2)"
    next_step, mend = "先集体讨论", "deliberate"


class DecisionOverdue(PenaltyRefusal):
    """A decision after the ninety days."""

    code, title, law = "decision-overdue", "已超过立案之日起九十日的办案期限", "行政处罚法 §60"
    next_step = "写明逾期的理由后作出，理由记入案卷并报监督机构"


class NotExtendableNow(PenaltyRefusal):
    """More time asked for when there is none left, or without an article that gives it."""

    code, title, law = "deciding-not-extendable", "办案期限已届满，不能延长", "行政处罚法 §60"
    next_step, mend = "写明逾期的理由后作出决定", "decide"


class AboveSummaryCeiling(PenaltyRefusal):
    """More than may be imposed on the spot."""

    code, title, law = "above-summary-ceiling", "超出当场处罚的范围", "行政处罚法 §51"
    next_step, mend = "终止当场处罚，改按普通程序立案", "terminate"


class NotToCollect(PenaltyRefusal):
    """Cash taken that may not be taken."""

    code, title, law = "cash-not-allowed", "不得当场收缴罚款", "行政处罚法 §67、§68、§69"
    next_step = "由当事人到指定的银行缴纳；事后难以执行或者边远地区的，写明理由"


class ServiceUnproved(PenaltyRefusal):
    """Service that its method does not prove."""

    code, title, law = (
        "service-unproved",
        "送达方式缺少应有的证明",
        "行政处罚法 §61、民事诉讼法 §89、§90、§95",
    )
    next_step, mend = "补充见证人、音像记录、书面同意或者受送达人的签收", "serve"


class NothingToServe(PenaltyRefusal):
    """Service of what has not been made."""

    code, title, next_step = "nothing-was-issued", "要送达的文书尚未制作", "先制作文书"


class MoreThanOwed(PenaltyRefusal):
    """More paid than is owed."""

    code, title, law = "more-than-owed", "缴款超过应缴数额", "行政处罚法 §67"
    next_step = "核对缴款单据；多缴的退还当事人"


class InstalmentsDoNotAddUp(PenaltyRefusal):
    """Instalments that do not make the sum, or not in order of days."""

    code, title, law = (
        "instalments-do-not-add-up",
        "各期之和应当等于尚未缴纳的罚款，日期依次在后",
        "行政处罚法 §66(2)",
    )
    next_step, mend = "核对各期的日期和数额", "allow-instalments"


class NotLate(PenaltyRefusal):
    """An addition or a demand before the day of payment is over."""

    code, title, law = "not-late", "缴款期限未满", "行政处罚法 §67、§72"
    next_step = "期满后办理"


class LateFineMiscounted(PenaltyRefusal):
    """Another addition than the law's three per cent a day up to the fine."""

    code, title, law = (
        "late-fine-miscounted",
        "加处罚款的数额与依法计算的不一致",
        "行政处罚法 §72(1)、行政强制法 §45",
    )
    next_step, mend = "按计算的数额加处", "add-late-fine"


class DemandFirst(PenaltyRefusal):
    """An application to the court without a demand served ten working days before."""

    code, title, law = "demand-first", "催告书送达十个工作日后方可申请强制执行", "行政强制法 §54"
    next_step, mend = "先送达催告书", "demand"


class RemedyOpen(PenaltyRefusal):
    """The party may still ask for review or sue, or has done so."""

    code, title, law = "remedy-open", "复议、诉讼期限未满或者正在复议、诉讼", "行政强制法 §53"
    next_step, mend = "期满或者审结后办理", "review-outcome"


class CourtPeriodOver(PenaltyRefusal):
    """The three months in which the court may be asked are over."""

    code, title, law = (
        "court-period-over",
        "已超过申请人民法院强制执行的三个月期限",
        "行政强制法 §53",
    )
    next_step, mend = "不能再申请强制执行；说明情况后报结案", "propose-closing"


class StillOwed(PenaltyRefusal):
    """A case closed while money is owed."""

    code, title, law = "still-owed", "罚款尚未缴清，强制执行也未终结", "行政处罚法 §66、§72"
    next_step, mend = "缴清，或者催告后申请强制执行", "demand"


class NotPublished(PenaltyRefusal):
    """A decision that was to be published and was not."""

    code, title, law = "not-published", "处罚决定尚未公开", "安全生产法 §78(2)、行政处罚法 §48"
    next_step, mend = "公开处罚决定", "publish"


class NotWithdrawn(PenaltyRefusal):
    """A published decision that fell and is still published."""

    code, title, law = (
        "publication-not-withdrawn",
        "被撤销、变更的处罚决定尚未撤回公开",
        "行政处罚法 §48(2)",
    )
    next_step, mend = "三个工作日内撤回并说明理由", "withdraw-publication"


class NotReported(PenaltyRefusal):
    """A penalty on the spot that was not reported to the organ."""

    code, title, law = "summary-not-reported", "当场处罚尚未报所属行政机关备案", "行政处罚法 §52(3)"
    next_step, mend = "报备案", "report-summary"


class CashNotBanked(PenaltyRefusal):
    """Cash taken on the spot that has not reached the bank."""

    code, title, law = "cash-not-banked", "当场收缴的罚款尚未缴付银行", "行政处罚法 §71"
    next_step, mend = "缴付指定的银行", "bank-cash"


class NotDecidedSo(PenaltyRefusal):
    """A penalty decided where none was approved, or none where one was."""

    code, title, law = "not-approved-so", "批准的处理意见与此不同", "行政处罚法 §57"
    next_step = "按批准的处理意见办理"

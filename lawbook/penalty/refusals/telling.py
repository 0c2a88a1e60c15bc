"""Why notice, statement and hearing are refused (告知、陈述申辩、听证)."""

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


class HearingClosed(PenaltyRefusal):
    """A hearing behind closed doors for no reason of the law."""

    code, title, law = (
        "hearing-closed",
        "听证公开举行；涉及国家秘密、商业秘密或者个人隐私依法予以保密的除外",
        "行政处罚法 §64(3)",
    )
    next_step, mend = "公开举行，或者选择不公开举行的理由", "notify-hearing-session"


class RecordUnsigned(PenaltyRefusal):
    """A record of a hearing without signature, and without a word on why."""

    code, title, law = (
        "hearing-record-unsigned",
        "听证笔录没有当事人签名，也没有注明情况",
        "行政处罚法 §64(8)",
    )
    next_step, mend = "交当事人核对无误后签名；拒绝签名的，由主持人在笔录中注明", "hold-hearing"

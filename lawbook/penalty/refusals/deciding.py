"""Why a decision is refused (法制审核、集体讨论、决定)."""

from lawbook.penalty.refusals import PenaltyRefusal


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


class HeadsDecide(PenaltyRefusal):
    """A deliberation of fewer than two heads, or in which who investigated has a part."""

    code, title, law = (
        "heads-decide",
        "集体讨论由行政机关负责人进行，至少两名负责人出席，承办人只汇报案情",
        "行政处罚法 §57(2)",
    )
    next_step, mend = "写明出席的本机关负责人；承办人列为汇报人", "deliberate"


class DiffersFromApproved(PenaltyRefusal):
    """A decision that is not what was approved."""

    code, title, law = "differs-from-approved", "决定的内容与批准的不一致", "行政处罚法 §57"
    next_step = "按批准的内容作出决定，或者撤回后重新呈批"


class NotDecidedSo(PenaltyRefusal):
    """A penalty decided where none was approved, or none where one was."""

    code, title, law = "not-approved-so", "批准的处理意见与此不同", "行政处罚法 §57"
    next_step = "按批准的处理意见办理"


class SameAgain(PenaltyRefusal):
    """The same penalty on the same facts, after a review organ or a court took it away."""

    code, title, law = (
        "same-again",
        "不得以同一的事实和理由作出与原行政行为基本相同的行政行为",
        "行政诉讼法 §71、行政复议法 §64",
    )
    next_step, mend = (
        "写明与被撤销的决定不同的主要事实、理由；没有的，从轻处理或者结案",
        "conclude-investigation",
    )


class DecisionOverdue(PenaltyRefusal):
    """A decision after the ninety days."""

    code, title, law = "decision-overdue", "已超过立案之日起九十日的办案期限", "行政处罚法 §60"
    next_step = "写明逾期的理由后作出，理由记入案卷并报监督机构"


class NoGroundToExtend(PenaltyRefusal):
    """More time to decide by a provision that nobody entered as one that lets it."""

    code, title, law = (
        "no-ground-to-extend",
        "没有准许延长办案期限的规定",
        "行政处罚法 §60",
    )
    next_step = "按已登记的条款填写；另有法律、法规、规章规定的，经法制机构确认后加入处罚程序参数"


class ExtendedTooLong(PenaltyRefusal):
    """More time to decide than the provision gives, all told."""

    code, title, law = "extended-too-long", "延长超过规定的最长办案期限", "行政处罚法 §60"
    next_step = "减少延长的日数，在期限内作出决定"


class NotExtendableNow(PenaltyRefusal):
    """More time asked for when there is none left, or without an article that gives it."""

    code, title, law = "deciding-not-extendable", "办案期限已届满，不能延长", "行政处罚法 §60"
    next_step, mend = "写明逾期的理由后作出决定", "decide"


class AboveSummaryCeiling(PenaltyRefusal):
    """More than may be imposed on the spot."""

    code, title, law = "above-summary-ceiling", "超出当场处罚的范围", "行政处罚法 §51"
    next_step, mend = "终止当场处罚，改按普通程序立案", "terminate"

"""Why a case cannot be closed (结案)."""

from lawbook.penalty.refusals import PenaltyRefusal


class StillOwed(PenaltyRefusal):
    """A case closed while money is owed, or something else of the decision is not performed."""

    code, title, law = "still-owed", "处罚决定尚未履行完毕，强制执行也未终结", "行政处罚法 §66、§72"
    next_step, mend = "履行、缴清后登记，或者催告后申请强制执行", "demand"


class NotRefunded(PenaltyRefusal):
    """A case closed while money is kept that is not owed any more."""

    code, title, law = "not-refunded", "已经收缴、不应再收缴的款项尚未退还", "国家赔偿法 §36(1)"
    next_step, mend = "退还当事人后登记", "refund"


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

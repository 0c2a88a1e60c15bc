"""Why service, payment and enforcement are refused (送达、缴款、执行)."""

from lawbook.penalty.refusals import PenaltyRefusal


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
    law = "行政处罚法 §61"


class NotHandedOver(PenaltyRefusal):
    """A decision on the spot that was handed over later, or by post."""

    code, title, law = (
        "not-handed-over",
        "当场处罚决定书应当当场交付当事人",
        "行政处罚法 §52(2)",
    )
    next_step, mend = (
        "核对送达之日；没有当场交付的，撤销当场处罚决定，按普通程序办理",
        "revoke-decision",
    )


class MoreThanOwed(PenaltyRefusal):
    """More paid than is owed."""

    code, title, law = "more-than-owed", "缴款超过应缴数额", "行政处罚法 §67"
    next_step = "核对缴款单据；多缴的退还当事人"


class MoreThanRefundable(PenaltyRefusal):
    """More given back than was collected and is not owed."""

    code, title, law = (
        "more-than-refundable",
        "退还的金额超过应当退还的数额",
        "国家赔偿法 §36(1)",
    )
    next_step = "核对缴款和退付凭证；利息另填"


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


class NotWhatIsOwed(PenaltyRefusal):
    """A demand or an application to the court for another sum than is owed."""

    code, title, law = (
        "not-what-is-owed",
        "数额与尚应缴纳的不一致",
        "行政强制法 §54、§55",
    )
    next_step = "按尚未缴纳的罚款、没收款和已经决定的加处罚款合计填写"


class EnforcementSuspended(PenaltyRefusal):
    """Enforcement of a decision whose enforcement was suspended."""

    code, title, law = (
        "enforcement-suspended",
        "已经停止执行",
        "行政处罚法 §73(1)、行政复议法 §42",
    )
    next_step, mend = "恢复执行后办理", "resume-enforcement"


class HigherCourtLate(PenaltyRefusal):
    """The court above asked after the fifteen days."""

    code, title, law = (
        "higher-court-late",
        "向上一级人民法院申请复议的十五日期限已满",
        "行政强制法 §56(2)、§58(3)",
    )
    next_step, mend = "裁定已经确定：写明情况后报结案；决定有错误的，主动撤销", "propose-closing"


class ReviewerEnforces(PenaltyRefusal):
    """Enforcement by who decided of a decision that a review has changed."""

    code, title, law = (
        "reviewer-enforces",
        "复议决定变更了处罚决定，由行政复议机关强制执行或者申请人民法院强制执行",
        "行政复议法 §78(2)",
    )
    next_step, mend = "起诉期限届满仍不履行的，移交行政复议机关执行", "refer-enforcement"


class RemedyOpen(PenaltyRefusal):
    """The party may still ask for review or sue, or has done so."""

    code, title, law = "remedy-open", "复议、诉讼期限未满或者正在复议、诉讼", "行政强制法 §53"
    next_step, mend = "期满或者审结后办理", "review-outcome"


class ReviewFirst(PenaltyRefusal):
    """A lawsuit about a penalty on the spot that nobody reviewed."""

    code, title, law = (
        "review-before-lawsuit",
        "对当场处罚不服的，应当先申请行政复议",
        "行政复议法 §23(1)、§34",
    )
    next_step = "先登记行政复议及其结果；复议机关不予受理、驳回或者逾期不答复的，写明情况"
    mend = "record-challenge"


class CourtPeriodOver(PenaltyRefusal):
    """The three months in which the court may be asked are over."""

    code, title, law = (
        "court-period-over",
        "已超过申请人民法院强制执行的三个月期限",
        "行政强制法 §53",
    )
    next_step, mend = "不能再申请强制执行；说明情况后报结案", "propose-closing"

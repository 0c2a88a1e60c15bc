"""Why filing, measures and the end of the investigation are refused (立案、调查)."""

from lawbook.penalty.refusals import PenaltyRefusal


class PartyIncomplete(PenaltyRefusal):
    """A party of whom too little is known to be punished."""

    code, title, law = "party-incomplete", "当事人的基本情况不全", "行政处罚法 §59"
    next_step, mend = "补充当事人的基本情况", "change-party"


class TimeBarred(PenaltyRefusal):
    """A violation that lies too far back."""

    code, title, law = "time-barred", "违法行为已过追责时效，不再给予行政处罚", "行政处罚法 §36"
    next_step, mend = (
        "不予立案；涉及公民生命健康安全且有危害后果的为五年，注明后重新提交",
        "decline-filing",
    )


class LeadNotComplete(PenaltyRefusal):
    """A filing that names no violation."""

    code, title, law = "no-violation", "没有载明违法行为", "行政处罚法 §54"
    next_step = "写明至少一项违法行为及其违反的条款"


class NoEvidence(PenaltyRefusal):
    """An investigation concluded without evidence."""

    code, title, law = "no-evidence", "没有证据，不能认定违法事实", "行政处罚法 §40、§46"
    next_step, mend = "先收集证据", "add-evidence"


class EvidenceUndisposed(PenaltyRefusal):
    """Evidence registered beforehand of which nothing has been decided."""

    code, title, law = "evidence-undisposed", "先行登记保存的证据尚未作出处理决定", "行政处罚法 §56"
    next_step, mend = "七个工作日内作出处理决定", "dispose-registered-evidence"


class SealedUndisposed(PenaltyRefusal):
    """Something sealed or seized of which nothing has been decided."""

    code, title, law = "sealed-undisposed", "查封、扣押的物品尚未处理", "行政强制法 §27"
    next_step, mend = "作出处理决定", "dispose-sealed"


class NotConfiscated(PenaltyRefusal):
    """Goods kept as confiscated though no decision in force confiscates any."""

    code, title, law = (
        "not-confiscated",
        "没收非法财物是行政处罚，没有作出没收的处罚决定",
        "行政处罚法 §9(2)、§44、行政强制法 §27",
    )
    next_step = (
        "与案件无关或者无须保留的，解除并退还；应当没收的，先告知并作出没收非法财物的处罚决定"
    )


class SealingExtended(PenaltyRefusal):
    """A second extension of sealing, or one after its end."""

    code, title, law = "sealing-not-extendable", "查封、扣押期限不能再延长", "行政强制法 §25"
    next_step, mend = "作出处理决定", "dispose-sealed"


class ReleaseAtOnce(PenaltyRefusal):
    """Something else than its release, of a sealing that the head refused to approve afterwards."""

    code, title, law = (
        "release-at-once",
        "负责人不同意补办批准，应当立即解除查封、扣押",
        "行政强制法 §19",
    )
    next_step, mend = "立即解除查封、扣押并退还财物", "dispose-sealed"

"""Why somebody may not act in a case: capacity, unit, certificate, recusal (办案人员)."""

from lawbook.penalty.refusals import PenaltyRefusal


class NotYourPower(PenaltyRefusal):
    """Somebody who has not the capacity that the act wants, and to whom nobody delegated it."""

    code, title = "not-your-power", "没有办理该事项的职权"
    law = "行政处罚法 §42(1)、§57"
    next_step = "由有相应职权的人员办理，或者由其书面委托"


class OtherUnit(PenaltyRefusal):
    """Somebody of another bureau."""

    code, title, law = "other-unit", "该案件由其他执法单位办理", "行政处罚法 §22"
    next_step = "由承办单位的人员办理"


class OfficerRecused(PenaltyRefusal):
    """Somebody who has been recused from this case."""

    code, title, law = "officer-recused", "该人员应当回避", "行政处罚法 §43"
    next_step, mend = "更换其他人员办理", "assign-handlers"


class TooFewHandlers(PenaltyRefusal):
    """Fewer than two officers."""

    code, title, law = "too-few-handlers", "执法人员不得少于两人", "行政处罚法 §42(1)"
    next_step, mend = "增加承办人", "assign-handlers"


class HandlerNotCertified(PenaltyRefusal):
    """An officer without a certificate that is valid on the day."""

    code, title, law = "handler-not-certified", "执法人员应当持有效执法证件", "行政处罚法 §42(1)"
    next_step, mend = "更换持有效执法证的承办人，或核对台账中的执法证有效期", "assign-handlers"


class CertificateNotShown(PenaltyRefusal):
    """A penalty on the spot by somebody who showed no certificate."""

    code, title, law = (
        "certificate-not-shown",
        "当场处罚应当向当事人出示执法证件",
        "行政处罚法 §52(1)、§55(1)",
    )
    next_step = "向当事人出示执法证件后再当场查处；没有出示的，按普通程序办理"


class NotAHandler(PenaltyRefusal):
    """An act of handlers by others."""

    code, title = "not-a-handler", "不是本案的承办人"
    law = "行政处罚法 §42(1)"
    next_step, mend = "由本案承办人办理，或者先变更承办人", "assign-handlers"


class OwnCase(PenaltyRefusal):
    """Who handles a case approves, endorses or decides in it."""

    code, title, law = "own-case", "承办人不能审核、审批自己承办的案件", "行政处罚法 §57"
    next_step = "由其他有职权的负责人办理"


class ReviewerHandles(PenaltyRefusal):
    """The legal reviewer is one of the handlers."""

    code, title, law = "reviewer-handles", "法制审核人员不能是本案承办人", "行政处罚法 §58"
    next_step = "由未参与办理本案的法制审核人员审核"


class ReviewerNotQualified(PenaltyRefusal):
    """Somebody new to legal review without the qualification."""

    code, title, law = (
        "reviewer-not-qualified",
        "初次从事法制审核的人员应当取得法律职业资格",
        "行政处罚法 §58(2)",
    )
    next_step = "填写法律职业资格证书编号，或者由符合条件的人员审核"


class HearingStaffHandles(PenaltyRefusal):
    """An assessor or clerk of a hearing who investigated the case."""

    code, title, law = (
        "hearing-staff-handles",
        "听证员、书记员不能是本案承办人",
        "行政处罚法 §64(4)",
    )
    next_step, mend = "另行指定听证员、书记员", "notify-hearing-session"


class ChairHandles(PenaltyRefusal):
    """A hearing chaired by who investigated the case."""

    code, title, law = "chair-handles", "听证由非本案调查人员主持", "行政处罚法 §64(4)"
    next_step, mend = "另行指定主持人", "notify-hearing-session"

"""Why an act is refused (不予办理), by which article, and which act mends it."""

from typing import Any, ClassVar

from lawbook.refusal import Refusal


class PenaltyRefusal(Refusal):
    """An act that the law of penalties refuses; `mend` is the kind of act that puts it right."""

    code = "act-refused"
    title = "依法不能办理该事项"
    mend: ClassVar[str | None] = None

    def __init__(self, detail: str = "", *, mend: str | None = None, **facts: Any) -> None:  # noqa: ANN401
        super().__init__(detail, **facts)
        self.mended_by = mend or self.mend

    def problem(self) -> dict[str, Any]:
        """As every refusal, and the act that mends it."""
        told = super().problem()
        return told | {"mend": self.mended_by} if self.mended_by else told


class ActNotNow(PenaltyRefusal):
    """An act that leads nowhere from the stage at which the case is."""

    code, title = "act-not-at-this-stage", "案件目前的阶段不能办理该事项"
    next_step = "先办理前面的事项"


class ActIncomplete(PenaltyRefusal):
    """An act that does not say all it must."""

    code, title, next_step = "act-incomplete", "该事项的内容不完整", "按提示补充后重新提交"


class ActOutOfOrder(PenaltyRefusal):
    """An act said to be earlier than one that is already in the case."""

    code, title = "act-out-of-order", "办理时间早于案件中已有的事项"
    next_step = "核对办理时间；补记的事项以补记的时间为准，实际日期写在内容中"


class DayAhead(PenaltyRefusal):
    """An act that tells of a day which had not come when it was done."""

    code, title, next_step = "day-ahead", "所填日期晚于办理之日", "核对日期"


class NotYourPower(PenaltyRefusal):
    """Somebody who has not the capacity that the act wants, and to whom nobody delegated it."""

    code, title = "not-your-power", "没有办理该事项的职权"
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


class NotAHandler(PenaltyRefusal):
    """An act of handlers by others."""

    code, title = "not-a-handler", "不是本案的承办人"
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


class ChairHandles(PenaltyRefusal):
    """A hearing chaired by who investigated the case."""

    code, title, law = "chair-handles", "听证由非本案调查人员主持", "行政处罚法 §64(4)"
    next_step, mend = "另行指定主持人", "notify-hearing-session"


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


class MeasureNotApproved(PenaltyRefusal):
    """A measure that the head of the organ has not approved."""

    code, title, law = (
        "measure-not-approved",
        "该措施尚未经负责人批准",
        "行政处罚法 §56、行政强制法 §18",
    )
    next_step, mend = "先报负责人批准", "request-measure"


class NothingOpen(PenaltyRefusal):
    """Disposal, extension or return of what is not there."""

    code, title, next_step = "nothing-open", "没有尚待处理的相应事项", "核对案件中的事项"


class SealingExtended(PenaltyRefusal):
    """A second extension of sealing, or one after its end."""

    code, title, law = "sealing-not-extendable", "查封、扣押期限不能再延长", "行政强制法 §25"
    next_step, mend = "作出处理决定", "dispose-sealed"


class NotSubmitter(PenaltyRefusal):
    """Somebody else takes back what was submitted."""

    code, title = "not-submitter", "只能由报批的人员撤回"
    next_step = "由报批人员撤回，或者由审批人员退回"

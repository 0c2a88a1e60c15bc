"""Why an act is refused (不予办理), by which article, and which act mends it; a module for each subject."""

from typing import Any, ClassVar

from lawbook.refusal import SYSTEM_RULE, Refusal


class PenaltyRefusal(Refusal):
    """An act that the law of penalties refuses; `mend` is the kind of act that puts it right."""

    code = "act-refused"
    title = "依法不能办理该事项"
    law = SYSTEM_RULE
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
    law = "行政处罚法 §38(2)"
    next_step = "先办理前面的事项"


class ActIncomplete(PenaltyRefusal):
    """An act that does not say all it must."""

    code, title, next_step = "act-incomplete", "该事项的内容不完整", "按提示补充后重新提交"
    law = SYSTEM_RULE


class ActOutOfOrder(PenaltyRefusal):
    """An act said to be earlier than one that is already in the case."""

    code, title = "act-out-of-order", "办理时间早于案件中已有的事项"
    law = "行政处罚法 §47"
    next_step = "核对办理时间；补记的事项以补记的时间为准，实际日期写在内容中"


class DayAhead(PenaltyRefusal):
    """An act that tells of a day which had not come when it was done."""

    code, title, next_step = "day-ahead", "所填日期晚于办理之日", "核对日期"
    law = "行政处罚法 §47"


class NothingOpen(PenaltyRefusal):
    """Disposal, extension or return of what is not there."""

    code, title, next_step = "nothing-open", "没有尚待处理的相应事项", "核对案件中的事项"
    law = SYSTEM_RULE


class NotSubmitter(PenaltyRefusal):
    """Somebody else takes back what was submitted."""

    code, title = "not-submitter", "只能由报批的人员撤回"
    law = SYSTEM_RULE
    next_step = "由报批人员撤回，或者由审批人员退回"

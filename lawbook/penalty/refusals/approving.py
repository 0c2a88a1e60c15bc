"""Why what the head has to approve is refused (报批、审批)."""

from lawbook.penalty.refusals import PenaltyRefusal


class MeasureNotApproved(PenaltyRefusal):
    """Something that the head of the organ has not approved."""

    code, title, law = (
        "measure-not-approved",
        "该事项尚未经负责人批准",
        "行政处罚法 §56、§57、行政强制法 §18",
    )
    next_step, mend = "先报负责人批准", "request-measure"


class NotRequested(PenaltyRefusal):
    """The head decides on what the handlers have not put to him."""

    code, title, law = "not-requested", "承办人尚未报批该事项", "行政处罚法 §57"
    next_step, mend = "由两名承办人写明事由报批，再由负责人审批", "request-measure"


class DiffersFromRequest(PenaltyRefusal):
    """Something else than was asked for and approved."""

    code, title, law = "differs-from-request", "与报批、批准的内容不一致", "行政处罚法 §57"
    next_step, mend = "按报批的内容办理；需要变更的，退回后重新报批", "return-measure"


class AlreadyRequested(PenaltyRefusal):
    """Asked for a second time while the first request waits."""

    code, title, law = "already-requested", "该事项已经报批", "行政处罚法 §57"
    next_step, mend = "等待审批；需要变更的，先撤回", "withdraw-measure"


class AwaitingApproval(PenaltyRefusal):
    """A case closed while the head has not answered what was put to him."""

    code, title, law = "awaiting-approval", "还有报批而未审批的事项", "行政处罚法 §57"
    next_step, mend = "由负责人审批、退回，或者由报批人员撤回", "approve-measure"


class HeadActsItself(PenaltyRefusal):
    """Agreed to by a mere yes where the head's own act is the approval."""

    code, title, law = "head-acts-itself", "该事项由负责人直接作出决定", "行政处罚法 §57"
    next_step, mend = (
        "同意的，直接办理该事项；不同意的，写明意见后不予批准或者退回",
        "return-measure",
    )


class MatterUnknown(PenaltyRefusal):
    """A matter that this procedure does not put to the head in this way."""

    code, title, law = "matter-unknown", "本案的程序不以此方式报批该事项", "行政处罚法 §57"
    next_step = "按本案立案时的程序版本办理"


class ReportNotApproved(PenaltyRefusal):
    """The report of the investigation waits for the opinion of the head in charge."""

    code, title, law = (
        "report-not-approved",
        "案件调查终结报告尚未经分管负责人同意",
        "行政处罚法 §54、§57(1)",
    )
    next_step, mend = "由分管负责人在案件中审批调查终结报告", "approve-measure"


class PoliceNotAnswered(PenaltyRefusal):
    """A case sealed before the police have said whether they take it."""

    code, title, law = (
        "police-not-answered",
        "公安机关尚未答复是否立案，或者涉案物品、材料尚未移交",
        "行政执法机关移送涉嫌犯罪案件的规定 §8、§12",
    )
    next_step, mend = (
        "登记公安机关的立案决定；决定立案的，三日内移交涉案物品和材料",
        "record-police-answer",
    )


class PoliceDisputeLate(PenaltyRefusal):
    """The police asked again after their three days."""

    code, title, law = (
        "police-dispute-late",
        "提请公安机关复议的三日期限已满",
        "行政执法机关移送涉嫌犯罪案件的规定 §9",
    )
    next_step = "可以建议人民检察院依法进行立案监督，或者移回依法处理"
    mend = "dispute-police"


class NotDealtWith(PenaltyRefusal):
    """A case sealed as transferred that the police would not take."""

    code, title, law = (
        "refused-by-police-undealt",
        "公安机关不予立案的案件，尚未依法作出处理",
        "行政执法机关移送涉嫌犯罪案件的规定 §10",
    )
    next_step, mend = "接受移回，依法处罚或者终止", "receive-back"


class TransferNotSent(PenaltyRefusal):
    """A case sealed whose transfer to the police was decided and never sent."""

    code, title, law = (
        "transfer-not-sent",
        "已经决定移送，尚未向公安机关送交",
        "行政执法机关移送涉嫌犯罪案件的规定 §5",
    )
    next_step, mend = "二十四小时内向公安机关移送", "send-transfer"

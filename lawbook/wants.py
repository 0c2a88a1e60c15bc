"""What a document still wants before it can be made or issued (文书尚缺的前提)."""

from lawbook.refusal import SYSTEM_RULE, Refusal


class DocumentFirst(Refusal):
    """Another document has to be issued before this one."""

    code = "document-first"
    title = "应当先出具前一文书"
    law = "行政处罚法 §47"


class RecordFirst(DocumentFirst):
    """On-site measures without the record of the inspection."""

    code = "record-first"
    title = "尚未出具现场检查记录"
    law = "安全生产法 §68"
    next_step = "先出具现场检查记录，再作出现场处理措施决定"


class InquiryNoticeFirst(DocumentFirst):
    """An inquiry on record to which nobody was asked."""

    code = "inquiry-notice-first"
    title = "尚未出具询问通知书"
    law = "行政处罚法 §55"
    next_step = "先出具询问通知书，再制作询问笔录"


class CorrectionsUnsaid(Refusal):
    """A record that is agreed to but for corrections which it does not hold."""

    code = "corrections-unsaid"
    title = "被询问人提出更正，笔录中没有写明更正的内容"
    law = "行政处罚法 §55"
    next_step = "在“更正和补充”中逐处写明，再由被询问人逐页签名"


class OrderFirst(DocumentFirst):
    """An opinion on what nobody ordered."""

    code = "order-first"
    title = "没有据以复查的责令限期整改指令书、现场处理措施决定书或者查封（扣押）决定书"
    law = "安全生产法 §65"
    next_step = "先出具据以复查的文书；由其他平板出具的，填写其文号和日期"


class ReinspectionFirst(Refusal):
    """An opinion on a re-inspection that has not been recorded."""

    code = "not-reinspected"
    title = "没有已登记的整改复查，不能出具整改复查意见书"
    law = "安全生产法 §65"
    next_step = "先登记整改复查"


class NothingToHandle(Refusal):
    """On-site measures against nothing that was found."""

    code = "nothing-to-handle"
    title = "检查未发现问题，不能作出现场处理措施决定"
    law = "安全生产法 §65(1)"
    next_step = "检查项为“不符合”并登记隐患后再制作"


class NothingToPunish(Refusal):
    """A penalty for nothing that was found."""

    code = "nothing-to-punish"
    title = "检查未发现违法事实，不能当场处罚"
    law = "行政处罚法 §51"
    next_step = "违法事实确凿并有法定依据的，登记后再制作"


class RegistrationNotApproved(Refusal):
    """Evidence registered for preservation, and no head of the organ has approved."""

    code = "registration-not-approved"
    title = "先行登记保存证据尚未经负责人批准"
    law = "行政处罚法 §56"
    next_step = "报本机关负责人批准，填写批准人和不晚于出具时间的批准时间"


class SeizureNotApproved(Refusal):
    """Sealing or seizure, neither approved nor urgent."""

    code = "seizure-not-approved"
    title = "查封、扣押尚未经负责人批准"
    law = "行政强制法 §18、§19"
    next_step = (
        "填写批准人和批准时间；情况紧急当场实施的，写明理由，并在二十四小时内报告、补办批准手续"
    )


class SeizureTooLong(Refusal):
    """Sealing or seizure for longer than the law allows at first."""

    code = "seizure-too-long"
    title = "查封、扣押的期限不得超过三十日"
    law = "行政强制法 §25"
    next_step = "缩短期限；情况复杂确需延长的，届满前另行批准延长"


class NotTold(Refusal):
    """A penalty of which the party was not told beforehand."""

    code = "party-not-told"
    title = "尚未告知当事人拟处罚的内容、事实、理由、依据和权利"
    law = "行政处罚法 §44"
    next_step = "当场口头告知并听取陈述、申辩后，勾选已告知"


class FineUnclear(Refusal):
    """A fine without its amount, or an amount without its fine."""

    code = "fine-unclear"
    title = "罚款与金额不一致"
    law = "行政处罚法 §52"
    next_step = "选择罚款的填写金额；不罚款的删除金额"


class FineAboveCeiling(Refusal):
    """A fine too high to be decided on the spot."""

    code = "fine-above-ceiling"
    title = "罚款超过当场处罚的限额（公民二百元、单位三千元）"
    law = "行政处罚法 §51"
    next_step = "降低罚款数额，或者按普通程序立案"


class NotToBeCollected(Refusal):
    """A fine taken on the spot without a reason that the law knows."""

    code = "not-to-be-collected"
    title = "罚款超过一百元，不能当场收缴"
    law = "行政处罚法 §68"
    next_step = "改为到指定银行缴纳，或者写明不当场收缴事后难以执行的理由"


class NothingToServe(Refusal):
    """A receipt for documents of which none has been issued."""

    code = "nothing-to-serve"
    title = "本次检查尚无已出具的文书可以送达"
    law = "行政处罚法 §61"
    next_step = "先出具需要送达的文书"


class NothingCorrected(Refusal):
    """A correction of a document that has not been issued."""

    code = "nothing-corrected"
    title = "没有找到被更正的已出具文书"
    law = SYSTEM_RULE
    next_step = "从已出具的文书中选择要更正的一份；草稿可以直接修改"

"""Why a number cannot be used, voided or returned (文号)."""

from lawbook.refusal import Refusal


class NumberIssued(Refusal):
    """Voiding or returning a number that a document bears."""

    code = "number-issued"
    title = "该文号已出具文书，不能作废或退回"
    next_step = "文书有误的，依法另行制作文书；文号保留在原文书上"


class NumberVoided(Refusal):
    """A document with a number that has been voided."""

    code = "number-voided"
    title = "该文号已作废，不能再用于文书"
    next_step = "用新文号重新制作文书并签名；对作废有异议的，请联系单位文号管理人员"


class NumberReturned(Refusal):
    """A document with a number that its tablet gave back."""

    code = "number-returned"
    title = "该文号已退回，不能再用于文书"
    next_step = "点“更新”领取新的文号，重新制作文书并签名"


class NumbersOutside(Refusal):
    """Voiding or returning numbers that are not in the lease that is named, or of another tablet."""

    code = "numbers-outside-lease"
    title = "所列文号不在该文号段内，或者文号段属于另一台平板"
    next_step = "核对文号段和序号后重新办理"


class DeviceFenced(Refusal):
    """Leasing numbers to a tablet that is lost, wiped or cloned."""

    code = "device-fenced"
    title = "该平板已停止领用文号"
    next_step = "请联系单位管理人员核实平板状态；需要出具文书的，换用其他平板"


class UnitSucceeded(Refusal):
    """A number of a unit for which another carries on: its series have ended."""

    code = "unit-succeeded"
    title = "该单位的职责已由其他单位承接，不再编发其文号"
    next_step = "由承接单位的人员办理，文书使用承接单位的文号"

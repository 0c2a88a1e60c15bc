"""Why a device is not enrolled, not heard, or not changed (平板)."""

from http import HTTPStatus

from services.kit.problems import Conflict, Problem


class CodeUnknown(Problem):
    """No enrolment has this code."""

    status, code, title = HTTPStatus.FORBIDDEN, "enrolment-code-unknown", "注册码不正确"
    next_step = "核对后重新输入；仍不成功请本单位管理员重新发放"


class CodeUsed(Conflict):
    """A code that another device was enrolled with."""

    code, title = "enrolment-code-used", "注册码已被另一台平板使用"
    next_step = "一个注册码只能注册一台平板，请本单位管理员重新发放"


class CodeExpired(Conflict):
    """A code older than a day."""

    code, title = "enrolment-code-expired", "注册码已过期"
    next_step = "注册码自发放起 24 小时内有效，请本单位管理员重新发放"


class DeviceEnrolled(Conflict):
    """An id that is enrolled already, with another key or another code."""

    code, title = "device-enrolled", "该平板编号已注册"
    next_step = "同一台平板不需要再次注册；更换过平板的，请重新安装后再注册"


class DeviceWiped(Conflict):
    """A device that has been wiped: what comes back is a new one."""

    code, title = "device-wiped", "该平板已擦除，状态不能再变更"
    next_step = "继续使用的，重新发放注册码注册"


class SignatureWrong(Problem):
    """A report that the device's key did not sign."""

    status, code, title = HTTPStatus.FORBIDDEN, "device-signature-wrong", "平板签名不符，未受理"
    next_step = "平板重新安装过的，请重新注册"

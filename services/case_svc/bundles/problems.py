"""Why a sealed bundle is refused, whole: nothing of it is done."""

from http import HTTPStatus

from services.kit.letters import NotKnownYet
from services.kit.problems import Problem

AGAIN = "请勿清除原平板上的数据；由原平板重新导出，或联系管理员"


class NoBundle(Problem):
    """Bytes that do not begin as a bundle does."""

    status, code, title = HTTPStatus.BAD_REQUEST, "no-bundle", "这不是未上报数据的封装文件"
    next_step = "请选择平板导出的 .zhifa 文件"


class BundleKeyUnknown(Problem):
    """A bundle that was sealed to a key which is none of ours."""

    status, code, title = (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "bundle-key-unknown",
        "该文件不是为本服务器封装的，无法打开",
    )
    next_step = AGAIN


class BundleDamaged(Problem):
    """A bundle that was cut, or changed on its way: not a byte of it is read."""

    status, code, title = (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "bundle-damaged",
        "封装文件不完整或被改动过，未读取其中任何内容",
    )
    next_step = AGAIN


class BundleUnsigned(Problem):
    """What the bundle says was not signed by the device that its grants name."""

    status, code, title = (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "bundle-signature-wrong",
        "封装文件不是由授权的平板签署的，未受理",
    )
    next_step = AGAIN


class LedgerAway(NotKnownYet):
    """A letter for the ledger, which could not be asked: brought again, it is done."""

    code, title = "ledger-away", "台账服务暂时联系不上，信件尚未办理"

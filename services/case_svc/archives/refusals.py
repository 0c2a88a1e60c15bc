"""Why a case is not archived, or not read."""

from http import HTTPStatus

from lawbook.refusal import Refusal
from services.kit.problems import NotFound, Problem


class NotArchived(NotFound):
    """A case that is not sealed yet."""

    code, title = "not-archived", "该案件尚未封卷"
    next_step = "结案后由归档人员立卷归档"


class ArchiveNumberTaken(Refusal):
    """An archive number that another case of the unit bears."""

    code = "archive-number-taken"
    title = "该档号已用于另一案卷"
    next_step = "核对档号，换用未用过的档号"


class ArchiveBroken(Problem):
    """What was packed does not verify: nothing is kept."""

    status, code, title = HTTPStatus.INTERNAL_SERVER_ERROR, "archive-broken", "封装后的案卷核验不符"
    next_step = "没有封卷；请将跟踪号告知技术支持"


class NoBoundFile(NotFound):
    """A case that was sealed before its pages were bound into one file."""

    code, title = "no-bound-file", "该案卷封卷时没有制作可打印的合订本"
    next_step = "下载案卷包，从中查看各件材料"


class PackageChanged(Problem):
    """A package that is gone, or whose bound file is not what was sealed."""

    status, code, title = HTTPStatus.CONFLICT, "package-changed", "案卷包缺失或者与封卷时不符"
    next_step = "核验案卷（封卷页“核验案卷”），并告知技术支持"

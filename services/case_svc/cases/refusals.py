"""Why an act on a case cannot be taken, beside what the law says."""

from http import HTTPStatus
from typing import Any

from lawbook.refusal import Refusal
from services.kit.problems import Conflict, Problem, refusal_body


class CaseMovedOn(Conflict):
    """Somebody else has acted on the case since the caller looked at it."""

    code, title = "case-moved-on", "案件已有新的办理"
    next_step = "查看案件现在的情况，再决定是否办理"

    def __init__(self, detail: str, now: dict[str, Any]) -> None:
        super().__init__(detail)
        self.now = now

    def body(self) -> dict[str, Any]:
        """With what the case is now."""
        return super().body() | {"now": self.now}


class ActRefused(Problem):
    """The law refuses an act; here with every reason, and the act that mends each."""

    status, code, title = HTTPStatus.CONFLICT, "act-refused", "依法不能办理该事项"

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        super().__init__(refusals[0].detail)
        self.refusals = refusals

    def body(self) -> dict[str, Any]:
        """The first refusal as the problem, all of them beside it."""
        told = [refusal.problem() for refusal in self.refusals]
        first = refusal_body(self.refusals[0])
        return first | {"refusals": told}


class SealTheFile(Conflict):
    """The act `archive` by the ordinary door: it is done by sealing the file, in one with it."""

    code, title = "seal-the-file", "归档须与封卷同时办理"
    next_step = "在案件的“卷宗”中封卷归档（PUT /v1/cases/{id}/archive），封卷时一并登记立卷归档"


class SourceUnknown(Problem):
    """A case from an inspection that found nothing, or from hazards that are not of it."""

    status, code, title = (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "case-source-unknown",
        "案件来源与检查记录不符",
    )
    next_step = "选择该次检查发现的隐患"

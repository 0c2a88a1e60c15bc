"""Why an answer does not stand."""

from http import HTTPStatus

from services.kit.problems import Problem


class NoOrder(Problem):
    """More time asked for where nothing was ordered."""

    status, code, title = (
        HTTPStatus.CONFLICT,
        "no-correction-order",
        "该次检查没有责令限期整改指令书，没有可以延长的整改期限",
    )
    next_step = "核对检查；指令书还在平板上的，送达后再登记申请"


class AnswerNotFit(Problem):
    """An answer that this matter does not know."""

    status, code, title = (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "answer-not-fit",
        "该事项不能这样答复",
    )
    next_step = "从该事项可以作出的答复中选择"

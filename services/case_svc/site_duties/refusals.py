"""Why an answer does not stand."""

from http import HTTPStatus

from services.kit.problems import Problem


class AnswerNotFit(Problem):
    """An answer that this matter does not know."""

    status, code, title = (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "answer-not-fit",
        "该事项不能这样答复",
    )
    next_step = "从该事项可以作出的答复中选择"

"""Why nobody can stand in so."""

from http import HTTPStatus

from services.kit.problems import Problem


class DelegationUnsound(Problem):
    """A delegation whose days are none, or to oneself."""

    status, code, title = (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "delegation-unsound",
        "委托的内容不成立",
    )
    next_step = "核对代行人和起止日期"

"""Why nobody can stand in so."""

from http import HTTPStatus

from services.kit.problems import Problem


class DelegationUnsound(Problem):
    """A delegation whose days are none, to oneself, or to somebody who cannot stand in."""

    status, code, title = (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "delegation-unsound",
        "委托的内容不成立",
    )
    next_step = "核对代行人和起止日期；代行人应当在任、有可用的帐号和有效的执法证"

"""What makes a letter wait instead of being refused."""

from http import HTTPStatus

from services.kit.problems import Problem


class NotKnownYet(Problem):
    """Something that a letter rests on has not reached this office yet; the same letter may later.

    In a delivery the letter is held: nothing is kept of it, and the tablet sends it again.
    """

    status, code, title = HTTPStatus.CONFLICT, "not-known-yet", "所依据的内容尚未到达服务器"
    next_step = "稍后会自动重新送出；长时间未解决的，请联系管理员"

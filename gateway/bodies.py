"""How large a body may be, without holding it."""

from starlette.types import Message, Receive, Scope, Send

from services.kit.problems import TooLarge

WITHOUT_BODY = frozenset(("GET", "HEAD", "OPTIONS", "DELETE"))


def must_be_counted(scope: Scope, largest: int) -> bool:
    """False when the request says its length and may be that long; TooLarge when it may not."""
    length, chunked = None, False
    for name, value in scope["headers"]:
        if name == b"content-length":
            length = value
        elif name == b"transfer-encoding":
            chunked = True
    if length is not None and not chunked:
        if not length.isdigit() or int(length) > largest:
            raise too_large(largest)
        return False
    return chunked or scope["method"] not in WITHOUT_BODY


def too_large(largest: int) -> TooLarge:
    """The refusal, with the bound in words."""
    return TooLarge(f"提交的内容超过 {_spelled(largest)} 的上限")


def _spelled(size: int) -> str:
    for unit, name in ((1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB")):
        if size >= unit:
            return f"{size / unit:g} {name}"
    return f"{size} B"


class Counted:
    """A body of unsaid length, counted as it passes.

    Past the bound the service is told that the caller has gone, and what it then says is not
    passed on: the caller gets the refusal instead.
    """

    def __init__(self, receive: Receive, send: Send, largest: int) -> None:
        self._receive, self._send, self._left = receive, send, largest
        self.over, self.answered = False, False

    async def receive(self) -> Message:
        """The next part, or the end."""
        if self.over:
            return {"type": "http.disconnect"}
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            self.over = True
            return {"type": "http.disconnect"}
        return message

    async def send(self, message: Message) -> None:
        """Pass an answer on, unless the body has become too large before it began."""
        if self.over and not self.answered:
            return
        self.answered = True
        await self._send(message)

"""Files passed on as they come: downloads from the API to the browser, workbooks the other way."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from urllib.parse import quote

from python_multipart import MultipartParser
from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import parse_options_header
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from gateway.console import guard
from gateway.console.client import ApiProblem, problem_of
from gateway.console.visit import Visit

PASSED = {
    b"content-type", b"content-length", b"content-disposition", b"etag", b"last-modified",
    b"accept-ranges", b"content-range",
}  # fmt: skip
ASKED = {b"range", b"if-none-match", b"if-modified-since", b"if-range"}
# Shown in the page; whatever else somebody has uploaded is only ever saved.
SHOWN = {
    "image/jpeg", "image/png", "image/webp", "image/gif", "application/pdf",
    "video/mp4", "video/webm", "audio/mp4", "audio/mpeg", "audio/ogg", "audio/wav", "audio/webm",
}  # fmt: skip


CUT = {"code": "malformed", "title": "文件没有传完整", "next_step": "请重新选择文件上传"}
UNREADABLE = {"code": "malformed", "title": "提交的内容无法识别"}


class Passed(Response):
    """An answer of the API, passed on byte by byte; a problem becomes a page.

    `query`: of the API's address. `keep`: whether the browser may keep it; what leaves a trace when
    it is read must be asked for each time.
    """

    def __init__(
        self,
        visit: Visit,
        path: str,
        *,
        save_as: str | None = None,
        query: str = "",
        keep: bool = True,
    ) -> None:
        super().__init__()
        self.raw_headers = []
        self._visit, self._path, self._save_as = visit, path, save_as
        self._query, self._keep = query, keep

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask the API and pass its answer on."""
        visit, started, refused = self._visit, False, bytearray()
        status = 0

        async def passed(message: Message) -> None:
            nonlocal started, status
            if message["type"] == "http.response.start":
                status = message["status"]
                if status < 400:
                    started = True
                    await send({**message, "headers": self._kept(message["headers"])})
            elif started:
                await send(message)
            else:
                refused.extend(message.get("body", b""))

        await visit.console.front(await self._scope(scope), receive, passed)
        if not started:
            problem = problem_of(status or 500, bytes(refused), visit.trace)
            page = visit.sign_in_first() if status == 401 else visit.problem(problem)
            await page(scope, receive, send)

    async def _scope(self, scope: Scope) -> Scope:
        path = self._path
        return {
            "type": "http", "asgi": scope["asgi"], "http_version": scope["http_version"],
            "method": "GET", "scheme": scope["scheme"], "path": path, "raw_path": path.encode(),
            "query_string": self._query.encode(), "root_path": "", "client": scope.get("client"),
            "server": scope.get("server"),
            "headers": [
                (b"host", b"console"),
                (b"authorization", (await self._visit.api.authorization()).encode()),
                (b"traceparent", f"00-{self._visit.trace}-{self._visit.trace[:16]}-01".encode()),
                *((name, value) for name, value in scope["headers"] if name in ASKED),
            ],
        }  # fmt: skip

    def _kept(self, given: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        kept = {name.lower(): value for name, value in given if name.lower() in PASSED}
        media_type = kept.get(b"content-type", b"").decode("latin-1").partition(";")[0]
        if self._save_as is not None:
            kept[b"content-disposition"] = _attachment(self._save_as)
        elif media_type not in SHOWN:
            kept.setdefault(b"content-disposition", b"attachment")
        else:
            kept[b"content-disposition"] = b"inline"
        return [
            *self.raw_headers,
            *kept.items(),
            (b"content-security-policy", guard.FRAMED.encode()),
            # What was issued or captured never changes under its id.
            (b"cache-control", b"private, max-age=3600" if self._keep else b"no-store"),
        ]


def _attachment(name: str) -> bytes:
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}".encode()


@dataclass
class _Part:
    name: str = ""
    filename: str | None = None
    data: bytearray | None = None


class Upload:
    """A multipart form with one file at its end: the fields first, then the file as it arrives.

    Our forms put the file last, so that everything about it is known before its first byte.
    """

    def __init__(self, request: Request) -> None:
        kind, options = parse_options_header(request.headers.get("content-type"))
        if kind != b"multipart/form-data" or b"boundary" not in options:
            raise ApiProblem(400, UNREADABLE)
        self.fields: dict[str, str] = {}
        self.filename = ""
        self.cut = False
        self._stream = request.stream()
        self._part, self._header = _Part(), (bytearray(), bytearray())
        self._chunks: list[bytes] = []
        self._in_file = self._ended = False
        self._parser = MultipartParser(
            options[b"boundary"],
            {
                "on_part_begin": self._begin, "on_header_field": self._header_name,
                "on_header_value": self._header_value, "on_header_end": self._header_end,
                "on_headers_finished": self._headers_finished, "on_part_data": self._data,
                "on_part_end": self._part_end, "on_end": self._end,
            },
        )  # fmt: skip

    async def begin(self) -> None:
        """Read the fields, up to the first byte of the file."""
        while not self._in_file and not self._ended and await self._more():
            pass

    async def content(self) -> AsyncIterator[bytes]:
        """The file, as it arrives."""
        while True:
            for chunk in self._chunks:
                yield chunk
            self._chunks.clear()
            if self._ended:
                return
            if not await self._more():
                self.cut = True
                raise ClientDisconnect()

    async def drain(self, most: int = 64 << 20) -> None:
        """Let the browser finish, so that it reads our answer; never for long."""
        while most > 0 and not self._ended and await self._more():
            most -= sum(map(len, self._chunks)) or 1
            self._chunks.clear()

    async def _more(self) -> bool:
        try:
            chunk = await anext(self._stream)
            self._parser.write(chunk)
        except StopAsyncIteration:
            return False
        except MultipartParseError as error:
            raise ApiProblem(400, UNREADABLE) from error
        return True

    def _begin(self) -> None:
        self._part = _Part()

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._header[0].extend(data[start:end])

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._header[1].extend(data[start:end])

    def _header_end(self) -> None:
        if self._header[0].lower() == b"content-disposition":
            _, options = parse_options_header(bytes(self._header[1]))
            self._part.name = options.get(b"name", b"").decode(errors="replace")
            if b"filename" in options:
                self._part.filename = options[b"filename"].decode(errors="replace")
        self._header[0].clear()
        self._header[1].clear()

    def _headers_finished(self) -> None:
        if self._part.filename is not None:
            self.filename, self._in_file = self._part.filename, True
        else:
            self._part.data = bytearray()

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._part.data is None:
            self._chunks.append(data[start:end])
        elif len(self._part.data) + end - start > 4096:
            raise guard.TooMuch()
        else:
            self._part.data.extend(data[start:end])

    def _part_end(self) -> None:
        if self._part.data is not None:
            self.fields[self._part.name] = self._part.data.decode(errors="replace")
        else:
            self._ended = True

    def _end(self) -> None:
        self._ended = True

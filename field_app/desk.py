"""A page on this very device for long text (本机书写页), where the window's own input fails (R24).

Kivy's text input cannot be trusted with every Chinese input method. A browser can: `write_elsewhere`
serves one field on the loopback address, on a port of its own and under an unguessable path; what is
saved there comes back to the screen. Nobody but this device can reach it, nothing is loaded from
elsewhere, and the page is gone as soon as it was saved or left. It says that it is saved when it is;
what is not saved is shown again with the reason, and no word of it is lost.
"""

import html
import logging
import secrets
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from field_app.writing import LONG
from lawbook.refusal import Refusal

Done = Callable[[str], None]
MOST = 4 << 20
"""Bytes of a form that are read: more than any field takes, so that its text is shown again."""

PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>{label}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 18px/1.6 sans-serif; margin: 0 auto; max-width: 46rem; padding: 1.2rem; }}
label {{ display: block; font-weight: 600; margin-bottom: .6rem; }}
textarea {{ box-sizing: border-box; width: 100%; height: 55vh; font: inherit; padding: .8rem; }}
button {{ font: inherit; margin-top: 1rem; padding: .8rem 2.4rem; min-height: 3rem; }}
p {{ color: GrayText; }}
[role=alert] {{ color: CanvasText; border-left: .4rem solid #c62828; padding: .2rem .8rem; }}
</style>
<form method="post" accept-charset="utf-8"><label for="text">{label}</label>
{problem}<textarea id="text" name="text" maxlength="{longest}" autofocus>
{text}</textarea>
<p>最多 {longest} 字。保存后回到移动执法继续；内容只在本机。</p>
<button accesskey="s">保存</button></form></html>"""
SAVED = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>已保存</title>
<style>:root {{ color-scheme: light dark; }} body {{ font: 20px/1.8 sans-serif; padding: 3rem; }}</style>
<p>已保存，请回到移动执法。本页可以关闭。</p></html>"""
PROBLEM = '<p role="alert">没有保存：{why}</p>'
POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"


class Desk:
    """One field being written in a browser of this device. `url` opens it; `close` ends it."""

    def __init__(self, label: str, text: str, done: Done, longest: int = LONG) -> None:
        """`done` is called with what was saved, from a thread of its own, and keeps it: only once it
        has returned does the page say so. `longest`: characters that the field takes.
        """
        self._label, self._text, self._done, self._longest = label, text, done, longest
        self._path = "/" + secrets.token_urlsafe(24)
        self._saving, self._saved = threading.Lock(), False
        self.gone = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """Where the page is, for a browser on this device."""
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}{self._path}"

    def close(self) -> None:
        """Take the page away; what was not saved there stays unsaved."""
        threading.Thread(target=self._stop, daemon=True).start()

    def _stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self.gone.set()

    def take(self, text: str) -> tuple[HTTPStatus, str]:
        """Keep what came, once, and no longer than the field is; else why not, in words."""
        if len(text) > self._longest:
            why = f"最多 {self._longest} 字，现有 {len(text)} 字。请缩短后再保存。"
            return HTTPStatus.UNPROCESSABLE_ENTITY, why
        with self._saving:
            if self._saved:
                return HTTPStatus.CONFLICT, "这一页已经保存过，要改的请回到移动执法。"
            try:
                self._done(text)
            except Exception as error:
                logging.getLogger("field_app").warning("not saved", exc_info=error)
                said = f"{error.title}。" if isinstance(error, Refusal) else "本机存储写不进去。"
                return (
                    HTTPStatus.INSUFFICIENT_STORAGE,
                    f"{said}请腾出空间后再保存，或先复制这些文字。",
                )
            self._saved = True
        self.close()
        return HTTPStatus.OK, ""

    def page(self, text: str | None = None, why: str = "") -> str:
        """The form: with the field's text, or with one that was not saved and why."""
        return PAGE.format(
            label=html.escape(self._label),
            text=html.escape(self._text if text is None else text),
            longest=self._longest,
            problem=PROBLEM.format(why=html.escape(why)) if why else "",
        )

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        desk = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer(HTTPStatus.OK, desk.page())

            def do_POST(self) -> None:
                told = self.headers.get("content-length") or ""
                size = int(told) if told.isdigit() else MOST + 1
                if size > MOST or not self._asked_here():
                    self._answer(HTTPStatus.BAD_REQUEST, "")
                    return
                form = parse_qs(
                    self.rfile.read(size).decode("ascii", "replace"), keep_blank_values=True
                )
                # A browser ends lines as HTTP does; the tablet keeps them as it writes them.
                text = (form.get("text") or [""])[0].replace("\r\n", "\n")
                status, why = desk.take(text)
                self._answer(status, desk.page(text, why) if why else SAVED.format())

            def _asked_here(self) -> bool:
                """Whether the form is ours: another site's page may post here, but not say so."""
                if self.path != desk._path:
                    return False
                host = "{}:{}".format(*desk._server.server_address[:2])
                origin = self.headers.get("origin") or f"http://{host}"
                return self.headers.get("host") == host and origin == f"http://{host}"

            def _answer(self, status: HTTPStatus, page: str) -> None:
                if self.path != desk._path:
                    status, page = HTTPStatus.NOT_FOUND, ""
                body = page.encode()
                self.send_response(status)
                self.send_header("content-type", "text/html; charset=utf-8")
                self.send_header("content-length", str(len(body)))
                self.send_header("content-security-policy", POLICY)
                self.send_header("cache-control", "no-store")
                self.send_header("referrer-policy", "no-referrer")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                """What is written is nobody's business."""

        return Handler

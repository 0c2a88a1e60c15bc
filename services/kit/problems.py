"""RFC 9457 problems: the only errors on the wire, in the officer's words."""

from http import HTTPStatus
from typing import Any, ClassVar

import asyncpg
import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from starlette.exceptions import HTTPException

from lawbook.refusal import Refusal

MEDIA_TYPE = "application/problem+json"
log = structlog.get_logger("problem")


class Problem(Exception):
    """A request that cannot be met, for a reason of its form, the caller's rights or our state.

    What the law refuses is a `lawbook.refusal.Refusal`; it reaches the wire as 409 in this shape.
    """

    status: ClassVar[int] = HTTPStatus.BAD_REQUEST
    code: ClassVar[str]
    title: ClassVar[str]
    next_step: ClassVar[str | None] = None
    headers: dict[str, str] | None = None

    def __init__(self, detail: str = "", *, errors: list[dict[str, str]] | None = None) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.errors = errors or []

    def body(self) -> dict[str, Any]:
        """The members of the problem, without the trace."""
        body: dict[str, Any] = {
            "type": f"/problems/{self.code}",
            "title": self.title,
            "status": int(self.status),
            "detail": self.detail,
            "code": self.code,
        }
        if self.next_step:
            body["next_step"] = self.next_step
        if self.errors:
            body["errors"] = self.errors
        return body


class Malformed(Problem):
    status, code, title = HTTPStatus.UNPROCESSABLE_ENTITY, "malformed", "提交的内容不符合要求"
    next_step = "请按提示修改后重新提交"


class Unauthenticated(Problem):
    status, code, title = HTTPStatus.UNAUTHORIZED, "unauthenticated", "尚未登录或登录已过期"
    next_step = "请重新登录"
    headers: dict[str, str] | None = {"WWW-Authenticate": "Bearer"}  # noqa: RUF012


class Forbidden(Problem):
    status, code, title = HTTPStatus.FORBIDDEN, "forbidden", "没有办理此事项的权限"
    next_step = "如确需办理，请联系本单位系统管理员"


class NotFound(Problem):
    status, code, title = HTTPStatus.NOT_FOUND, "not-found", "未找到，或不在您的管辖范围内"


class DifferentContent(Problem):
    status, code, title = (
        HTTPStatus.CONFLICT,
        "different-content",
        "该编号已登记了不同的内容",
    )
    next_step = "请核对已登记的内容；需要更正的，另行制作并注明原件"


class Conflict(Problem):
    status, code, title = HTTPStatus.CONFLICT, "conflict", "与已有数据冲突"


class Busy(Problem):
    status, code, title = HTTPStatus.SERVICE_UNAVAILABLE, "busy", "系统繁忙，请稍后重试"
    next_step = "内容未被保存，稍后原样重试即可"
    headers: dict[str, str] | None = {"Retry-After": "2"}  # noqa: RUF012


class Unanswered(Problem):
    status, code, title = HTTPStatus.SERVICE_UNAVAILABLE, "unanswered", "服务中断，未收到办理结果"
    next_step = "内容是否已保存尚不能确定；稍后原样重试即可，不会重复登记"
    headers: dict[str, str] | None = {"Retry-After": "2"}  # noqa: RUF012


class TooMany(Problem):
    status, code, title = HTTPStatus.TOO_MANY_REQUESTS, "too-many", "操作过于频繁"
    next_step = "内容未被保存，稍后原样重试即可"

    def __init__(self, seconds: int) -> None:
        super().__init__(f"请在 {seconds} 秒后重试")
        self.headers = {"Retry-After": str(seconds)}


class TooLarge(Problem):
    status, code, title = HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", "提交的内容过大"


class CursorExpired(Problem):
    status, code, title = HTTPStatus.GONE, "cursor-expired", "游标已失效，需要重新获取全部数据"
    next_step = "不带 after 参数重新拉取"


class Broken(Problem):
    status, code, title = HTTPStatus.INTERNAL_SERVER_ERROR, "broken", "系统内部错误"
    next_step = "内容未被保存；请稍后重试，仍不成功请将跟踪号告知技术支持"


def refusal_body(refusal: Refusal) -> dict[str, Any]:
    """A refusal of the law, as the members of a 409 problem."""
    return {
        "type": f"/problems/{refusal.code}",
        "status": int(HTTPStatus.CONFLICT),
        **refusal.problem(),
    }


def answer(
    request: Request, body: dict[str, Any], headers: dict[str, str] | None = None
) -> Response:
    """The problem as an HTTP response, with the trace under which our log tells more."""
    trace = request.scope.get("trace")
    if trace:
        body = {**body, "trace": trace}
    # The request's log line names the code.
    request.scope["problem"] = body["code"]
    return JSONResponse(body, int(body["status"]), headers=headers, media_type=MEDIA_TYPE)


_REASONS = {
    "missing": "缺少此项",
    "extra_forbidden": "不认识的字段",
    "string_type": "应为文字",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "bool_type": "应为是或否",
    "uuid_parsing": "应为 UUID",
    "uuid_type": "应为 UUID",
    "date_from_datetime_parsing": "应为日期，如 2026-06-30",
    "date_parsing": "应为日期，如 2026-06-30",
    "date_type": "应为日期，如 2026-06-30",
    "datetime_parsing": "应为带时区的时间，如 2026-06-30T09:00:00+08:00",
    "datetime_from_date_parsing": "应为带时区的时间，如 2026-06-30T09:00:00+08:00",
    "timezone_aware": "时间应带时区",
    "enum": "不在可选范围内",
    "literal_error": "不在可选范围内",
    "string_pattern_mismatch": "格式不正确",
    "json_invalid": "不是有效的 JSON",
    "list_type": "应为列表",
    "dict_type": "应为对象",
    "model_attributes_type": "应为对象",
}


def reason_in_chinese(error: dict[str, Any]) -> str:
    """One validation error in words that an officer reads."""
    kind, context = str(error["type"]), error.get("ctx", {})
    if kind == "string_too_short":
        return f"至少 {context['min_length']} 个字"
    if kind == "string_too_long":
        return f"最多 {context['max_length']} 个字"
    if kind in ("too_short", "too_long"):
        bound = context.get("min_length", context.get("max_length"))
        return f"{'至少' if kind == 'too_short' else '最多'} {bound} 项"
    if kind in ("greater_than_equal", "greater_than", "less_than_equal", "less_than"):
        words = {"ge": "不小于", "gt": "大于", "le": "不大于", "lt": "小于"}
        return "；".join(f"应{words[key]} {context[key]}" for key in words if key in context)
    if kind == "value_error":
        return str(context.get("error", error["msg"]))
    return _REASONS.get(kind, "内容不正确")


def malformed(errors: list[Any]) -> Malformed:
    """Pydantic's errors as one problem that says where and why."""
    return Malformed(
        "；".join(
            f"{'.'.join(str(part) for part in e['loc'][1:]) or e['loc'][0]}：{reason_in_chinese(e)}"
            for e in errors[:5]
        ),
        errors=[
            {"at": "/" + "/".join(str(part) for part in e["loc"]), "reason": reason_in_chinese(e)}
            for e in errors[:100]
        ],
    )


_HTTP = {401: Unauthenticated, 403: Forbidden, 404: NotFound, 413: TooLarge}


class _OtherHttpError(Problem):
    code, title = "http-error", "请求无法办理"

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self._status = status

    def body(self) -> dict[str, Any]:
        return {**super().body(), "status": self._status}


def from_database(error: Exception) -> Problem:
    """What PostgreSQL refused, told apart: the caller's content, a conflict, or our own trouble.

    `error` is SQLAlchemy's, or asyncpg's own where it was reached without SQLAlchemy.
    """
    said = error.orig if isinstance(error, DBAPIError) else error
    state = str(getattr(said, "sqlstate", "") or "")
    if state.startswith("22"):
        return Malformed("内容中含有无法保存的字符或数值")
    if isinstance(error, IntegrityError) or state.startswith("23"):
        return Conflict("与已登记的数据冲突，请刷新后核对")
    if state == "42501":  # row-level security refused the row
        return Forbidden("不在管辖范围内")
    if state.startswith(("40", "53", "57", "08", "55")) or isinstance(
        error, OperationalError | InterfaceError | asyncpg.InterfaceError
    ):
        return Busy()
    return Broken()


def install(app: FastAPI) -> None:
    """Make every error of `app` a problem."""

    async def problem(request: Request, error: Exception) -> Response:
        assert isinstance(error, Problem)
        return answer(request, error.body(), error.headers)

    async def refusal(request: Request, error: Exception) -> Response:
        assert isinstance(error, Refusal)
        return answer(request, refusal_body(error))

    async def validation(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return answer(request, malformed(list(error.errors())).body())

    async def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        kind = _HTTP.get(error.status_code)
        told = kind() if kind else _OtherHttpError(error.status_code, str(error.detail))
        return answer(request, told.body(), dict(error.headers or {}))

    async def database(request: Request, error: Exception) -> Response:
        told = from_database(error)
        if isinstance(told, Broken | Busy):
            log.error("database", trace=request.scope.get("trace"), error=repr(error)[:500])
        return answer(request, told.body(), told.headers)

    async def unreachable(request: Request, error: Exception) -> Response:
        log.error("unreachable", trace=request.scope.get("trace"), error=repr(error)[:500])
        told = Busy()
        return answer(request, told.body(), told.headers)

    async def broken(request: Request, error: Exception) -> Response:
        log.error("broken", trace=request.scope.get("trace"), exc_info=error)
        # This answer is made outside of Telemetry, which would have added the trace.
        trace = request.scope.get("trace")
        return answer(request, Broken().body(), {"x-trace": trace} if trace else None)

    app.add_exception_handler(Problem, problem)
    app.add_exception_handler(Refusal, refusal)
    app.add_exception_handler(RequestValidationError, validation)
    app.add_exception_handler(HTTPException, http)
    for refused in (DBAPIError, asyncpg.PostgresError, asyncpg.InterfaceError):
        app.add_exception_handler(refused, database)
    for trouble in (ConnectionError, TimeoutError):
        app.add_exception_handler(trouble, unreachable)
    app.add_exception_handler(Exception, broken)

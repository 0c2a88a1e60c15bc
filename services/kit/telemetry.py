"""One structured line for each request, a trace id in and out, and counters for Prometheus."""

import re
import secrets
import sys
import time
from typing import Any

import structlog
from prometheus_client import Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TRACEPARENT = re.compile(r"^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$")
QUIET = {"/healthz", "/readyz", "/metrics"}

requests = Counter("zhifa_requests_total", "Requests answered", ["service", "method", "status"])
seconds = Histogram(
    "zhifa_request_seconds", "Seconds from first byte in to last byte out", ["service"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)  # fmt: skip
log = structlog.get_logger("request")


def configure_logging(level: str = "INFO") -> None:
    """JSON lines on standard error, one for each event."""
    import logging

    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def trace_of(headers: list[tuple[bytes, bytes]]) -> str:
    """The W3C trace id that came with a request, or a new one."""
    for name, value in headers:
        if name == b"traceparent" and (match := TRACEPARENT.match(value.decode("latin-1"))):
            return match.group(1)
    return secrets.token_hex(16)


class Telemetry:
    """Wraps a service: traces, counts and logs each request once it has been answered."""

    def __init__(self, app: ASGIApp, service: str) -> None:
        self.app, self.service = app, service

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope["trace"] = scope.get("trace") or trace_of(scope["headers"])
        # Set by the time the answer is sent, by whoever learns it: claims, route, problem code.
        status, started = 0, time.perf_counter()

        async def send_traced(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = list(message.get("headers", ()))
                # Behind the gateway the service has said it already.
                if not any(name == b"x-trace" for name, _ in headers):
                    headers.append((b"x-trace", scope["trace"].encode()))
                message["headers"] = headers
            await send(message)

        try:
            await self.app(scope, receive, send_traced)
        except Exception:
            # Answered further out, as a 500, or broken off in the middle of its answer.
            status = status or 500
            raise
        finally:
            self._tell(scope, status or 499, time.perf_counter() - started)

    def _tell(self, scope: Scope, status: int, spent: float) -> None:
        requests.labels(self.service, scope["method"], str(status)).inc()
        seconds.labels(self.service).observe(spent)
        if scope["path"] in QUIET and status < 400:
            return
        claims = scope.get("claims")
        line: dict[str, Any] = {
            "service": self.service,
            "method": scope["method"],
            "route": getattr(scope.get("route"), "path", None) or scope["path"],
            "status": status,
            "ms": round(spent * 1000, 1),
            "officer": claims.who if claims else None,
            "region": claims.region if claims else None,
            "trace": scope["trace"],
            "problem": scope.get("problem"),
        }
        tell = log.error if status >= 500 else log.info
        tell("request", **{key: value for key, value in line.items() if value is not None})

"""The verify page in Chromium: served by a gateway that knows one office's key."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from gateway.app import gateway_app
from gateway.settings import GatewaySettings
from paper import examples, font
from paper.compose import compose
from paper.examples import Example
from paper.render import Renderer, render
from paper.signing import Signature
from tests.gateway.conftest import NAMES, answer
from tests.gateway.console.conftest import _complaint, chromium
from tests.proving import Prover, prover

__all__ = ["chromium"]


@pytest.fixture(scope="session")
def faces(tmp_path_factory) -> font.Faces:
    return font.Faces(font.simplified_chinese(tmp_path_factory.mktemp("fonts")))


@pytest.fixture(scope="session")
def someone() -> Prover:
    """The office and a tablet of it."""
    return prover()


@pytest.fixture
def checked(upstream) -> dict[str, Any]:
    """What the office answers to a document check; `asked`: how it was asked."""
    told: dict[str, Any] = {"held": True, "corrected": False, "file": None}

    async def act(scope, receive, send):
        told["asked"] = (scope["path"], scope["query_string"].decode())
        said = {name: told[name] for name in ("held", "corrected", "file")}
        await answer(send, json.dumps(said).encode(), [(b"content-type", b"application/json")])

    upstream.act = act
    return told


@pytest.fixture
async def address(upstream, serve, someone) -> str:
    """Where the gateway stands."""
    settings = GatewaySettings(
        claims_public_key=someone.public, console_secret="seal" * 8, checks_per_minute=5
    )
    return str(await serve(gateway_app(dict.fromkeys(NAMES, upstream), settings)))


@pytest.fixture
async def window(chromium, address):
    """Open a page in a window of its own: `window(url, width=390)`. A complaint fails the test."""
    contexts, complaints = [], []

    async def open_(url: str | None = None, *, script: str = "", **options: Any) -> Any:
        width = options.pop("width", 390)
        context = await chromium.new_context(
            viewport={"width": width, "height": 800}, locale="zh-CN", **options
        )
        contexts.append(context)
        page = await context.new_page()
        if script:
            await page.add_init_script(script)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: _complaint(said, complaints))
        if url:
            await page.goto(url)
        return page

    yield open_
    for context in contexts:
        await context.close()
    assert complaints == []


Pdf = Callable[..., bytes]


@pytest.fixture
def given() -> Example:
    """An order to correct, as issued."""
    return examples.example("correction-order")


@pytest.fixture
def other(given: Example) -> Example:
    """Another one: the next number, one word different."""
    data = {**given.data, "entity_name": "河津市龙门铝业有限公司"}
    return replace(given, number="（盐）应急责改〔2026〕10号", data=data, signatures=())


@pytest.fixture
def code_of(someone, address) -> Callable[..., str]:
    """What the QR code of an example says."""
    return lambda one, **changes: someone.of(one, gateway=address, **changes)


@pytest.fixture
def pdf_of(code_of, faces) -> Pdf:
    """The PDF of an example with its code: `pdf_of(given, "typst")`."""

    def make(one: Example, renderer: Renderer = "fpdf2", code: str | None = None) -> bytes:
        signatures: tuple[Signature, ...] = one.signatures
        document = compose(one.template, one.data, one.number, signatures, code or code_of(one))
        issued_at: datetime = one.issued_at
        return render(document, renderer, issued_at=issued_at, faces=faces)

    return make


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

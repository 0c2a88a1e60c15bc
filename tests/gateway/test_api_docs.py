"""One API page made of three."""

import json
import re
from html.parser import HTMLParser
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, FastAPI

from deploy.web import free_port
from gateway.api_document import merged
from gateway.app import gateway_app
from gateway.routes import RESOURCES, resource_of
from services.ledger_svc.app import ledger_app
from services.ledger_svc.settings import LedgerSettings
from tests.gateway.conftest import NAMES

AMONG_SERVICES = ("/v1/feeds/", "/v1/forwarded-deliveries")
"""What the services ask of each other and the gateway does not pass on."""


class Page(HTMLParser):
    """Anchors, links and whatever a page loads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: set[str] = set()
        self.loaded: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if "id" in told:
            assert told["id"] not in self.anchors
            self.anchors.add(told["id"])
        if tag == "a":
            self.links.add(told["href"])
        if tag in ("script", "link", "img", "iframe") or "src" in told:
            self.loaded.append(tag)


@pytest.fixture
def ledger(keys, folders):
    """ledger_svc as it is published: nothing is asked of its database here."""
    return ledger_app(
        LedgerSettings(
            database_url="postgresql://nobody@/none", claims_public_key=keys.public,
            claims_private_key=keys.private, receipt_private_key=keys.private, **folders,
        )
    )  # fmt: skip


def small(path: str, shape: dict[str, Any]) -> FastAPI:
    """A service of one operation."""
    app = FastAPI()
    router = APIRouter(tags=["<i>计划</i>"])

    @router.get(path, responses={200: {"content": {"application/json": {"schema": shape}}}})
    async def read() -> None:
        """Plans (计划 <b>草案</b>)."""

    app.include_router(router)
    return app


@pytest.fixture
async def nobody(ledger, settings, client_of):
    upstreams = {
        "ledger_svc": ledger,
        "case_svc": small("/v1/plans", {"type": "string", "maxLength": 9}),
        "kpi_svc": small("/v1/indicators", {"type": "integer"}),
    }
    return client_of(gateway_app(upstreams, settings))


async def test_three_documents_become_one(nobody, ledger):
    document = (await nobody.get("/v1/openapi.json")).json()
    passed_on = {path for path in ledger.openapi()["paths"] if not path.startswith(AMONG_SERVICES)}
    assert set(document["paths"]) == passed_on | {"/v1/plans", "/v1/indicators"}
    # A verdict of the ledger's quotes a problem, whose name is the whole house's.
    shapes = {name.removeprefix("ledger_svc.") for name in document["components"]["schemas"]}
    assert set(ledger.openapi()["components"]["schemas"]) <= shapes


async def test_what_needs_no_token_says_so_and_all_else_does_not(nobody):
    document = (await nobody.get("/v1/openapi.json")).json()
    assert document["security"] == [{"bearer": []}]
    open_ = {
        f"{method} {path}"
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if operation.get("security") == []
    }
    # A device that is enrolled has nobody yet in whose name it could ask: its one-time code opens.
    assert open_ == {"post /v1/oauth/token", "post /v1/oauth/revoke", "put /v1/devices/{device_id}"}


async def test_every_reference_of_the_document_leads_somewhere(nobody):
    text = (await nobody.get("/v1/openapi.json")).text
    shapes = json.loads(text)["components"]["schemas"]
    named = set(re.findall(r'"#/components/schemas/([^"]+)"', text))
    assert "Problem" in named
    assert named <= set(shapes)


def test_two_shapes_of_one_name_keep_apart():
    def document(path: str, kind: str) -> dict[str, Any]:
        answer = {
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
        }
        return {
            "paths": {path: {"get": {"responses": {"200": answer}}}},
            "components": {"schemas": {
                "Thing": {"properties": {"is": {"$ref": "#/components/schemas/Kind"}}},
                "Kind": {"type": kind}, "Same": {"type": "object"},
            }},
        }  # fmt: skip

    one = merged(
        {
            "ledger_svc": document("/v1/units", "string"),
            "case_svc": document("/v1/plans", "integer"),
        }
    )
    shapes = one["components"]["schemas"]
    assert set(shapes) == {"Problem", "Thing", "Kind", "Same", "case_svc.Thing", "case_svc.Kind"}
    assert shapes["Kind"] == {"type": "string"}
    assert shapes["case_svc.Thing"]["properties"]["is"] == {
        "$ref": "#/components/schemas/case_svc.Kind"
    }
    read = one["paths"]["/v1/plans"]["get"]["responses"]["200"]["content"]["application/json"]
    assert read["schema"] == {"$ref": "#/components/schemas/case_svc.Thing"}


async def test_the_page_tells_every_operation_in_chinese(nobody):
    document = (await nobody.get("/v1/openapi.json")).json()
    given = await nobody.get("/v1/docs")
    assert given.headers["content-type"] == "text/html; charset=utf-8"
    for path, operations in document["paths"].items():
        for method in operations:
            assert f'{method.upper()}</span><span class="path">{path}</span>' in given.text
    for said in (
        "企业台账",
        "填报企业台账",
        "entity.write",
        "无需登录",
        "名称或信用代码的一部分",
        "跟踪号",
    ):
        assert said in given.text


async def test_every_link_of_the_page_leads_somewhere(nobody):
    page = Page((await nobody.get("/v1/docs")).text)
    inside = {link.removeprefix("#") for link in page.links if link.startswith("#")}
    assert len(inside) > 30
    assert inside <= page.anchors
    assert page.links - {f"#{link}" for link in inside} == {"/", "/v1/openapi.json"}


async def test_the_page_loads_nothing_and_may_load_nothing(nobody):
    given = await nobody.get("/v1/docs")
    assert not Page(given.text).loaded
    assert "default-src 'none'" in given.headers["content-security-policy"]
    assert given.headers["x-content-type-options"] == "nosniff"


async def test_what_a_document_says_is_text_on_the_page(nobody):
    text = (await nobody.get("/v1/docs")).text
    assert "&lt;b&gt;草案&lt;/b&gt;" in text
    assert "&lt;i&gt;计划&lt;/i&gt;" in text
    assert "<b>" not in text


async def test_head_of_the_page_is_its_head(nobody):
    given = await nobody.head("/v1/docs")
    assert (given.status_code, given.headers["content-type"]) == (200, "text/html; charset=utf-8")


async def test_while_a_service_is_down_the_page_is_not_told_in_part(
    ledger, settings, client_of, remote, serve
):
    port = free_port(0)
    upstreams = dict.fromkeys(NAMES, ledger) | {"kpi_svc": remote(f"http://127.0.0.1:{port}")}
    client: httpx.AsyncClient = client_of(gateway_app(upstreams, settings))
    for path in ("/v1/docs", "/v1/openapi.json"):
        given = await client.get(path)
        assert (given.status_code, given.json()["code"]) == (503, "busy")
    await serve(small("/v1/indicators", {}), port)
    assert "/v1/indicators" in (await client.get("/v1/openapi.json")).json()["paths"]


def test_every_operation_of_every_service_is_passed_on_to_it():
    from deploy.publish import apps

    found = {
        (path, name, RESOURCES.get(resource_of(path) or ""))
        for name, app in apps().items()
        for path in app.openapi()["paths"]
        if not path.startswith(AMONG_SERVICES)
    }
    assert not {(path, name, routed) for path, name, routed in found if name != routed}
    assert set(RESOURCES) == {resource_of(path) for path, _, _ in found}

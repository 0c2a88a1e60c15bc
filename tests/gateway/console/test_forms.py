"""Forms that did not come from our pages are refused, and pages say what they may load."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from deploy.county import PASSWORD

pytestmark = pytest.mark.browser


@asynccontextmanager
async def signed_in(url: str) -> AsyncIterator[httpx.AsyncClient]:
    """A client that has signed in as a browser does."""
    async with httpx.AsyncClient(base_url=url) as client:
        form = {"username": "hejing", "password": PASSWORD}
        form["form_token"] = await token(client, "/sign-in")
        answer = await client.post("/sign-in", data=form)
        assert answer.status_code == 303, answer.text
        yield client


async def token(client: httpx.AsyncClient, path: str) -> str:
    """The token in a form of a page."""
    found = re.search(r'name="form_token" value="([0-9a-f]+)"', (await client.get(path)).text)
    assert found
    return found[1]


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.invalid"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
async def test_a_form_of_another_site_is_refused_even_with_its_token(office, headers):
    async with signed_in(office.url) as client:
        path = f"/entities/{office.complete[0]}/edit"
        form = {"v.legal_rep": "冒名", "form_token": await token(client, path)}
        answer = await client.post(path, data=form, headers=headers)
        assert answer.status_code == 403
        assert "不是从本系统的页面发出的" in answer.text
        assert "冒名" not in (await client.get(f"/entities/{office.complete[0]}")).text


@pytest.mark.parametrize("form", [{}, {"form_token": "0" * 64}])
async def test_a_form_without_our_token_is_refused(office, form):
    async with signed_in(office.url) as client:
        path = f"/entities/{office.complete[0]}/edit"
        answer = await client.post(path, data={"v.legal_rep": "冒名"} | form)
        assert answer.status_code == 403


async def test_a_token_from_before_the_sign_in_is_no_good_after_it(office):
    async with httpx.AsyncClient(base_url=office.url) as client:
        before = await token(client, "/sign-in")
        form = {"username": "hejing", "password": PASSWORD, "form_token": before}
        await client.post("/sign-in", data=form)
        answer = await client.post(
            f"/entities/{office.complete[0]}/edit",
            data={"v.legal_rep": "冒名", "form_token": before},
        )
        assert answer.status_code == 403


async def test_a_workbook_without_our_token_is_not_read(office):
    async with signed_in(office.url) as client:
        answer = await client.post(
            "/imports", data={"id": "x"}, files={"workbook": ("a.xlsx", b"PK")}
        )
        assert answer.status_code == 403


async def test_every_page_says_what_it_may_load_and_that_nobody_may_frame_it(office):
    async with signed_in(office.url) as client:
        for path in ("/", "/sign-in", "/entities", "/nowhere", f"/entities/{office.complete[0]}"):
            headers = (await client.get(path)).headers
            policy = headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "script-src 'self';" in policy
            assert "frame-ancestors 'none'" in policy
            assert "unsafe" not in policy
            assert headers["x-content-type-options"] == "nosniff"


async def test_a_page_that_is_not_there_says_so_in_chinese(office):
    async with httpx.AsyncClient(base_url=office.url) as client:
        answer = await client.get("/nowhere")
        assert answer.status_code == 404
        assert "没有这个页面" in answer.text
        wrong = await client.post("/entities")
        assert wrong.status_code == 405

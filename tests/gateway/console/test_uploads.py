"""Workbooks arrive in pieces, and nothing of them is held that need not be."""

import re
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from deploy.county import plants
from tests.examples import xlsx
from tests.gateway.console.test_forms import signed_in, token

pytestmark = pytest.mark.browser
BOUNDARY = "----zhifa"
HEADERS = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}


async def form(
    fields: dict[str, str], content: AsyncIterator[bytes], *, whole: bool = True
) -> AsyncIterator[bytes]:
    """A form as a browser sends it, fields first; `whole` False: cut before its end."""
    for name, value in fields.items():
        yield (
            f'--{BOUNDARY}\r\ncontent-disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        ).encode()
    yield (
        f"--{BOUNDARY}\r\ncontent-disposition: form-data; "
        f'name="workbook"; filename="台账.xlsx"\r\n\r\n'
    ).encode()
    async for chunk in content:
        yield chunk
    if whole:
        yield f"\r\n--{BOUNDARY}--\r\n".encode()


async def pieces(content: bytes, size: int) -> AsyncIterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


async def endless(megabytes: int) -> AsyncIterator[bytes]:
    for _ in range(megabytes):
        yield bytes(1 << 20)


async def test_a_workbook_in_pieces_of_any_size_is_the_workbook(office, workbooks):
    content = xlsx(workbooks, list(plants(20)))
    async with signed_in(office.url) as client:
        given = await token(client, "/imports")
        for size in (7, 1000, 1 << 16):
            fields = {"form_token": given, "id": str(uuid4())}
            body = form(fields, pieces(content, size))
            answer = await client.post("/imports", content=body, headers=HEADERS)
            assert answer.status_code == 303, answer.text
            told = (
                await (await office.act("hejing")).get(f"/v1/entity-imports/{fields['id']}")
            ).json()
            assert (told["filename"], told["rows"]) == ("台账.xlsx", 20)


async def test_a_workbook_that_is_too_large_is_refused_while_it_arrives(office):
    async with signed_in(office.url) as client:
        fields = {"form_token": await token(client, "/imports"), "id": str(uuid4())}
        answer = await client.post("/imports", content=form(fields, endless(70)), headers=HEADERS)
        assert answer.status_code == 413
        assert "文件超过 64 MB" in answer.text
        # A new try gets a new id: the old one may stand for the file that was refused.
        again = re.search(r'name="id" value="([^"]+)"', answer.text)
        assert again
        assert again[1] != fields["id"]


async def test_a_form_that_was_cut_leaves_nothing(office, workbooks):
    async with signed_in(office.url) as client:
        fields = {"form_token": await token(client, "/imports"), "id": str(uuid4())}
        body = form(fields, pieces(b"PK" + bytes(5000), 1000), whole=False)
        answer = await client.post("/imports", content=body, headers=HEADERS)
        assert answer.status_code == 400
        assert "没有传完整" in answer.text
        clerk = await office.act("hejing")
        assert (await clerk.get(f"/v1/entity-imports/{fields['id']}")).status_code == 404

"""Night: the province pulls (省级拉取)."""

import hashlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx

from deploy.day.bureau import Bureau, DayFailed, good


@dataclass(frozen=True)
class Pulled:
    """What one pull brought, checked against its trailer."""

    rows: int
    next: str


async def _read(client: httpx.AsyncClient, what: str, after: str | None) -> Pulled:
    """Pull once. Nothing counts until the trailer's number and hash agree with what came."""
    digest, rows, trailer = hashlib.sha256(), 0, None
    params = {"after": after} if after else {}
    async with client.stream("GET", f"/v1/pulls/{what}", params=params) as response:
        if not response.is_success:
            raise DayFailed(
                f"省级拉取 {what}：{response.status_code} {(await response.aread())[:300]!r}"
            )
        async for line in _lines(response):
            told = json.loads(line)
            if told.get("end"):
                trailer = told
                break
            digest.update(line)
            rows += 1
    if trailer is None or trailer["rows"] != rows or trailer["sha256"] != digest.hexdigest():
        raise DayFailed(f"省级拉取 {what}：尾行与内容不符")
    return Pulled(rows, trailer["next"])


async def _lines(response: httpx.Response) -> AsyncIterator[bytes]:
    held = b""
    async for chunk in response.aiter_bytes():
        *whole, held = (held + chunk).split(b"\n")
        for line in whole:
            yield line + b"\n"


async def sign_in(bureau: Bureau) -> httpx.AsyncClient:
    """The province's own client, by client credentials (RFC 6749 §4.4)."""
    client = bureau.new_client()
    told = good(
        await client.post(
            "/v1/oauth/token",
            data={"grant_type": "client_credentials"},
            auth=("province", bureau.province_secret),
        )
    )
    client.headers["authorization"] = f"Bearer {told['access_token']}"
    bureau.clients["province"] = client
    return client


async def pull_twice(bureau: Bureau) -> None:
    """Everything first; after one change in the ledger, only that change."""
    client = await sign_in(bureau)
    first = {what: await _read(client, what, None) for what in ("entities", "inspections")}
    bureau.tell.done(
        f"第一次：企业 {first['entities'].rows} 行，现场检查 {first['inspections'].rows} 行，尾行行数与摘要相符"
    )
    clerk = await bureau.sign_in("hejing")
    url = f"/v1/entities/{bureau.id('incomplete')}"
    # A day that is taken up finds the change made: then it is changed once more.
    legal_rep = good(await clerk.get(url))["values"].get("legal_rep")
    values = {"legal_rep": "程万里" if legal_rep == "江上舟" else "江上舟"}
    good(await clerk.put(url, json={"values": values}))
    second = {what: await _read(client, what, pulled.next) for what, pulled in first.items()}
    bureau.tell.done(
        f"改动一家企业后第二次：企业 {second['entities'].rows} 行，现场检查 {second['inspections'].rows} 行"
    )
    if (second["entities"].rows, second["inspections"].rows) != (1, 0):
        raise DayFailed("第二次拉取不只是变化的部分")

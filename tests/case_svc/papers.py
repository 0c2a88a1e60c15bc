"""The documents that a case's acts make, drafted from the case and issued one after the other."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

import httpx

from gateway.console.case_law import folded
from lawbook.paper_matching import Issued, Lacking, lacking
from lawbook.penalty.act import BEIJING
from paper.template import load_template
from services.kit.settings import ROOT

FORMS = ROOT / "content" / "documents"


def example(form: str) -> Mapping[str, Any]:
    """What a handler would write in this form: the values of its example."""
    data: Mapping[str, Any] = json.loads((FORMS / form / "example.json").read_text("utf-8"))["data"]
    return data


async def made(client: httpx.AsyncClient, case: str, form: str, at: str) -> httpx.Response:
    """One document drafted, its empty fields written as in its example, and issued."""
    url, id_ = f"/v1/cases/{case}", str(uuid4())
    drafted = await client.put(
        f"{url}/drafts/{id_}", json={"kind": form, "said": {}, "revision": 0}
    )
    assert drafted.status_code == 200, drafted.text
    fields = load_template(FORMS / form).fields
    said = {
        one.code: example(form)[one.code]
        for one in fields
        if one.required and one.code not in drafted.json()["data"] and one.code in example(form)
    }
    if said:
        body = {"kind": form, "said": said, "revision": 1}
        answer = await client.put(f"{url}/drafts/{id_}", json=body)
        assert answer.status_code == 200, answer.text
    acts = (await client.get(url)).json()["acts"]
    issue = {"revision": 2 if said else 1, "at": at, "after": acts}
    answer = await client.put(f"{url}/documents/{id_}", json=issue)
    if answer.status_code != 200:
        await client.delete(f"{url}/drafts/{id_}")
    return answer


async def owed(client: httpx.AsyncClient, case: str, *, sealing: bool = False) -> list[str]:
    """The forms that the acts of a case should have made and did not, as often as they should."""
    told = (await client.get(f"/v1/cases/{case}")).json()
    documents = (await client.get(f"/v1/cases/{case}/documents")).json()["items"]
    issued = [
        Issued(
            one["kind"], datetime.fromisoformat(one["issued_at"]).astimezone(BEIJING).date(),
            one["party"], one["act"] or "",
        )
        for one in documents if not one["void"]
    ]  # fmt: skip
    found: list[Lacking] = lacking(folded(told), issued, sealing=sealing)
    return [one.paper.forms[0] for one in found for _ in range(one.wanted - one.issued)]


async def put_on_paper(
    client: httpx.AsyncClient, case: str, at: str, *, sealing: bool = False
) -> None:
    """Every document that is owed, made in an order that their preconditions allow."""
    left = await owed(client, case, sealing=sealing)
    while left:
        before, refused = len(left), {}
        for form in tuple(left):
            answer = await made(client, case, form, at)
            if answer.status_code == 200:
                left.remove(form)
            else:
                refused[form] = answer.text
        assert len(left) < before, refused

"""The other officer's tablet (同行人员的平板): what is asked, made anew, compared, and signed.

The document is never taken at its word: it is composed here from its data, by this tablet's own
copy of the form, and its digest must be the one that is asked for.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from field_app.acts import clock_at_act, dated_here
from field_app.cosigning.frames import MessageDamaged
from field_app.device import text_of
from field_app.enrolment import require_in_use
from field_app.moments import kept, now
from field_app.refusals import NotASigner
from field_app.store import Store
from field_app.wire import Location
from lawbook.cosigning import statement, whole
from lawbook.refusal import Refusal
from paper.blocks import Document
from paper.compose import compose
from paper.digest import digest
from paper.signing import Signature, fit


class ContentDiffers(Refusal):
    """Data that do not make the document whose digest is asked for."""

    code = "content-differs"
    title = "文书内容与待签的摘要不符，不能签名"
    law = "电子签名法 §13"
    next_step = "请对方重新出示签名码；仍不符的，核对两台平板的文书样式版本"


@dataclass(frozen=True, slots=True)
class Asked:
    """A document that another tablet asks this officer to sign."""

    document_id: str
    entity_id: str
    kind: str
    name: str
    number: str
    data: dict[str, Any]
    digest: str
    officer: str
    signer: str
    shown: Document


def read_asked(store: Store, content: dict[str, Any]) -> Asked:
    """What is asked, composed on this tablet by its own form.

    Refuses MessageDamaged, PackMissing, what composing refuses, ContentDiffers, and NotASigner where
    the officer of this tablet is none of the document's.
    """
    try:
        document_id, entity_id = str(content["document"]), str(content["entity"])
        ref = str(content["template"])
        number, data, seal = content["number"], content["data"], str(content["digest"])
    except KeyError as error:
        raise MessageDamaged from error
    if not isinstance(data, dict) or not isinstance(number, str | None):
        raise MessageDamaged
    form = store.packs.template(ref)
    shown = compose(form, data, number, [])
    if digest(form.code, number, data) != seal:
        raise ContentDiffers
    me = store.setting("me") or {}
    mine = [one for one in data["officers"] if one["number"] == me.get("officer")]
    if not mine:
        raise NotASigner(f"{me.get('name', '')}不是这份文书的执法人员")
    return Asked(
        document_id, entity_id, form.code, form.name, number or "", data, seal, str(me["officer"]),
        str(mine[0]["name"]), shown,
    )  # fmt: skip


def sign_asked(
    store: Store,
    asked: Asked,
    strokes: Sequence[Sequence[Sequence[float]]],
    location: Location | None = None,
) -> dict[str, Any]:
    """Sign what was shown; the answer for the tablet that asked, kept here too.

    It reaches the office within the document, with this tablet's clocks and `location`, which the
    proof does not cover: older tablets know of neither. Refuses SignatureUnreadable, DeviceFrozen.
    """
    require_in_use(store)
    at = dated_here(store, now())
    told: dict[str, Any] = {
        "document": asked.document_id, "digest": asked.digest, "officer": asked.officer,
        "name": asked.signer, "signed_at": kept(at), "strokes": whole(strokes),
        "device": store.device,
    }  # fmt: skip
    fit(Signature("officer", asked.signer, asked.officer, at, asked.digest, told["strokes"]))
    answer = told | {
        "key": store.installation.public_key,
        "proof": text_of(store.installation.sign(statement(told))),
    }
    with store.atomic():
        answer["clock"] = clock_at_act(store)
        if location:
            answer["location"] = location
        store.documents.keep_cosigned(
            {
                "document_id": asked.document_id,
                "entity_id": asked.entity_id,
                "officer": asked.officer,
                "name": asked.name,
                "number": asked.number,
                "digest": asked.digest,
                "data": json.dumps(asked.data, ensure_ascii=False),
                "answer": json.dumps(answer, ensure_ascii=False),
                "signed_at": told["signed_at"],
            }
        )
    return answer

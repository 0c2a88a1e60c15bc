"""The ledger's dictionary (数据项字典) as this service was given it."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request

from lawbook.entity import LedgerDictionary
from services.kit.claims import Claims, requires
from services.ledger_svc.dictionary_file import dictionary_in
from services.ledger_svc.permissions import Permission


async def _dictionary(request: Request) -> LedgerDictionary:
    return dictionary_in(request.app.state.settings.content)


Dictionary = Annotated[LedgerDictionary, Depends(_dictionary)]

router = APIRouter(tags=["台账"])


@router.get("/ledger-dictionary")
async def read_dictionary(
    claims: Annotated[Claims, requires(Permission.ENTITY_READ)], dictionary: Dictionary
) -> dict[str, Any]:
    """The items and fields of the ledger (台账数据项字典)."""
    return {
        "name": dictionary.ref.partition("@")[0],
        "version": dictionary.ref.partition("@")[2],
        "status": dictionary.status,
        "items": [
            {"code": i.code, "label": i.label, "mandatory": i.mandatory, "fields": list(i.fields)}
            for i in dictionary.items
        ],
        "fields": [
            {
                "code": field.code, "label": field.label, "kind": field.kind,
                "aliases": list(field.aliases), "choices": list(field.choices) or None,
                "required": any(field.code in item.fields for item in dictionary.mandatory),
            }
            for field in dictionary.fields
        ],
    }  # fmt: skip

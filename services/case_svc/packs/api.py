"""Doors to content packs (内容包): check lists, document templates and other data, by version."""

from typing import Annotated

from fastapi import APIRouter, Path, Response

from services.case_svc.packs.content import ContentFolder, packs
from services.case_svc.packs.schemas import PackEntry, PackList
from services.case_svc.permissions import Permission
from services.kit.claims import Claims, requires
from services.kit.problems import NotFound

router = APIRouter(tags=["内容包"])
Part = Annotated[str, Path(max_length=60)]


@router.get("/packs")
async def list_packs(
    claims: Annotated[Claims, requires(Permission.PACK_READ)], folder: ContentFolder
) -> PackList:
    """Every pack, with the hash by which a tablet knows whether it has it (内容包目录)."""
    return PackList(
        items=[
            PackEntry(kind=kind, code=code, version=version, sha256=file.sha256)
            for (kind, code, version), file in packs(folder).items()
        ]
    )


@router.get("/packs/{kind}/{code}/{version}")
async def read_pack(
    kind: Part, code: Part, version: Part,
    claims: Annotated[Claims, requires(Permission.PACK_READ)], folder: ContentFolder,
) -> Response:  # fmt: skip
    """One pack, byte for byte as its listed hash says (下载内容包)."""
    file = packs(folder).get((kind, code, version))
    if file is None:
        raise NotFound(f"没有内容包 {kind}/{code}/{version}")
    return Response(file.content, media_type="application/json")

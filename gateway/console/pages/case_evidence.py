"""Evidence of a case: a file goes up, is entered by an act, and is looked at (证据)."""

from datetime import UTC, datetime
from pathlib import PurePath
from uuid import uuid4

from starlette.responses import Response

from gateway.console import guard
from gateway.console.client import ApiProblem, Json, path_of
from gateway.console.passing import CUT, Passed, Upload
from gateway.console.showing import link
from gateway.console.visit import Visit, page
from lawbook.media import EXTENSIONS

KINDS = (
    "书证",
    "物证",
    "视听资料",
    "电子数据",
    "证人证言",
    "当事人的陈述",
    "鉴定意见",
    "勘验笔录、现场笔录",
)
"""行政处罚法 §46."""
TYPES = {extension: media_type for media_type, extension in EXTENSIONS.items()} | {
    "jpeg": "image/jpeg", "jpg": "image/jpeg", "mp4": "video/mp4", "webm": "video/webm",
    "3gp": "video/3gpp", "opus": "audio/ogg",
}  # fmt: skip
"""What a file is said to be by its name; the service judges it by its bytes."""
ACT = "add-evidence"
NO_FILE: Json = {"code": "no-file", "title": "还没有选择文件"}
FIELDS = ("name", "kind", "taken_on", "note", "sha256", "media_type", "size", "filename")


async def form(visit: Visit) -> Response:
    """Where a file of evidence is chosen and described."""
    return await _form(visit, {})


async def _form(visit: Visit, given: dict[str, str], problem: ApiProblem | None = None) -> Response:
    case: Json = await visit.api.get(path_of("cases", visit.path("case_id")))
    offer = next((one for one in case["offers"] if one["kind"] == ACT), None)
    return visit.page(
        "case_evidence.html", problem.status if problem else 200, case=case, given=given,
        kinds=KINDS, accept=",".join(f".{one}" for one in sorted(TYPES)), offer=offer,
        titles={one["kind"]: one for one in case["offers"]}, act_id=given.get("act_id") or str(uuid4()),
        file_id=str(uuid4()), problem=problem.body if problem else None,
    )  # fmt: skip


async def add(visit: Visit) -> Response:
    """Pass the file on while it arrives, then enter it into the case; what fails loses nothing."""
    upload = Upload(visit.request)
    await upload.begin()
    guard.require_token(visit.form_token, upload.fields.get("form_token"))
    given = {name: value.strip() for name, value in upload.fields.items()}
    try:
        await taken(visit, upload, given)
        await _entered(visit, given)
    except ApiProblem as problem:
        return await _form(visit, given, await broken_off(upload, problem))
    return visit.go(link(f"/cases/{visit.path('case_id')}", told=ACT) + "#evidence")


async def broken_off(upload: Upload, problem: ApiProblem) -> ApiProblem:
    """What to tell of a file that was not taken; what still comes of it is let by."""
    if problem.status == 401:
        raise problem
    told = ApiProblem(400, CUT) if upload.cut else problem
    await upload.drain(most=1 << 30)
    return told


async def taken(visit: Visit, upload: Upload, given: dict[str, str]) -> None:
    """The file at the service: sent now, or there since an attempt before."""
    if not upload.filename:
        if given.get("sha256"):
            return
        raise ApiProblem(422, NO_FILE)
    for name in ("sha256", "media_type", "size", "filename"):
        given.pop(name, None)
    chosen = PurePath(upload.filename)
    media_type = TYPES.get(chosen.suffix.lower().removeprefix("."))
    if media_type is None:
        raise ApiProblem(
            422,
            {
                "code": "no-such-media", "title": "不接收这种文件",
                "detail": f"“{upload.filename[-80:]}”不是照片、扫描件、录音、录像或者 PDF。",
                "next_step": "选择 " + "、".join(sorted(TYPES)) + " 文件",
            },
        )  # fmt: skip
    taken: Json = await visit.api.send(
        path_of("files", given.get("file_id") or uuid4()), upload.content(), media_type
    )
    given |= {
        "sha256": taken["sha256"], "media_type": media_type, "size": str(taken["size"]),
        "filename": upload.filename[-120:],
    }  # fmt: skip
    given["name"] = given.get("name") or chosen.stem[:200]


async def _entered(visit: Visit, given: dict[str, str]) -> None:
    after = given.get("after", "")
    evidence = {
        "name": given["name"], "kind": given.get("kind"), "taken_on": given.get("taken_on"),
        "sha256": given["sha256"],
    }  # fmt: skip
    said: Json = {"evidence": [{name: value for name, value in evidence.items() if value}]}
    if given.get("note"):
        said["note"] = given["note"]
    body = {
        "kind": ACT, "at": datetime.now(UTC).isoformat(), "said": said,
        "after": int(after) if after.isdecimal() else 0, "officers": None,
    }  # fmt: skip
    path = path_of("cases", visit.path("case_id"), "acts", given.get("act_id") or uuid4())
    try:
        await visit.api.put(path, body)
    except ApiProblem as problem:
        # Evidence takes nothing from what somebody else has done meanwhile.
        now = problem.body.get("now") or {}
        if problem.code != "case-moved-on" or not now.get("acts"):
            raise
        await visit.api.put(path, body | {"after": now["acts"]})


async def original(visit: Visit) -> Response:
    """The bytes as they came."""
    path = path_of("cases", visit.path("case_id"), "evidence", visit.path("sha256"))
    return Passed(visit, path)


async def small(visit: Visit) -> Response:
    """A small copy of a photo."""
    path = path_of("cases", visit.path("case_id"), "evidence", visit.path("sha256"), "small")
    return Passed(visit, path)


ROUTES = (
    ("GET", "/cases/{case_id}/evidence/new", page(form, "case.act")),
    ("POST", "/cases/{case_id}/evidence", page(add, "case.act", reads_form=False)),
    ("GET", "/cases/{case_id}/evidence/{sha256}", page(original, "evidence.read")),
    ("GET", "/cases/{case_id}/evidence/{sha256}/small", page(small, "evidence.read")),
)

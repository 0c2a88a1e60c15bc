"""Evening: the tablet delivers what waits over a network that fails twice; then the re-inspection."""

import hashlib
from typing import Any

import httpx

from deploy.day.bureau import Bureau, DayFailed, good
from deploy.day.plant import signed_and_issued
from field_app.actions.reinspect import begin_reinspection, finish_reinspection, record_result
from field_app.delivery import deliver
from field_app.refresh import refresh
from field_app.reporting import report
from field_app.session import office_client
from field_app.store import Store
from lawbook.rectification import ReinspectionOutcome

TRIES = 6


class BadRoad(httpx.AsyncBaseTransport):
    """A network that loses the answer of the first delivery and cuts a photo once in the middle."""

    def __init__(self) -> None:
        self._road = httpx.AsyncHTTPTransport()
        self.answer_lost = self.photo_cut = False
        self.chunks = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Pass a request on; once, what comes back or what goes out is lost."""
        response = await self._road.handle_async_request(request)
        if request.url.path == "/v1/deliveries" and not self.answer_lost:
            self.answer_lost = True
            await response.aclose()
            raise httpx.ReadError("the answer was lost", request=request)
        if request.method == "PATCH":
            self.chunks += 1
            if self.chunks > 1 and not self.photo_cut:
                self.photo_cut = True
                await response.aclose()
                raise httpx.WriteError("the road was cut", request=request)
        return response

    async def aclose(self) -> None:
        """Let the connections go."""
        await self._road.aclose()


async def deliver_all(bureau: Bureau, scheme: dict[str, Any]) -> None:
    """Deliver until nothing waits, then compare with what the office has."""
    store = bureau.open_tablet()
    try:
        road = BadRoad()
        waiting = store.outbox.counts()["waiting"]
        files = len(store.outbox.uploads("waiting"))
        bureau.tell.done(f"发件箱：信件 {waiting} 封，文件 {files} 份")
        tries = await _until_nothing_waits(bureau, store, road)
        counts = store.outbox.counts()
        bureau.tell.done(
            f"全部送达：{counts['sent']} 封信件均有服务器回执，共试 {tries} 次",
            "第一次的应答丢失，重送后服务器给出同样的回执；照片中断后从断处续传",
        )
        inspection = store.inspections.of_scheme(scheme["id"])
        assert inspection
        await _compare(bureau, store, inspection.id)
        await _prove(bureau, store, inspection.id)
    finally:
        store.close()


async def _prove(bureau: Bureau, store: Store, inspection_id: str) -> None:
    """Whoever holds a document may ask, without an account, whether it stands."""
    documents = store.documents.of_inspection(inspection_id)
    async with bureau.new_client() as anybody:
        for kept in documents:
            number = {"number": kept.number} if kept.number else {}
            url = f"/v1/document-checks/{kept.digest}"
            said = good(await anybody.get(url, params=number | {"pdf": kept.pdf_sha256}))
            if not kept.proof or said != {"held": True, "corrected": False, "file": True}:
                raise DayFailed(f"{kept.called} 不能验真：{said}")
    bureau.tell.done(
        f"{len(documents)} 份文书右下角都有二维码，无需登录即可验真",
        f"扫码，或者在 {bureau.gateway}/verify 选择 PDF 文件；不联网也能核验签名",
    )


async def _until_nothing_waits(
    bureau: Bureau, store: Store, road: httpx.AsyncBaseTransport | None = None
) -> int:
    tried = 0
    while tried < TRIES:
        tried += 1
        async with office_client(store, bureau.gateway, road) as office:
            with bureau.tell.working("送出"):
                done = await deliver(store, office)
                if done.stopped is None:
                    await report(store, office)
        if done.refused:
            refused = next(one for one in store.outbox.letters() if one.state == "refused")
            raise DayFailed(f"信件 {refused.kind} 被拒：{refused.problem}")
        if store.outbox.counts()["waiting"] == 0 and not store.outbox.uploads("waiting"):
            break
        if done.stopped:
            bureau.tell.refused("送出中断", done.stopped)
    else:
        raise DayFailed("发件箱没有送空")
    if any(one.state == "refused" for one in store.outbox.uploads()):
        raise DayFailed("有文件被拒")
    return tried


async def _compare(bureau: Bureau, store: Store, inspection_id: str) -> None:
    """The office has the same bytes, and draws the same documents from the same data."""
    officer = await bureau.sign_in("zhangyue")
    same = 0
    for kept in store.documents.of_inspection(inspection_id):
        url = f"/v1/documents/{kept.id}"
        told = good(await officer.get(url))
        if (told["state"], told["number"]) != ("complete", kept.number):
            raise DayFailed(f"{kept.number} 在服务器上不完整：{told['state']}")
        for what in ("pdf", "rendering"):
            answer = await officer.get(f"{url}/{what}")
            if hashlib.sha256(answer.raise_for_status().content).hexdigest() != kept.pdf_sha256:
                raise DayFailed(f"{kept.number} 的 {what} 与平板上出具的不同")
            same += 1
    for photo in store.inspections.photos(inspection_id):
        answer = await officer.get(f"/v1/evidence/{photo.id}/file")
        if hashlib.sha256(answer.raise_for_status().content).hexdigest() != photo.sha256:
            raise DayFailed("照片与拍摄时的摘要不符")
        same += 1
    bureau.tell.done(
        f"服务器上的字节与平板逐一相同（{same} 次比对），服务器按同样数据排版出同一份文书"
    )


async def reinspect(bureau: Bureau, scheme: dict[str, Any]) -> None:
    """Every hazard is found corrected: recorded, documented, delivered; none stays open."""
    store = bureau.open_tablet()
    try:
        async with office_client(store, bureau.gateway) as office:
            await refresh(store, office)
        inspection = store.inspections.of_scheme(scheme["id"])
        assert inspection
        known = store.inspections.agains(inspection.id)
        again = (
            known[0].id if known else begin_reinspection(store, inspection.id, inspection.officers)
        )
        begun = store.inspections.again(again)
        assert begun
        if begun.reinspected_at is None:
            for hazard in store.inspections.answers(inspection.id).values():
                if hazard.finding_id:
                    record_result(
                        store, again, hazard.finding_id, ReinspectionOutcome.CORRECTED,
                        "已补齐通报页，公示栏已更新",
                    )  # fmt: skip
            finish_reinspection(store, again)
        kept = signed_and_issued(store, again, "reinspection-opinion", inspection.officers)
        copy = bureau.folder / f"整改复查意见书 {kept.number}.pdf"
        assert kept.pdf_path
        copy.write_bytes(store.files.read(kept.pdf_path))
        bureau.tell.done(f"整改复查意见书 {kept.number}：复查合格", str(copy))
        await _until_nothing_waits(bureau, store)
        officer = await bureau.sign_in("zhangyue")
        params = {"inspection": inspection.id, "state": "open"}
        if good(await officer.get("/v1/hazards", params=params))["items"]:
            raise DayFailed("复查合格的隐患没有销号")
        bureau.tell.done("隐患已销号，服务器上没有未整改项")
    finally:
        store.close()

"""Photos of 2 MB by tus through the gateway, against the same bytes by one bare PUT to disk.

And what a cut costs: of a photo whose line breaks in the middle of a chunk, the bytes sent again.
"""

import asyncio
import io
import random
import time
from collections.abc import AsyncIterator

import httpx
from PIL import Image

from benches.ground import Ground
from benches.measure import Figure
from benches.served import bare_put, served
from benches.tablets import tablet, tell_of_the_county
from field_app import tus
from field_app.answers import Unknown
from field_app.delivery import Delivered, send_files
from field_app.moments import kept, now
from field_app.session import office_client
from field_app.store import Store

PHOTOS, BYTES = 24, 2_000_000
"""What a day in the field brings. Both sides carry the same bytes in the same turn. The limit is one
PUT after the other on a connection that stands, which is what a disk and a socket can do: nothing in it
decrypts, hashes, passes a gateway, writes a row or signs. Ours opens its lines anew each turn and
has three; measured against three PUTs at once it would be further from the limit than the ratio says.
"""


async def measure(ground: Ground, rows: int, turns: int) -> list[Figure]:
    """Photos a second, hashed on both sides; bytes of a chunk over those sent again after a cut."""
    figure = Figure("photo of 2 MB by tus", "one bare PUT, fsync", "photos/s", 1 / 2)
    cut = Figure("chunks that fit into what is sent again after a cut", "one chunk", "", 1.0)
    await tell_of_the_county(ground)
    async with (
        served(ground, "case_svc") as case,
        served(ground, "gateway", case_svc=case) as door,
        bare_put(ground.folder / "bare") as bare,
        httpx.AsyncClient(base_url=bare) as putting,
    ):
        for turn in range(turns + 1):
            photos = [_photo() for _ in range(PHOTOS)]
            store = tablet(ground, [])
            _take(store, photos)
            started = time.perf_counter()
            await _sent(store, door)
            ours = time.perf_counter() - started
            started = time.perf_counter()
            for photo in photos:
                assert (await putting.put("/", content=photo)).is_success
            limit = time.perf_counter() - started
            again = await _again_after_a_cut(store, door)
            store.close()
            if turn:  # the first turn warms both
                figure.add(PHOTOS / ours, PHOTOS / limit)
                cut.add(tus.CHUNK / max(again, 1), 1.0)
                cut.note = f"{again:,} bytes of {BYTES:,}, chunk {tus.CHUNK:,}"
    return [figure, cut]


def _photo() -> bytes:
    """A picture as large as a camera's: noise does not compress."""
    out = io.BytesIO()
    noise = Image.frombytes("RGB", (900, 760), random.randbytes(900 * 760 * 3))
    noise.save(out, "JPEG", quality=98)
    return out.getvalue() + bytes(max(0, BYTES - out.tell()))


def _take(store: Store, photos: list[bytes]) -> None:
    with store.atomic():
        for photo in photos:
            kept_file = store.files.keep(photo, "jpg")
            store.outbox.add_upload(
                kept_file.sha256, kept_file.path, len(photo), "image/jpeg", kept(now())
            )


async def _sent(store: Store, door: str) -> None:
    async with office_client(store, door) as office:
        done = Delivered()
        await send_files(store, office, done)
        assert done.files == PHOTOS, store.outbox.uploads()


class _Line(httpx.AsyncBaseTransport):
    """A line that breaks once, in the middle of the first chunk, and counts what goes over it."""

    def __init__(self) -> None:
        self.inner = httpx.AsyncHTTPTransport()
        self.chunks, self.bytes = 0, 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        whole = await request.aread()
        if whole:
            self.chunks += 1
            self.bytes += len(whole)
            if self.chunks == 1:
                self.bytes -= len(whole) - len(whole) // 2
                request.stream = _Broken(whole[: len(whole) // 2])
        return await self.inner.handle_async_request(request)

    async def aclose(self) -> None:
        await self.inner.aclose()


class _Broken(httpx.AsyncByteStream):
    def __init__(self, sent: bytes) -> None:
        self.sent = sent

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self.sent
        raise httpx.WriteError("cut")


async def _again_after_a_cut(store: Store, door: str) -> int:
    """Bytes sent beyond the photo's own, when its line breaks once."""
    photo = _photo()
    _take(store, [photo])
    (upload,) = store.outbox.uploads("waiting")
    line = _Line()
    async with office_client(store, door, line) as office:
        try:
            await tus.send(store, office, upload)
        except Unknown:
            # A tablet tries again in a minute; here, when the office has seen the cut.
            await asyncio.sleep(0.5)
            (upload,) = store.outbox.uploads("waiting")
            assert await tus.send(store, office, upload)
    assert line.chunks > 1, "the line did not break"
    return line.bytes - len(photo)

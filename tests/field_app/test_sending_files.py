"""Files on their way: cut anywhere, resumed, and once they are there, there whole."""

import asyncio
import hashlib

import pytest

from field_app import receipts, together, tus
from field_app.answers import Unknown
from field_app.delivery import Delivered, deliver, send_files
from field_app.moments import now
from field_app.receipt_keys import fetch_receipt_keys, receipt_keys
from field_app.together import Together
from tests.examples import jpeg
from tests.field_app.weather import (
    BAD,
    CUT,
    FAILED_AFTER,
    FAILURE,
    FAIR,
    FORBIDDEN,
    HALF,
    NO_SIGNAL,
    SILENCE,
    TORN,
    TWICE,
    Weather,
)

PHOTO = jpeg(900, 700)


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch):
    """A photo in eight chunks or so: what a minute of poor signal brings."""
    monkeypatch.setattr(tus, "CHUNK", len(PHOTO) // 7)


def queued(store, data=PHOTO, media_type="image/jpeg"):
    file = store.files.keep(data, "jpg")
    store.outbox.add_upload(file.sha256, file.path, file.size, media_type, "2026-06-23T00:00:00Z")
    (upload,) = (one for one in store.outbox.uploads() if one.sha256 == file.sha256)
    return upload


def known(store, upload):
    return next(one for one in store.outbox.uploads() if one.sha256 == upload.sha256)


def arrived(tmp_path):
    """The photo as the office keeps it."""
    sha256 = hashlib.sha256(PHOTO).hexdigest()
    kept = [path for path in (tmp_path / "office").rglob("*") if path.is_file()]
    return [path for path in kept if hashlib.sha256(path.read_bytes()).hexdigest() == sha256]


async def until_there(store, client, upload, tries=60):
    for _ in range(tries):
        try:
            if await tus.send(store, client, known(store, upload)):
                return
        except Unknown:
            continue
        if known(store, upload).state == "refused":
            store.outbox.upload_again(upload.sha256)
    raise AssertionError("the file never arrived")


async def test_a_file_goes_in_chunks_and_arrives_whole(office, tablet_of, tmp_path):
    weather = Weather(office.transport)
    store, client = await tablet_of(weather)
    upload = queued(store)
    weather.seen.clear()
    assert await tus.send(store, client, upload)
    assert [method for _, method, _ in weather.seen].count("PATCH") == 8
    assert known(store, upload).state == "sent"
    assert len(arrived(tmp_path)) == 1


@pytest.mark.parametrize(
    "bad", [NO_SIGNAL, SILENCE, TORN, FAILURE, FORBIDDEN, FAILED_AFTER, CUT, HALF, TWICE]
)
async def test_a_file_is_resumed_where_it_was_cut(office, tablet_of, tmp_path, bad):
    weather = Weather(office.transport)
    store, client = await tablet_of(weather)
    upload = queued(store)
    weather.script = [FAIR, FAIR, FAIR, bad]
    if bad in (CUT, HALF, TWICE):
        # A 204 has no content to lose; what comes twice is refused the second time and asked about.
        assert await tus.send(store, client, upload)
    else:
        with pytest.raises(Unknown):
            await tus.send(store, client, upload)
        assert known(store, upload).offset == 2 * tus.CHUNK
        weather.seen.clear()
        assert await tus.send(store, client, known(store, upload))
        sent = [method for _, method, _ in weather.seen].count("PATCH")
        assert sent == (5 if bad in (SILENCE, FAILED_AFTER) else 6)
    assert len(arrived(tmp_path)) == 1


@pytest.mark.parametrize("seed", range(3))
async def test_a_file_arrives_whole_in_any_weather(office, tablet_of, tmp_path, seed):
    weather = Weather(office.transport, seed=seed)
    store, client = await tablet_of(weather)
    upload = queued(store)
    await until_there(store, client, upload)
    assert {bent for bent, _, _ in weather.seen} & set(BAD)
    assert len(arrived(tmp_path)) == 1


async def test_a_file_that_the_office_has_already_is_not_sent_again(office, tablet_of):
    weather = Weather(office.transport)
    for first in (True, False):
        store, client = await tablet_of(weather)
        weather.seen.clear()
        assert await tus.send(store, client, queued(store))
        assert ("PATCH" in {method for _, method, _ in weather.seen}) is first


async def test_an_upload_that_the_office_forgot_is_begun_anew(office, tablet_of, tmp_path):
    store, client = await tablet_of(Weather(office.transport))
    upload = queued(store)
    store.outbox.upload_at(upload.sha256, "/v1/files/00000000-0000-4000-8000-0000000000f1", 77)
    assert await tus.send(store, client, known(store, upload))
    assert len(arrived(tmp_path)) == 1


async def test_two_deliveries_of_one_file_at_once_make_one_file(office, tablet_of, tmp_path):
    store, client = await tablet_of(Weather(office.transport))
    upload = queued(store)
    await asyncio.gather(
        *(tus.send(store, client, upload) for _ in range(4)), return_exceptions=True
    )
    await until_there(store, client, upload)
    assert len(arrived(tmp_path)) == 1


async def test_what_is_no_photo_is_refused_and_stays_with_the_reason(office, tablet_of):
    store, client = await tablet_of(Weather(office.transport))
    upload = queued(store, b"<html>" * 100)
    assert not await tus.send(store, client, upload)
    assert known(store, upload).state == "refused"
    assert known(store, upload).problem["title"]
    assert store.files.place(upload.path).is_file()


async def test_a_file_that_is_gone_from_the_tablet_is_told_not_sent(office, tablet_of):
    store, client = await tablet_of(Weather(office.transport))
    upload = queued(store)
    place = store.files.place(upload.path)
    place.write_bytes(place.read_bytes()[:100])
    assert not await tus.send(store, client, upload)
    assert known(store, upload).problem["code"] == "file-missing"


async def test_a_file_whose_bytes_rotted_is_never_taken_for_the_photo(office, tablet_of, tmp_path):
    store, client = await tablet_of(Weather(office.transport))
    upload = queued(store)
    place = store.files.place(upload.path)
    sealed = place.read_bytes()
    place.write_bytes(sealed[:-1] + bytes((sealed[-1] ^ 1,)))
    assert not await tus.send(store, client, upload)
    assert known(store, upload).problem["code"] == "file-missing"
    assert arrived(tmp_path) == []


async def test_bytes_that_changed_on_the_way_are_sent_again_until_the_office_believes_them(
    office, tablet_of, tmp_path
):
    class Noisy(Weather):
        """Two chunks arrive with a bit turned over."""

        async def _office(self, request, content):
            if request.method == "PATCH" and self.script:
                content = self.script.pop().encode() + content[1:]
            return await super()._office(request, content)

    weather = Noisy(office.transport)
    store, client = await tablet_of(weather)
    upload = queued(store)
    weather.script, weather.only = ["x", "y"], "nowhere"
    assert await tus.send(store, client, upload)
    assert weather.script == []
    assert len(arrived(tmp_path)) == 1


async def test_a_file_that_does_not_get_through_keeps_no_other_back(office, tablet_of, tmp_path):
    weather = Weather(office.transport)
    store, client = await tablet_of(weather)
    queued(store)
    small = queued(store, jpeg(64, 48))
    weather.script = [NO_SIGNAL]
    assert (await deliver(store, client)).stopped
    assert known(store, small).state == "waiting"
    assert [one.state for one in store.outbox.uploads()] == ["waiting", "sent"]
    assert len(arrived(tmp_path)) == 1


@pytest.fixture
def at_once(monkeypatch):
    """A photo as it is sent where there is a signal: whole, with its announcement."""
    monkeypatch.setattr(tus, "CHUNK", len(PHOTO))


async def test_a_photo_goes_with_its_announcement(office, tablet_of, tmp_path, at_once):
    weather = Weather(office.transport)
    store, client = await tablet_of(weather)
    upload = queued(store)
    await fetch_receipt_keys(store, client)
    weather.seen.clear()
    assert await tus.send(store, client, upload)
    assert [method for _, method, _ in weather.seen] == ["POST"]
    assert known(store, upload).state == "sent"
    (receipt,) = store.outbox.file_receipts()
    assert receipts.doubt_of_file(receipt, upload.sha256, upload.size, receipt_keys(store)) is None


async def test_a_receipt_that_is_not_believed_leaves_the_file_waiting_and_no_byte_goes_twice(
    office, tablet_of, tmp_path, at_once, monkeypatch
):
    weather = Weather(office.transport)
    store, client = await tablet_of(weather)
    upload = queued(store)
    monkeypatch.setattr(receipts, "signed_by", lambda receipt, keys: receipts.FORGED)
    with pytest.raises(Unknown, match="签名不正确"):
        await tus.send(store, client, upload)
    assert known(store, upload).state == "waiting"
    assert store.outbox.file_receipts() == []
    monkeypatch.undo()
    weather.seen.clear()
    assert await tus.send(store, client, known(store, upload))
    assert [method for _, method, _ in weather.seen if method != "GET"] == ["HEAD"]
    assert len(store.outbox.file_receipts()) == 1
    assert len(arrived(tmp_path)) == 1


@pytest.mark.parametrize("bad", BAD)
async def test_a_photo_sent_at_once_is_not_lost_and_not_sent_twice(
    office, tablet_of, tmp_path, at_once, bad
):
    weather = Weather(office.transport)
    store, client = await tablet_of(weather)
    upload = queued(store)
    await fetch_receipt_keys(store, client)
    weather.script = [bad]
    weather.seen.clear()
    await until_there(store, client, upload)
    assert len(arrived(tmp_path)) == 1
    if bad in (SILENCE, FAILED_AFTER):
        # The office has it: asked by the address that was kept, it says so.
        assert [method for _, method, _ in weather.seen] == ["POST", "HEAD"]


async def test_an_office_that_takes_no_bytes_with_an_announcement_gets_them_after_it(
    office, tablet_of, tmp_path, at_once
):
    class Older(Weather):
        """Reads nothing but the head of an announcement, and gives addresses of its own."""

        async def _office(self, request, content):
            if request.url.path == "/v1/files":
                told = request.headers["upload-metadata"].split(",")
                request.headers["upload-metadata"] = ",".join(
                    one for one in told if not one.startswith("id ")
                )
                del request.headers["content-type"]
                content = b""
            return await super()._office(request, content)

    store, client = await tablet_of(Older(office.transport))
    upload = queued(store)
    assert await tus.send(store, client, upload)
    assert len(arrived(tmp_path)) == 1


async def test_bytes_that_are_another_file_s_are_never_sent_for_it(
    office, tablet_of, tmp_path, at_once
):
    weather = Weather(office.transport)
    store, client = await tablet_of(weather)
    upload, other = queued(store), queued(store, PHOTO[:-1] + b"x")
    store.files.place(upload.path).write_bytes(store.files.place(other.path).read_bytes())
    weather.seen.clear()
    assert not await tus.send(store, client, upload)
    assert known(store, upload).problem["code"] == "file-missing"
    assert weather.seen == []


@pytest.fixture
def within_a_second(monkeypatch):
    at = now()
    monkeypatch.setattr(together, "now", lambda: at)


def hashes(folder):
    return {
        hashlib.sha256(one.read_bytes()).hexdigest() for one in folder.rglob("*") if one.is_file()
    }


async def test_files_side_by_side_share_their_commits_and_lose_nothing_by_it(
    office, tablet_of, tmp_path, at_once, within_a_second
):
    """Addresses before the first byte, receipts before a file counts as sent; not one by one.

    Killed before the receipts are kept, the tablet asks for them; no byte goes twice.
    """
    weather = Weather(office.transport)
    store, client = await tablet_of(weather)
    await fetch_receipt_keys(store, client)
    commits: list[str] = []
    store.db.conn.set_trace_callback(lambda said: commits.append(said.upper()))
    uploads = [queued(store, jpeg(20 + n, 20)) for n in range(12)]
    commits.clear()
    weather.seen.clear()
    done = Delivered()
    await send_files(store, client, done)
    assert done.files == 12
    assert {one.sha256 for one in uploads} <= hashes(tmp_path / "office")
    assert [method for _, method, _ in weather.seen] == ["POST"] * 12
    assert {known(store, one).state for one in uploads} == {"sent"}
    assert len(store.outbox.file_receipts()) == 12
    assert sum(one.startswith("COMMIT") for one in commits) < 12

    uploads = [queued(store, jpeg(20, 40 + n)) for n in range(3)]
    beside = Together(store, uploads)
    for upload in uploads[:2]:
        await tus.send(store, client, upload, beside)
    addresses = {known(store, one).url for one in uploads}
    assert None not in addresses
    assert len(addresses) == 3
    assert {known(store, one).state for one in uploads} == {"waiting"}
    weather.seen.clear()
    # What comes after a kill knows what is on the disk, and nothing else.
    await send_files(store, client, done)
    assert {known(store, one).state for one in uploads} == {"sent"}
    methods = [method for _, method, _ in weather.seen]
    assert (methods.count("POST"), methods.count("PATCH"), methods.count("HEAD")) == (1, 0, 3)
    assert {one.sha256 for one in uploads} <= hashes(tmp_path / "office")


async def test_what_was_not_sent_has_no_address(office, tablet_of, at_once):
    weather = Weather(office.transport)
    store, client = await tablet_of(weather)
    for width in range(20, 25):
        queued(store, jpeg(width, 20))
    weather.script = [NO_SIGNAL] * 9
    with pytest.raises(Unknown):
        await send_files(store, client, Delivered(), at_once=1)
    assert [known(store, one).url is None for one in store.outbox.uploads("waiting")] == [
        False, False, True, True, True
    ]  # fmt: skip


async def test_nothing_that_has_arrived_waits_for_a_large_file(
    office, tablet_of, monkeypatch, within_a_second
):
    weather = Weather(office.transport)
    store, client = await tablet_of(weather)
    await fetch_receipt_keys(store, client)
    small, large = queued(store, jpeg(20, 20)), queued(store)
    beside = Together(store, [small, large])
    monkeypatch.setattr(tus, "AT_ONCE", small.size)
    await tus.send(store, client, small, beside)
    assert known(store, small).state == "waiting"
    weather.script = [NO_SIGNAL]
    with pytest.raises(Unknown):
        await tus.send(store, client, large, beside)
    assert known(store, small).state == "sent"

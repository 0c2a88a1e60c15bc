"""Files: named by their SHA-256, durable before they are told of, the same bytes once."""

import asyncio
import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import Response

from deploy.web import free_port, serving
from services.kit.files import CHUNK, FileStore, FolderStore, S3Store, hash_file


@pytest.fixture
def store(tmp_path) -> FileStore:
    return FileStore(str(tmp_path / "files"), tmp_path / "spool")


def spool(store: FileStore, content: bytes, name: str = "one") -> Path:
    path = store.spooled(name)
    path.write_bytes(content)
    return path


async def read(store, sha256: str) -> bytes:
    return b"".join([chunk async for chunk in store.store.read(sha256)])


def everything(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "files").rglob("*") if path.is_file()]


async def test_a_file_comes_back_byte_for_byte(store):
    content = os.urandom(3 * CHUNK + 7)
    sha256, size = await store.keep(spool(store, content))
    assert (sha256, size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert await read(store, sha256) == content
    assert await store.store.size(sha256) == len(content)


async def test_a_file_that_is_not_here_has_no_size(store):
    assert await store.store.size("0" * 64) is None


async def test_an_empty_file_is_a_file(store):
    sha256, size = await store.keep(spool(store, b""))
    assert (size, await read(store, sha256), await store.store.size(sha256)) == (0, b"", 0)


async def test_the_same_bytes_twice_are_one_file(store, tmp_path):
    first = await store.keep(spool(store, b"photo", "one"))
    second = await store.keep(spool(store, b"photo", "two"))
    assert first == second
    assert len(everything(tmp_path)) == 1


async def test_what_was_made_in_memory_is_kept_and_nothing_stays_in_the_spool(store, tmp_path):
    sha256, size = await store.keep_bytes(b"page")
    assert (sha256, size) == (hashlib.sha256(b"page").hexdigest(), 4)
    assert await store.keep_bytes(b"page") == (sha256, 4)
    assert await read(store, sha256) == b"page"
    assert [len(everything(tmp_path)), list(store.spool.iterdir())] == [1, []]


async def test_sixteen_at_once_keep_one_whole_file_and_no_leftovers(store, tmp_path):
    content = os.urandom(CHUNK)
    paths = [spool(store, content, str(number)) for number in range(16)]
    assert len(set(await asyncio.gather(*map(store.keep, paths)))) == 1
    (kept,) = everything(tmp_path)
    assert kept.read_bytes() == content


async def test_bytes_are_on_the_disk_before_the_name_and_the_name_before_the_answer(
    store, tmp_path, monkeypatch
):
    """fsync of the content while no file of that name exists, then the name, then its folders."""
    sha256 = hashlib.sha256(b"photo").hexdigest()
    target = tmp_path / "files" / sha256[:2] / sha256[2:4] / sha256
    seen, real = [], os.fsync

    def fsync(handle: int) -> None:
        seen.append((os.readlink(f"/proc/self/fd/{handle}"), target.exists()))
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    path = spool(store, b"photo")
    await store.keep(path)
    (content, named_before), *folders = seen
    assert (Path(content), named_before) == (path, False)
    assert target.samefile(path)
    assert [(Path(folder), named) for folder, named in folders] == [
        (target.parent, True), (target.parent.parent, True), (tmp_path / "files", True),
    ]  # fmt: skip


async def test_where_bytes_can_have_but_one_name_the_copy_is_on_the_disk_before_its_own(
    store, tmp_path, monkeypatch
):
    seen, real = [], os.fsync

    def fsync(handle: int) -> None:
        seen.append(os.readlink(f"/proc/self/fd/{handle}"))
        real(handle)

    def no_second_name(*names: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(os, "link", no_second_name)
    path = spool(store, b"photo")
    sha256, _ = await store.keep(path)
    (kept,) = everything(tmp_path)
    assert (kept.name, kept.read_bytes(), kept.samefile(path)) == (sha256, b"photo", False)
    assert Path(seen[1]).name.startswith(f".{sha256}.")
    assert Path(seen[1]).parent == Path(seen[2]) == kept.parent


async def test_a_disk_that_fails_leaves_nothing_that_looks_like_a_file(
    store, tmp_path, monkeypatch
):
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    path = spool(store, b"photo")
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            await store.keep(path)
    sha256, _ = hash_file(path)
    assert (everything(tmp_path), await store.store.size(sha256)) == ([], None)
    assert await store.keep(path) == (sha256, 5)


@settings(max_examples=25)
@given(content=st.binary(max_size=3000))
def test_the_name_is_the_hash(content, tmp_path_factory):
    path = tmp_path_factory.mktemp("hash") / "x"
    path.write_bytes(content)
    assert hash_file(path) == (hashlib.sha256(content).hexdigest(), len(content))


def test_where_files_are_kept_is_told_by_the_setting(tmp_path, monkeypatch):
    monkeypatch.setenv("AWS_REGION", "nowhere")
    assert isinstance(FileStore(str(tmp_path), tmp_path).store, FolderStore)
    assert isinstance(FileStore("s3://bucket/zhifa/case_svc", tmp_path).store, S3Store)


class Bucket:
    """As much of S3 as a store of whole objects needs: PUT, HEAD, GET."""

    def __init__(self):
        self.objects: dict[str, bytes] = {}
        self.puts = 0

    async def __call__(self, scope, receive, send):
        request = Request(scope, receive)
        if request.method == "PUT":
            self.puts += 1
            self.objects[request.url.path] = await request.body()
            response = Response(headers={"etag": '"x"'})
        elif (held := self.objects.get(request.url.path)) is None:
            response = Response("<Error><Code>NoSuchKey</Code></Error>", 404)
        else:
            headers = {"etag": '"x"', "last-modified": "Tue, 23 Jun 2026 01:00:00 GMT"}
            response = Response(held, headers=headers)
        await response(scope, receive, send)


async def test_a_bucket_keeps_files_as_a_folder_does(tmp_path, monkeypatch):
    bucket = Bucket()
    async with serving(bucket, free_port(0)) as url:
        for name, value in {
            "AWS_ENDPOINT": url, "AWS_ALLOW_HTTP": "true", "AWS_REGION": "nowhere",
            "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "y",
        }.items():  # fmt: skip
            monkeypatch.setenv(name, value)
        store = FileStore("s3://zhifa/case_svc", tmp_path / "spool")
        assert await store.store.size("0" * 64) is None
        sha256, _ = await store.keep(spool(store, b"photo"))
        await store.keep(spool(store, b"photo", "two"))
        assert await read(store, sha256) == b"photo"
        assert (await store.store.size(sha256), bucket.puts) == (5, 1)
        assert list(bucket.objects) == [f"/zhifa/case_svc/{sha256}"]

"""The encrypted database by either adapter: what was committed is there, and a wrong key opens nothing."""

import contextlib
import os
import shutil
from pathlib import Path

import pytest
from sqlite_utils import Database

from field_app.crypt import sealed
from field_app.crypt.keys import new_key
from field_app.crypt.port import StoreDamaged, chosen, named
from field_app.store import Store
from tests.field_app.tablet import KEY

BOTH = ["sqlcipher", "sealed"]


@pytest.fixture(params=BOTH)
def made_by(request):
    return request.param


@pytest.fixture
def made(made_by, tmp_path):
    made = named(made_by).connect(tmp_path, KEY)
    made.execute("create table t (a text primary key, b)")
    return made


def rows(connection):
    return connection.execute("select a, b from t order by rowid").fetchall()


def again(made_by, folder):
    """As after a kill: from what is on disk, the other never closed."""
    copy = folder.with_name(f"{folder.name}-again")
    shutil.copytree(folder, copy)
    return named(made_by).connect(copy, KEY)


def test_what_was_committed_is_there_and_what_was_not_is_not(made, made_by, tmp_path):
    made.execute("insert into t values ('alone', ?)", (b"\0\xff",))
    made.execute("begin")
    made.execute("insert into t values (:a, :b)", {"a": "in", "b": "一次"})
    made.executemany("insert into t values (?, ?)", [("m1", 1), ("m2", 2.5)])
    made.execute("savepoint s")
    made.execute("insert into t values ('back', null)")
    made.execute("rollback to s")
    made.execute("release s")
    made.execute("commit")
    made.execute("begin")
    made.execute("insert into t values ('given up', null)")
    made.execute("rollback")
    made.execute("begin")
    made.execute("insert into t values ('never ended', null)")
    opened = again(made_by, tmp_path)
    assert rows(opened) == [("alone", b"\0\xff"), ("in", "一次"), ("m1", 1), ("m2", 2.5)]
    opened.close()
    made.close()


def test_a_savepoint_outside_of_a_transaction_is_one(made, made_by, tmp_path):
    """As sqlite_utils asks: `query` reads between a savepoint and its release."""
    database = Database(made)
    assert list(database.query("select a from t")) == []
    made.execute('savepoint "s"')
    made.execute("insert into t values ('kept', 1)")
    made.execute("savepoint inner")
    made.execute("insert into t values ('back', null)")
    made.execute("rollback to inner")
    made.execute("release inner")
    assert made.in_transaction
    made.execute("release s")
    assert not made.in_transaction
    made.execute("savepoint s")
    made.execute("insert into t values ('given up', null)")
    made.execute("rollback to savepoint s")
    made.execute("insert into t values ('after', 2)")
    made.execute("release savepoint s")
    made.execute("savepoint s")
    made.execute("insert into t values ('never ended', null)")
    opened = again(made_by, tmp_path)
    assert rows(opened) == [("kept", 1), ("after", 2)]
    opened.close()
    made.close()


def test_a_statement_that_fails_leaves_the_others(made, made_by, tmp_path):
    made.execute("insert into t values ('one', 1)")
    for _ in range(2):
        with pytest.raises(made.IntegrityError):
            made.execute("insert into t values ('one', 2)")
    made.execute("insert into t values ('two', 2)")
    opened = again(made_by, tmp_path)
    assert rows(opened) == rows(made) == [("one", 1), ("two", 2)]
    opened.close()
    made.close()


def test_another_key_opens_nothing_and_harms_nothing(made, made_by, tmp_path):
    made.execute("insert into t values ('one', 1)")
    made.close()
    with pytest.raises(StoreDamaged):
        named(made_by).connect(tmp_path, new_key())
    with pytest.raises(StoreDamaged):
        Store(tmp_path, new_key(), adapter=made_by)
    opened = named(made_by).connect(tmp_path, KEY)
    assert rows(opened) == [("one", 1)]
    opened.close()


def test_a_store_is_opened_by_what_made_it(made, made_by, tmp_path):
    made.execute("insert into t values ('one', 1)")
    made.close()
    assert chosen(tmp_path).name == made_by


# --- the stand-in alone


@pytest.fixture
def log(tmp_path):
    connection = named("sealed").connect(tmp_path, KEY)
    connection.execute("create table t (a text primary key, b)")
    for number in range(3):
        connection.execute("insert into t values (?, ?)", (str(number), "x" * 20))
    yield connection
    connection.close()


def test_a_last_record_cut_anywhere_is_set_aside_and_the_rest_is_there(log, tmp_path):
    data = (tmp_path / "log-0").read_bytes()
    third = log.log.length
    log.execute("insert into t values ('last', null)")
    data = (tmp_path / "log-0").read_bytes()
    for end in range(third + 1, len(data)):
        folder = tmp_path / str(end)
        folder.mkdir()
        (folder / "log-0").write_bytes(data[:end])
        opened = named("sealed").connect(folder, KEY)
        assert len(rows(opened)) == 3
        (tail,) = folder.glob("tail-*")
        assert tail.read_bytes() == data[third:end]
        opened.execute("insert into t values ('goes on', null)")
        opened.close()
        opened = named("sealed").connect(folder, KEY)
        assert len(rows(opened)) == 4
        opened.close()


def test_damage_in_the_middle_is_told_and_nothing_is_thrown_away(log, tmp_path):
    data = bytearray((tmp_path / "log-0").read_bytes())
    data[len(data) // 2] ^= 1
    folder = tmp_path / "spoilt"
    folder.mkdir()
    (folder / "log-0").write_bytes(data)
    with pytest.raises(StoreDamaged):
        named("sealed").connect(folder, KEY)
    assert (folder / "log-0").read_bytes() == data


def test_a_record_that_cannot_be_written_is_not_committed(log, tmp_path, monkeypatch):
    with monkeypatch.context() as full:
        full.setattr(os, "write", _full)
        for _ in range(2):
            with pytest.raises(OSError, match="full"):
                log.execute("insert into t values ('lost', null)")
    assert len(rows(log)) == 3
    log.execute("insert into t values ('kept', null)")
    opened = again("sealed", tmp_path)
    assert [a for a, _ in rows(opened)] == ["0", "1", "2", "kept"]
    opened.close()


def _full(*_):
    raise OSError("disk full")


def test_a_long_log_becomes_an_image_and_a_kill_on_the_way_costs_nothing(
    log, tmp_path, monkeypatch
):
    monkeypatch.setattr(sealed, "LONG", 100)
    before = rows(log)
    steps = iter(range(100))

    class Killed(BaseException):
        pass

    def dies_at(last, act):
        def counted(*given, **more):
            if next(steps) >= last:
                raise Killed
            return act(*given, **more)

        return counted

    for last in range(8):
        folder = tmp_path / f"killed-{last}"
        folder.mkdir()
        shutil.copy(tmp_path / "log-0", folder)
        steps = iter(range(100))
        with monkeypatch.context() as dying:
            for place, name in ((os, "fsync"), (Path, "replace"), (Path, "unlink")):
                dying.setattr(place, name, dies_at(last, getattr(place, name)))
            with contextlib.suppress(Killed):
                named("sealed").connect(folder, KEY).close()
        for _ in range(2):
            opened = named("sealed").connect(folder, KEY)
            assert rows(opened) == before
            opened.execute("update t set b = b")
            opened.close()
        assert len(list(folder.glob("image-?"))) == 1

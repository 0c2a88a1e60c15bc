"""Steps of the store that lay rows anew: an older store keeps every one of them."""

import json
import sqlite3

import pytest
from sqlite_utils import Database

from field_app import schema
from field_app.schema import bring_up_to_date

AT = "2026-06-23T01:05:00Z"
SAID = ("met", "not_met", "not_applicable")


@pytest.fixture
def before(tmp_path, monkeypatch):
    """A store as it stood before a step; brought up to date, it is the same file."""

    def make(step):
        db = Database(sqlite3.connect(tmp_path / "old.sqlite3", isolation_level=None))
        db.conn.execute("pragma foreign_keys = on")
        with monkeypatch.context() as earlier:
            earlier.setattr(schema, "STEPS", schema.STEPS[: schema.STEPS.index(step)])
            schema._run(db, schema.FIRST)
            db.conn.execute("insert into setting values ('device', '\"d\"')")
            db.conn.execute("pragma user_version = 1")
            bring_up_to_date(db)
        return db

    return make


def rows(db, sql):
    return db.conn.execute(sql).fetchall()


def visits(db, *ids):
    for id_ in ids:
        db.conn.execute(
            "insert into inspection (id, entity_id, region, checklist, officers, place, present, "
            "started_at) values (?, 'p', '140882', 'metallurgy@2026.1', '[]', '', '{}', ?)",
            (id_, AT),
        )


def test_answers_and_patches_lie_in_one_tree_and_none_is_lost(before):
    db = before(schema.ONE_TREE)
    visits(db, "a", "b", "c")
    for visit in ("a", "b"):
        for number in range(60):
            db.conn.execute(
                "insert into answer (inspection_id, item, answer, remark, answered_at, clock) "
                "values (?, ?, ?, ?, ?, ?)",
                (visit, f"G{number:02d}", SAID[number % 3], "缺页", AT, '{"wall": 1}'),
            )
    for number, told in enumerate((1, 1, 0)):
        db.conn.execute(
            "insert into patch values (?, 'b', ?, '{}', '1', 'd', ?, ?)",
            (f"{9 - number}", f"G{number:02d}", AT, told),
        )
    db.conn.execute("insert into patch values ('x', 'a', 'G00', '{}', '1', 'd', ?, 1)", (AT,))
    answers = rows(
        db, "select inspection_id, item, answer, remark, clock from answer order by 1, 2"
    )
    patches = rows(db, "select * from patch order by id")
    settings = rows(db, "select key, value from setting order by key")
    bring_up_to_date(db)
    now = rows(db, "select inspection_id, item, answer, remark, clock from answer order by 1, 2")
    assert now == answers
    assert len(now) == 120
    assert rows(db, "select * from patch order by id") == patches
    assert set(settings) <= set(rows(db, "select key, value from setting"))
    assert dict(rows(db, "select id, untold from inspection")) == {"a": 0, "b": 1, "c": 0}
    assert rows(db, "pragma foreign_key_check") == []
    assert rows(db, "pragma integrity_check") == [("ok",)]
    with pytest.raises(sqlite3.IntegrityError):
        db.conn.execute(
            "insert into answer (inspection_id, item, answer, remark, answered_at) "
            "values ('a', 'G00', 'met', '', '')"
        )
    with pytest.raises(sqlite3.IntegrityError):
        db.conn.execute(
            "insert into answer (inspection_id, item, answer, remark, answered_at) "
            "values ('nobody', 'G00', 'met', '', '')"
        )


def test_other_rows_than_plants_are_still_found_by_their_plant(before):
    db = before(schema.FINDERS_OWN)
    for dataset, id_ in (("entities", "p"), ("hazards", "h"), ("hazards", "i")):
        db.conn.execute(
            "insert into mirror (dataset, id, title, body) values (?, ?, '', ?)",
            (dataset, id_, json.dumps({"entity_id": "p" if id_ != "i" else "q"})),
        )
    bring_up_to_date(db)
    wanted = (
        "select id from mirror where dataset = 'hazards' and dataset <> 'entities' "
        "and json_extract(body, '$.entity_id') = 'p'"
    )
    assert rows(db, wanted) == [("h",)]
    assert any("mirror_entity" in step[3] for step in rows(db, f"explain query plan {wanted}"))
    assert rows(db, "select count(*) from mirror") == [(3,)]


@pytest.mark.parametrize("step", [schema.ONE_TREE, schema.FINDERS_OWN], ids=["tree", "finders"])
def test_a_step_that_fails_in_the_middle_leaves_the_store_as_it_was(before, step):
    """Somebody else's table stands in the way of the last statement: nothing of the step remains."""
    db = before(step)
    visits(db, "a")
    if step is schema.ONE_TREE:
        db.conn.execute("alter table inspection add column untold integer")
    else:
        db.conn.execute("drop index mirror_entity")
    version = rows(db, "pragma user_version")
    tables = rows(db, "select name, sql from sqlite_master order by name")
    with pytest.raises(sqlite3.OperationalError):
        bring_up_to_date(db)
    assert rows(db, "pragma user_version") == version
    assert rows(db, "select name, sql from sqlite_master order by name") == tables


def test_a_store_from_before_keeps_its_documents_and_signatures(before):
    db = before(schema.DOCUMENTS)
    db.conn.execute(
        "insert into lease (id, document, year, count, asked_at) values ('l', ?, 2026, 5, '')",
        ("correction-order",),
    )
    db.conn.execute(
        "insert into document (id, about, inspection_id, kind, template, number, lease_id, chosen, "
        "data, digest, made_at, shown_at) values ('d', 'v', 'v', ?, 't', '1号', 'l', '{}', '{}', "
        "'', 'm', 's')",
        ("correction-order",),
    )
    db.conn.execute(
        "insert into signature values ('d', 'party', '贺平川', null, 'm', 'x', ?)",
        ("[[[0, 0], [9, 9]]]",),
    )
    bring_up_to_date(db)
    (row,) = db.conn.execute("select number, shown_at, part, corrects from document")
    assert row == ("1号", "s", "", None)
    (row,) = db.conn.execute("select document_id, name, refused from signature")
    assert row == ("d", "贺平川", None)
    assert db.conn.execute("pragma foreign_key_check").fetchall() == []
    with pytest.raises(sqlite3.IntegrityError):
        db.conn.execute(
            "insert into signature (document_id, role, name, signed_at, digest, strokes) "
            "values ('e', 'party', '', '', '', '')"
        )


def test_signatures_from_before_are_those_of_the_whole_document(before):
    db = before(schema.PAGES)
    db.conn.execute(
        "insert into document (id, about, inspection_id, kind, template, chosen, data, digest, "
        "made_at) values ('d', 'v', 'v', 'inquiry-record', 't', '{}', '{}', 'x', 'm')"
    )
    kept = [("officer", "张岳", "1", None), ("party", "贺平川", None, "不签")]
    for at, (role, name, number, refused) in enumerate(kept):
        db.conn.execute(
            "insert into signature values ('d', ?, ?, ?, ?, 'x', '[]', ?, ?)",
            (role, name, number, f"{AT}{at}", refused, '{"device": "e"}'),
        )
    was = rows(db, "select * from signature order by rowid")
    bring_up_to_date(db)
    assert rows(db, "select * from signature order by rowid") == [
        (*one, 0, None, None, None, None) for one in was
    ]
    assert rows(db, "pragma foreign_key_check") == []


def test_a_reinspection_from_before_knows_its_plant(before):
    db = before(schema.PLANT_OF_REINSPECTION)
    visits(db, "a")
    hazard = {"id": "h", "entity_id": "q", "inspection_id": "c"}
    db.conn.execute(
        "insert into mirror (dataset, id, title, body) values ('hazards', 'h', '', ?)",
        (json.dumps(hazard),),
    )
    for id_, visit in (("1", "a"), ("2", "c"), ("3", "gone")):
        db.conn.execute(
            "insert into reinspection (id, inspection_id, officers, results, started_at) "
            "values (?, ?, '[]', '{}', ?)",
            (id_, visit, AT),
        )
    bring_up_to_date(db)
    assert rows(db, "select id, entity_id from reinspection order by id") == [
        ("1", "p"),
        ("2", "q"),
        ("3", None),
    ]

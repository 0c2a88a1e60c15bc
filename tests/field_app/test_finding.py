"""A plant is found by what an officer types, and by where he stands."""

import json
import random

import pytest

from field_app import schema
from field_app.initials import initials, plain
from field_app.shelves import finder
from field_app.shelves.mirror import Place
from lawbook.places import Position, metres
from tests.field_app.tablet import brought_in, opened

HERE = Position(35.60, 110.70)
PLACE = Place("1-aa", 1, "2026-06-01T00:00:00Z")


def plant(number, name, code="", lat=None, lon=None):
    values = {"latitude": str(lat), "longitude": str(lon)} if lat else {}
    return {
        "id": f"p{number}", "name": name, "credit_code": code or f"91140882MA0DEM{number:03d}Q",
        "values": values, "missing": [], "complete": True,
    }  # fmt: skip


SOME = [
    plant(1, "河津市星澜铸造有限公司", lat=35.61, lon=110.70),
    plant(2, "山西云岭动火作业服务有限公司", lat=35.90, lon=110.70),
    plant(3, "长治重型机械（集团）有限公司", "91140400MA0H4D5M1X"),
    plant(4, "河津市长青焦化有限公司", lat=35.601, lon=110.701),
    plant(5, "河津 ABC 铝业有限公司"),
]


@pytest.fixture
def plants(tmp_path):
    store = opened(tmp_path / "tablet")
    store.mirror.apply("entities", SOME, PLACE, whole=True)
    yield store
    store.close()


def found(store, words, here=None):
    return [entity["id"] for entity, _ in store.mirror.search_entities(words, 40, here)]


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("动火", ["p2"]),
        ("铸造", ["p1"]),
        ("焦", ["p4"]),
        ("星澜铸造", ["p1"]),
        ("火动", []),
        ("91140400", ["p3"]),
        ("0h4d5m", ["p3"]),
        ("m1x", ["p3"]),
        ("czzx", ["p3"]),
        ("CQJH", ["p4"]),
        ("xlzz", ["p1"]),
        ("abc铝业", ["p5"]),
        ("（集团）", ["p3"]),
        ("河津 焦化", ["p4"]),
        (" 91140400 MA0H4D ", ["p3"]),
        ("……", []),
        ('"', []),
        ("OR", []),
        ("abc*", ["p5"]),
    ],
)
def test_a_plant_is_found_by_any_part_of_name_code_and_initials(plants, typed, ids):
    assert found(plants, typed) == ids


def test_nothing_typed_lists_all_by_their_names_reading(plants):
    assert found(plants, "") == ["p3", "p5", "p4", "p1", "p2"]


def test_with_a_fix_the_nearest_come_first_and_those_without_a_place_last(plants):
    assert found(plants, "", HERE) == ["p4", "p1", "p2", "p3", "p5"]
    told = dict(
        (entity["id"], far) for entity, far in plants.mirror.search_entities("有限", 40, HERE)
    )
    assert told["p4"] == pytest.approx(metres(HERE, Position(35.601, 110.701)))
    assert told["p3"] is None


def test_a_plant_renamed_is_found_by_its_new_name_only(plants):
    plants.mirror.apply("entities", [plant(1, "河津市远岫铸造厂")], PLACE, whole=False)
    assert found(plants, "星澜") == []
    assert found(plants, "远岫") == ["p1"]
    assert found(plants, "铸造") == ["p1"]


def test_a_plant_that_leaves_leaves_nothing_behind(plants):
    gone = [{"id": "p1", "removed": True}]
    plants.mirror.apply("entities", [plant(1, "又来又走的企业"), *gone], PLACE, whole=False)
    plants.db.conn.execute("delete from mirror where id = 'p2'")
    assert found(plants, "铸造") == found(plants, "动火") == found(plants, "又来") == []
    for table in ("plant", "plant_words"):
        assert plants.db.conn.execute(f"select count(*) from {table}").fetchone() == (3,)
    plants.mirror.forget_places()
    assert plants.db.conn.execute("select count(*) from plant_words").fetchone() == (0,)


def test_a_pull_that_brings_everything_anew_leaves_only_what_it_brought(plants):
    plants.mirror.apply("entities", SOME[:2], PLACE, whole=True)
    assert found(plants, "") == ["p1", "p2"]
    assert found(plants, "焦化") == []


def test_the_index_is_kept_in_the_transaction_of_the_row(plants):
    class Pulled(Exception):
        pass

    def pulled_out():
        with plants.atomic():
            plants.mirror.apply("entities", [plant(9, "断电前的企业")], PLACE, whole=False)
            raise Pulled

    with pytest.raises(Pulled):
        pulled_out()
    assert found(plants, "断电") == []


def test_an_older_store_is_brought_to_find_its_plants(tmp_path, monkeypatch):
    with monkeypatch.context() as before:
        before.setattr(schema, "STEPS", schema.STEPS[:1])
        db_only = tmp_path / "tablet"
        db_only.mkdir()
        import sqlite3

        from sqlite_utils import Database

        db = Database(sqlite3.connect(db_only / "tablet.sqlite3", isolation_level=None))
        schema.bring_up_to_date(db)
        for row in SOME:
            db.conn.execute(
                "insert into mirror values ('entities', ?, ?, ?)",
                (row["id"], row["name"], json.dumps(row)),
            )
        db.conn.close()
    store = brought_in(tmp_path / "tablet")
    assert found(store, "动火") == ["p2"]
    assert found(store, "", HERE)[0] == "p4"
    store.close()


@pytest.mark.parametrize("many", [0, 3, 10_000])
def test_walk_and_index_find_what_looking_at_every_plant_finds(tmp_path, monkeypatch, many):
    """Whatever the number from which plants are met on a walk: the same plants, in the same order."""
    monkeypatch.setattr(finder, "MANY", many)
    chance = random.Random(7)
    rows = [
        plant(n, "".join(chance.choices("河津市铝业铸造长乐行", k=6)),
              lat=round(35 + chance.random(), 5) if n % 5 else None,
              lon=round(110 + chance.random(), 5))
        for n in range(400)
    ]  # fmt: skip
    store = opened(tmp_path / "tablet")
    store.mirror.apply("entities", rows, PLACE, whole=True)
    for typed in ("", "铸", "铝业", "长乐", "ly", "cl", "dem01", "铸造 长"):
        for here in (None, HERE, Position(20, 90), Position(36.2, 109.1)):
            held = [
                row for row in rows
                if all(
                    any(word in part for part in
                        (plain(row["name"]), plain(row["credit_code"]), *initials(row["name"])))
                    for word in typed.split()
                )
            ]  # fmt: skip
            told = store.mirror.search_entities(typed, 30, here)
            assert {entity["id"] for entity, _ in told} <= {row["id"] for row in held}
            assert len(told) == min(30, len(held))
            if here:
                far = [one for _, one in told if one is not None]
                assert far == pytest.approx(sorted(far), rel=1e-3)
                wanted = sorted(
                    metres(here, Position(float(v["latitude"]), float(v["longitude"])))
                    for row in held if (v := row["values"])
                )  # fmt: skip
                assert far == pytest.approx(wanted[: len(far)], rel=1e-3)
    store.close()


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("重庆火锅", "cqhg"),
        ("重型机械", "zxjx"),
        ("运城银行", "ycyh"),
        ("长治钢铁", "czgt"),
        ("长子县", "zzx"),
        ("洪洞焦化", "htjh"),
        ("解州铝厂", "xzlc"),
        ("音乐", "yy"),
        ("乐百氏", "lbs"),
        ("曾家", "zj"),
        ("ABC（河津）厂", "abchjc"),
    ],
)
def test_characters_of_several_readings_are_read_as_the_word_says(name, first):
    assert initials(name)[0] == first


def test_the_other_reading_is_found_too():
    assert initials("河津市长青") == ["hjscq", "hjszq"]
    assert max(map(len, (initials("长长长重行乐解") for _ in range(1)))) <= 6

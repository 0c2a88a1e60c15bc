"""The journal of a tablet: written once, chained, never deleted; emptied only by retention."""

import ast
import json
import re
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from sqlite_utils import Database

from field_app import schema
from field_app.moments import kept, now
from field_app.proof import checked, exported
from field_app.receipt_keys import receipt_keys
from field_app.retention import KEPT, tidy
from field_app.takeover import state
from tests.field_app.tablet import brought_in, opened, receipt_of

AT = "2026-06-23T01:05:00Z"
PROBLEM = {"code": "x", "title": "检查人员少于两人"}
ROOT = Path(__file__).parents[2]


def written(store, number=3, subject="inspection:a"):
    return [
        store.outbox.write(subject, "inspection.record", {"id": str(n), "地点": "炉前"}, AT)
        for n in range(number)
    ]


def letters(store):
    return {one.id: one for one in store.outbox.letters()}


def proved(store):
    return checked(b"".join(exported(store)), receipt_keys(store))


# --- the chain


def test_every_letter_follows_the_one_written_before_it(store):
    written(store, 2)
    written(store, 2, "inspection:b")
    link = store.outbox.journal.name
    for seq, one in enumerate(store.outbox.letters(), start=1):
        assert (one.seq, one.prev) == (seq, link)
        link = one.link
    assert store.outbox.journal.broken(store.device) is None
    assert proved(store).faults == []


def test_a_letter_sent_again_is_the_next_of_the_journal_in_the_old_ones_place(store):
    first, second, third = written(store)
    store.outbox.refused(letters(store)[first], PROBLEM, None)
    fresh = store.outbox.send_again(first, AT)
    assert [one.id for one in store.outbox.waiting()] == [fresh, second, third]
    assert letters(store)[fresh].seq == 4
    assert store.outbox.journal.broken(store.device) is None


def test_after_is_the_letter_of_the_subject_that_still_counts_when_it_is_sent(store):
    first, second, third = written(store)
    (other,) = written(store, 1, "inspection:b")
    by_id = letters(store)
    sent = store.outbox.on_the_wire([by_id[one] for one in (first, second, third, other)])
    assert [one["after"] for one in sent] == [None, first, second, None]
    store.outbox.refused(by_id[first], PROBLEM, None)
    fresh = store.outbox.send_again(first, AT)
    by_id = letters(store)
    sent = store.outbox.on_the_wire([by_id[one] for one in (fresh, second, third)])
    assert [one["after"] for one in sent] == [None, fresh, second]


def test_two_stores_have_two_journals(tmp_path, store):
    other = opened(tmp_path / "other")
    assert other.outbox.journal.name != store.outbox.journal.name
    other.close()


@pytest.mark.parametrize(
    "change",
    [
        "update letter set subject = 'x' where seq = 2",
        "update letter set written_at = '2026-06-23T01:06:00Z' where seq = 2",
        "update letter set sha256 = replace(sha256, substr(sha256, 1, 1), 'z') where seq = 2",
        "update letter set link = prev where seq = 2",
        "update letter set seq = null where seq = 2",
        "delete from letter where seq = 2",
    ],
)
def test_a_broken_chain_is_told_and_not_repaired(store, change):
    written(store)
    for guard in ("letter_is_as_written", "letter_stays"):
        store.db.conn.execute(f"drop trigger {guard}")
    store.db.conn.execute(change)
    before = state(store.db.conn)
    store.close()
    again = opened(store.folder)
    broken = again.outbox.journal.broken(again.device)
    assert broken is not None
    assert broken.why
    assert again.outbox.journal.broken(again.device) == broken
    assert state(again.db.conn) == before
    assert proved(again).faults
    again.close()


def test_what_was_looked_at_is_not_looked_at_again_until_the_store_is_opened(store):
    written(store)
    assert store.outbox.journal.broken(store.device) is None
    seen: list[str] = []
    store.db.conn.set_trace_callback(seen.append)
    written(store, 1)
    assert store.outbox.journal.broken(store.device) is None
    store.db.conn.set_trace_callback(None)
    assert any("seq > 3" in said for said in seen)


# --- an older store


def older(folder, states=("sent", "replaced", "waiting", "waiting")):
    """A store of before the journal, its second letter sent again in its place."""
    folder.mkdir()
    db = Database(sqlite3.connect(folder / "tablet.sqlite3", isolation_level=None))
    for statement in schema.FIRST.split(";"):
        if statement.strip():
            db.conn.execute(statement)
    db.conn.execute("pragma user_version = 1")
    db.conn.execute("insert into setting values ('device', '\"old-tablet\"')")
    for number, stands in enumerate(states):
        body = {"id": str(number)}
        receipt = (
            '{"letter":"l0","sha256":"x","received_at":"2026-06-01T00:00:00Z","state":"applied"}'
        )
        db.table("letter").insert({
            "id": f"l{number}", "position": {3: 2}.get(number, number + 1), "subject": "a",
            "kind": "inspection.record", "body": json.dumps(body), "sha256": "x",
            "written_at": AT, "state": stands, "receipt": receipt if stands == "sent" else None,
        })  # fmt: skip
    db.conn.close()


def test_letters_of_an_older_store_get_their_places_in_the_order_of_the_outbox(tmp_path):
    older(tmp_path / "old")
    store = brought_in(tmp_path / "old")
    assert store.device == "old-tablet"
    assert [(one.id, one.seq) for one in store.outbox.letters()] == [
        ("l0", 1), ("l1", 2), ("l3", 3), ("l2", 4),
    ]  # fmt: skip
    assert store.outbox.journal.broken("old-tablet") is None
    written(store, 1)
    assert [one.seq for one in store.outbox.letters()][-1] == 5
    assert store.outbox.journal.broken(store.device) is None
    store.close()


# --- nothing goes


@pytest.mark.parametrize(
    "statement",
    [
        "delete from letter",
        "update letter set body = '{}'",
        "update letter set body = '{}', emptied_at = '2026-01-01' where receipt is null",
        "update letter set body = 'x', emptied_at = '2026-01-01' where receipt is not null",
        "update letter set seq = seq + 10",
        "update letter set link = prev",
        "update letter set sha256 = ''",
        "insert or replace into letter select * from letter where seq = 1",
    ],
)
def test_sqlite_itself_refuses_to_delete_or_change_a_letter(store, statement):
    first, *_ = written(store)
    store.outbox.sent(first, receipt_of(store, letters(store)[first]))
    before = state(store.db.conn)
    store.db.conn.execute("pragma recursive_triggers = on")
    with pytest.raises(store.db.conn.IntegrityError):
        store.db.conn.execute(statement)
    assert state(store.db.conn) == before


AWAY = re.compile(
    r"\b(delete\s+from|drop\s+table(\s+if\s+exists)?|replace\s+into|insert\s+or\s+replace\s+into)\s+"
    r"(?P<what>\w+|\{\})",
    re.IGNORECASE,
)
CHANGED = re.compile(r"\bupdate\s+(letter|\{\})\s+set\s+(?P<what>.*?)(\bwhere\b|$)", re.I | re.S)
OF_THE_JOURNAL = {"letter", "journal"}
AS_WRITTEN = {"id", "seq", "prev", "link", "subject", "kind", "sha256", "written_at", "body"}
METHODS = {"delete", "delete_where", "drop", "update", "upsert", "upsert_all", "transform"}


def statements(tree):
    """Every text of a module, what is put into it as {}."""
    inner = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)
             for part in node.values}  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                str(x.value) if isinstance(x, ast.Constant) else "{}" for x in node.values
            )
        elif (
            isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inner
        ):
            yield node.value


def takes_away(source):
    """What a module takes away from the journal, or might."""
    tree = ast.parse(source)
    for text in statements(tree):
        for found in AWAY.finditer(text):
            if found["what"] in OF_THE_JOURNAL | {"{}"}:
                yield found[0]
        for found in CHANGED.finditer(text):
            columns = set(re.findall(r"(\w+)\s*=", found["what"]))
            if columns & AS_WRITTEN or "{}" in found[0].partition(" set ")[0]:
                yield found[0]
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            and node.func.attr in METHODS and '"letter"' in ast.unparse(node.func).replace("'", '"')
        ):  # fmt: skip
            yield ast.unparse(node)


def test_the_retention_job_is_the_only_one_that_takes_anything_from_the_journal():
    found = {
        str(path.relative_to(ROOT)): away
        for path in sorted((ROOT / "field_app").rglob("*.py"))
        if (away := list(takes_away(path.read_text("utf-8"))))
    }
    # The step that gave older letters their places ran before there was a chain.
    places = found.pop("field_app/schema_journal.py")
    assert places == ["update letter set seq = ?, prev = ?, link = ? where"]
    assert list(found) == ["field_app/retention.py"]
    # By age, and of what has left the officer's sight.
    assert len(found["field_app/retention.py"]) == 2


@pytest.mark.parametrize(
    "source",
    [
        'db.execute("delete from letter where state = 1")',
        'db.execute(f"delete from {table}")',
        'db.execute("DROP TABLE letter")',
        'db.execute("insert or replace into letter values (1)")',
        'db.execute("update letter set state = 1, body = 2 where id = 3")',
        'db.table("letter").delete_where("x")',
        "db['letter'].update(1, {})",
    ],
)
def test_what_would_take_something_away_is_found(source):
    assert list(takes_away(source))


# --- retention


def receipted(store, days, newest=0):
    """Three letters: one receipted `days` ago, one `newest` days ago, one waiting."""
    first, second, third = written(store, subject="inspection:b")
    by_id = letters(store)
    for letter_id, age in ((first, days), (second, newest)):
        at = kept(now() - timedelta(days=age))
        store.outbox.sent(letter_id, receipt_of(store, by_id[letter_id], at))
    return first, second, third


def test_a_body_goes_thirty_days_after_its_receipt_and_the_chain_is_proved_as_before(store):
    first, second, third = receipted(store, days=31)
    whole = letters(store)
    assert tidy(store, now()) == 1
    after = letters(store)
    assert after[first].body == {}
    assert (after[second], after[third]) == (whole[second], whole[third])
    kept_of = [getattr(after[first], x) for x in ("id", "sha256", "link", "receipt", "state")]
    assert kept_of == [
        getattr(whole[first], x) for x in ("id", "sha256", "link", "receipt", "state")
    ]
    found = proved(store)
    assert (found.letters, found.receipted, found.faults) == (3, 2, [])
    assert tidy(store, now()) == 0


def test_a_younger_body_stays_and_so_does_one_without_a_receipt_for_ever(store):
    written(store)
    assert tidy(store, now() + timedelta(days=4000)) == 0
    receipted(store, days=29)
    assert tidy(store, now()) == 0


def test_a_clock_that_jumped_ahead_empties_nothing(store):
    receipted(store, days=3)
    assert tidy(store, now() + timedelta(days=365)) == 0


def test_a_refused_letter_keeps_its_body_since_it_may_be_sent_again(store):
    first, *_ = written(store)
    one = letters(store)[first]
    old = receipt_of(store, one, kept(now() - timedelta(days=60)), "rejected")
    store.outbox.refused(one, PROBLEM, old)
    receipted(store, days=0)
    assert tidy(store, now()) == 0
    assert store.outbox.send_again(first, AT)
    assert tidy(store, now()) == 1


def test_thirty_days_are_thirty_days():
    assert timedelta(days=30) == KEPT

"""The vault: a store for each person, opened by the password, with or without the office."""

import json
from datetime import timedelta

import httpx
import pytest

from field_app import offline, vault
from field_app.actions.sign_in import enter
from field_app.crypt import keys
from field_app.moments import now
from field_app.offline import DAYS
from field_app.refusals import (
    NotHereBefore,
    OfficeTooLongAgo,
    OldPasswordWrong,
    PasswordChanged,
    TooManyTries,
    WrongPassword,
)
from field_app.store import ERASED, KEY
from field_app.vault import FREE, LONGEST_PAUSE, Vault, note, show_as
from tests.field_app.office import PASSWORD, URL
from tests.field_app.tablet import LIGHT
from tests.field_app.weather import NO_SIGNAL, Weather

ME = {"account": "a", "name": "张岳", "region": "140882"}


@pytest.fixture
def here(tmp_path):
    """A vault in which zhangyue has signed in once, and his letter waits."""
    here = Vault(tmp_path / "tablet", LIGHT)
    store = here.opened("zhangyue", here.admit("zhangyue", PASSWORD, "a"))
    store.set("me", ME)
    store.set("token", {"access": "x", "refresh": "y", "good_until": "2026-01-01T00:00:00Z"})
    store.outbox.write("a", "inspection.record", {"id": "1"}, "2026-06-01T00:00:00Z")
    note(store)
    store.close()
    return here


def letters(store):
    found = [one.body["id"] for one in store.outbox.letters()]
    store.close()
    return found


def test_the_password_opens_the_store_without_the_office(here):
    assert letters(here.open("zhangyue", PASSWORD)) == ["1"]
    assert letters(Vault(here.root).open("zhangyue", PASSWORD)) == ["1"]


def test_who_has_not_signed_in_here_needs_the_office_first(here):
    with pytest.raises(NotHereBefore):
        here.open("liqiu", PASSWORD)
    assert here.knows("zhangyue")
    assert not here.knows("liqiu")


def test_a_wrong_password_is_refused_and_the_right_one_still_opens(here):
    with pytest.raises(WrongPassword):
        here.open("zhangyue", "Hejin-2026-wrong")
    assert letters(here.open("zhangyue", PASSWORD)) == ["1"]


def test_a_guess_costs_its_work_whether_the_name_is_known_or_not(here, monkeypatch):
    asked = []
    real = keys.stretched

    def counted(password, salt, work):
        asked.append(work)
        return real(password, salt, work)

    monkeypatch.setattr(keys, "stretched", counted)
    for name in ("zhangyue", "nobody"):
        with pytest.raises((WrongPassword, NotHereBefore)):
            here.open(name, "x")
    assert asked == [LIGHT, LIGHT]


def test_after_several_wrong_passwords_the_next_try_waits_longer_each_time(here, monkeypatch):
    at = now()
    monkeypatch.setattr(vault, "now", lambda: at)
    for _ in range(FREE):
        with pytest.raises(WrongPassword):
            here.open("zhangyue", "x")
    pauses = []
    for _ in range(10):
        began = at
        with pytest.raises(TooManyTries):
            # As after a restart: the count is on disk.
            Vault(here.root, LIGHT).open("zhangyue", PASSWORD)
        while True:
            at += timedelta(seconds=10)
            try:
                here.open("zhangyue", "x")
            except TooManyTries:
                continue
            except WrongPassword:
                break
        pauses.append(at - began)
    assert pauses == sorted(pauses)
    assert pauses[:3] == [timedelta(seconds=one) for one in (30, 60, 120)]
    assert pauses[-1] == LONGEST_PAUSE
    at += LONGEST_PAUSE
    assert letters(here.open("zhangyue", PASSWORD)) == ["1"]
    with pytest.raises(WrongPassword):
        here.open("zhangyue", "x")


def test_a_clock_that_was_set_back_makes_nobody_wait_longer_than_the_pause(here, monkeypatch):
    at = now()
    monkeypatch.setattr(vault, "now", lambda: at)
    for _ in range(FREE):
        with pytest.raises(WrongPassword):
            here.open("zhangyue", "x")
    at -= timedelta(days=400)
    with pytest.raises(TooManyTries):
        here.open("zhangyue", PASSWORD)
    at += timedelta(seconds=30)
    assert letters(here.open("zhangyue", PASSWORD)) == ["1"]


def test_a_key_file_that_asks_for_less_work_or_more_than_there_is_opens_nothing(here):
    place = here.folder("zhangyue") / KEY
    told = json.loads(place.read_bytes())
    place.write_text(json.dumps(told | {"p": 2}))
    with pytest.raises(WrongPassword):
        here.open("zhangyue", PASSWORD)
    place.write_text(json.dumps(told | {"n": 1 << 40}))
    with pytest.raises(ValueError, match="too much"):
        here.open("zhangyue", PASSWORD)


def test_the_default_work_is_what_is_held_to_be_enough():
    work = keys.Work()
    assert 128 * work.n * work.r == 32 << 20
    assert work.p == 3


# --- a password that was changed at the office


def test_the_old_password_wraps_the_key_anew(here):
    with pytest.raises(PasswordChanged):
        here.admit("zhangyue", "new", "a")
    with pytest.raises(OldPasswordWrong):
        here.admit("zhangyue", "new", "a", "wrong")
    here.admit("zhangyue", "new", "a", PASSWORD)
    assert letters(here.open("zhangyue", "new")) == ["1"]
    with pytest.raises(WrongPassword):
        here.open("zhangyue", PASSWORD)


def test_an_open_store_is_wrapped_anew_without_the_old_password(here):
    store = here.open("zhangyue", PASSWORD)
    assert here.holds("zhangyue", store)
    assert not here.holds("liqiu", store)
    here.rewrap(store, "new")
    store.close()
    assert letters(here.open("zhangyue", "new")) == ["1"]


def test_a_store_whose_password_nobody_knows_is_sealed_and_told_and_opens_when_it_is_recalled(here):
    here.set_aside("zhangyue")
    assert not here.knows("zhangyue")
    assert [(one.name, one.unsent, one.sealed) for one in here.known()] == [("张＊", 1, True)]
    fresh = here.opened("zhangyue", here.admit("zhangyue", "new", "a"))
    assert letters(fresh) == []
    with pytest.raises(WrongPassword):
        here.open_sealed("zhangyue", "x")
    assert letters(here.open_sealed("zhangyue", PASSWORD)) == ["1"]


# --- who is here


def test_two_people_have_two_stores_and_one_s_letters_wait_for_him(here):
    other = here.opened("liqiu", here.admit("liqiu", "Another-2026", "b"))
    assert letters(other) == []
    with pytest.raises(WrongPassword):
        here.open("liqiu", PASSWORD)
    assert letters(here.open("zhangyue", PASSWORD)) == ["1"]
    assert here.open("liqiu", "Another-2026").device == here.device.id


def test_a_closed_store_has_forgotten_its_key(here):
    store = here.open("zhangyue", PASSWORD)
    kept = store.files.keep(b"one", "jpg")
    store.close()
    assert store.key == b""
    with pytest.raises(store.db.conn.ProgrammingError):
        store.setting("me")
    with pytest.raises(Exception, match="损坏"):
        store.files.read(kept.path)


def test_the_sign_in_screen_shows_a_masked_name_unless_its_person_chose_otherwise(here):
    assert [(one.name, one.unsent) for one in here.known()] == [("张＊", 1)]
    store = here.open("zhangyue", PASSWORD)
    show_as(store, whole_name=True)
    assert [one.name for one in here.known()] == ["张岳"]
    show_as(store, whole_name=False)
    assert [one.name for one in here.known()] == ["张＊"]
    store.close()


def test_the_theme_is_kept_for_all(here):
    assert here.theme is None
    here.theme = "dark"
    assert Vault(here.root).theme == "dark"


# --- too long without the office


def test_without_the_office_for_too_long_the_password_alone_does_not_open(here, monkeypatch):
    store = here.open("zhangyue", PASSWORD)
    offline.heard(store)
    store.close()
    later = now() + timedelta(days=DAYS, minutes=1)
    monkeypatch.setattr(offline, "now", lambda: later)
    with pytest.raises(OfficeTooLongAgo):
        here.open("zhangyue", PASSWORD)
    store = here.opened("zhangyue", here.admit("zhangyue", PASSWORD, "a"))
    offline.heard(store)
    store.close()
    assert letters(here.open("zhangyue", PASSWORD)) == ["1"]


# --- erased


def test_an_erased_store_is_gone_and_another_s_is_not(here):
    here.opened("liqiu", here.admit("liqiu", "Another-2026", "b")).close()
    store = here.open("zhangyue", PASSWORD)
    store.files.keep(b"photo", "jpg")
    store.erase()
    assert not here.knows("zhangyue")
    assert here.knows("liqiu")
    assert [one.name for one in here.people.iterdir()] == [here.folder("liqiu").name]


def test_an_erasure_that_was_broken_off_is_ended_at_the_next_start(here):
    folder = here.folder("zhangyue")
    folder.rename(folder.with_name(f"{folder.name}{ERASED}"))
    assert not here.knows("zhangyue")
    Vault(here.root)
    assert list(here.people.iterdir()) == []


# --- at the real office


async def test_the_first_sign_in_makes_the_store_and_later_ones_need_no_signal(tmp_path, office):
    here, weather = Vault(tmp_path / "tablet", LIGHT), Weather(office.transport, [NO_SIGNAL])
    with pytest.raises(NotHereBefore):
        await enter(here, URL, "zhangyue", PASSWORD, weather)
    assert not here.knows("zhangyue")
    store = await enter(here, URL, "zhangyue", PASSWORD, weather)
    assert store.setting("me")["name"] == "张岳"
    store.close()
    for password, wanted in ((PASSWORD, None), ("Hejin-2026-wrong", WrongPassword)):
        weather.script = [NO_SIGNAL]
        if wanted is None:
            (await enter(here, URL, "zhangyue", password, weather)).close()
            continue
        with pytest.raises(wanted):
            await enter(here, URL, "zhangyue", password, weather)
        with pytest.raises(wanted):
            await enter(here, URL, "zhangyue", password, weather)
    assert [one.name for one in here.known()] == ["张＊"]


async def test_an_office_that_is_silent_costs_no_password_try(here):
    def cut(request):
        raise httpx.ConnectError("no route", request=request)

    for _ in range(FREE + 2):
        store = await enter(here, URL, "zhangyue", PASSWORD, httpx.MockTransport(cut))
        store.close()

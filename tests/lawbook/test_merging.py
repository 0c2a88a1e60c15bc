"""Answers of several officers to one check list come to one view, whatever the order."""

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawbook.merging import (
    ANSWER,
    REMARK,
    Change,
    Patch,
    left_out,
    merged,
    open_items,
    settlements,
)

TABLETS = ("A", "B", "C")


def patch(id_, value, over=(), *, item="A01", field=ANSWER, officer="A", at="10:00"):
    fields = {field: Change(value, frozenset(over))}
    return Patch(id_, item, fields, officer, f"tablet {officer}", f"2026-06-23T{at}:00Z")


def test_two_officers_who_answer_different_items_do_not_meet():
    view = merged([patch("a", "met"), patch("b", "not_met", item="A02", officer="B")])
    assert open_items(view) == []
    assert {item: fields[ANSWER].value for item, fields in view.items()} == {
        "A01": "met", "A02": "not_met",
    }  # fmt: skip


def test_two_officers_who_say_different_fields_of_one_item_are_both_heard():
    view = merged([patch("a", "met"), patch("b", "已查看台账", field=REMARK, officer="B")])
    assert open_items(view) == []
    assert {field: one.value for field, one in view["A01"].items()} == {
        ANSWER: "met", REMARK: "已查看台账",
    }  # fmt: skip


def test_the_same_field_answered_differently_is_kept_twice_and_open():
    view = merged([patch("a", "met"), patch("b", "not_met", officer="B", at="10:05")])
    assert open_items(view) == ["A01"]
    assert [(one.officer, one.value) for one in view["A01"][ANSWER].standing] == [
        ("A", "met"), ("B", "not_met"),
    ]  # fmt: skip


def test_the_same_field_answered_alike_is_no_conflict():
    view = merged([patch("a", "met"), patch("b", "met", officer="B")])
    assert open_items(view) == []


def test_a_word_over_what_was_seen_stands_alone():
    view = merged([patch("a", "met"), patch("b", "not_met", ["a"], officer="B")])
    assert open_items(view) == []
    assert view["A01"][ANSWER].value == "not_met"


def test_a_choice_between_two_words_settles_them_and_names_who_chose():
    patches = [
        patch("a", "met"), patch("b", "not_met", officer="B"),
        patch("c", "not_met", ["a", "b"], officer="A", at="10:30"),
    ]  # fmt: skip
    assert open_items(merged(patches)) == []
    (one,) = settlements(patches)
    assert (one.item, one.field, one.chosen.officer, one.chosen.value) == (
        "A01", ANSWER, "A", "not_met",
    )  # fmt: skip
    assert [word.officer for word in one.left] == ["A"]


def test_two_different_choices_at_once_are_open_again():
    patches = [
        patch("a", "met"), patch("b", "not_met", officer="B"),
        patch("c", "met", ["a", "b"]), patch("d", "not_met", ["a", "b"], officer="B"),
    ]  # fmt: skip
    assert open_items(merged(patches)) == ["A01"]


def test_different_words_about_a_finding_that_nobody_finds_hold_nothing_up():
    patches = [
        patch("a", "未建立台账", field="description"),
        patch("b", "台账不全", field="description", officer="B"),
        patch("c", "met"),
    ]
    assert open_items(merged(patches)) == []
    assert open_items(merged([*patches[:2], patch("c", "not_met")])) == ["A01"]


def test_a_clock_that_is_wrong_decides_nothing():
    early = merged([patch("a", "met", at="23:59"), patch("b", "not_met", ["a"], at="00:01")])
    assert early["A01"][ANSWER].value == "not_met"


def test_what_the_record_does_not_say_is_told_with_its_officer():
    view = merged([
        patch("a", "met"), patch("b", "not_met", officer="B"),
        patch("d", "灭火器失效", field="description", officer="B"),
        patch("r", "一致", field=REMARK, officer="B"),
    ])  # fmt: skip
    found = left_out(view, {"A01": {ANSWER: "met", REMARK: "一致"}})
    assert [(item, field, word.officer, word.value) for item, field, word in found] == [
        ("A01", ANSWER, "B", "not_met"), ("A01", "description", "B", "灭火器失效"),
    ]  # fmt: skip


def test_words_about_a_finding_that_its_officer_took_back_are_not_told_as_left_out():
    view = merged([
        patch("a", "not_met"), patch("d", "灭火器失效", field="description"), patch("b", "met", ["a"]),
    ])  # fmt: skip
    assert left_out(view, {"A01": {ANSWER: "met", REMARK: ""}}) == []


# A small history: each step one tablet answers having seen some of what there is, or takes over
# what another has.
STEPS = st.lists(
    st.tuples(
        st.sampled_from(TABLETS),
        st.sampled_from(("met", "not_met", "not_applicable")),
        st.sets(st.sampled_from(TABLETS), max_size=2),
    ),
    min_size=1,
    max_size=5,
)


def history(steps):
    """The patches of three tablets that now and then take over what the others have."""
    known: dict[str, dict[str, Patch]] = {tablet: {} for tablet in TABLETS}
    made = []
    for number, (tablet, value, heard) in enumerate(steps):
        for other in heard:
            known[tablet] |= known[other]
        here = merged(known[tablet].values()).get("A01", {}).get(ANSWER)
        # A clock may be anywhere: the moment says nothing of who saw what.
        at = f"{(7 * number) % 24:02}:00"
        one = patch(f"p{number}", value, here.seen if here else (), officer=tablet, at=at)
        known[tablet][one.id] = one
        made.append(one)
    return made


def behind(made):
    """For each patch everything that its officer had seen, however far back."""
    by_id = {one.id: one for one in made}
    seen: dict[str, set[str]] = {}
    for one in made:
        over = one.fields[ANSWER].over
        seen[one.id] = set(over).union(*(seen[other] for other in over if other in by_id))
    return seen


@settings(max_examples=150, deadline=None)
@given(STEPS)
def test_every_order_of_a_small_history_comes_to_the_same_view(steps):
    made = history(steps)
    views = [merged(order) for order in permutations(made)]
    assert all(view == views[0] for view in views)
    assert merged([*made, *made]) == views[0]
    assert all(settlements(order) == settlements(made) for order in permutations(made))


@settings(max_examples=300, deadline=None)
@given(STEPS)
def test_nothing_is_lost_and_a_conflict_is_shown_exactly_where_nobody_saw_the_other(steps):
    made = history(steps)
    seen, values = behind(made), {one.id: one.fields[ANSWER].value for one in made}
    view = merged(made)["A01"][ANSWER]
    # What stands no more was before the eyes of whoever replaced it.
    assert all(
        one.id in view.seen or any(one.id in seen[other.id] for other in made) for one in made
    )
    unseen = {one.id for one in made if not any(one.id in seen[other.id] for other in made)}
    assert view.seen == unseen
    apart = {values[one] for one in unseen}
    assert view.open is (len(apart) > 1)
    assert set(view.standing_values) == apart


@settings(max_examples=150, deadline=None)
@given(STEPS, st.data())
def test_a_part_of_a_history_grows_into_the_same_view(steps, data):
    made = history(steps)
    part = data.draw(st.lists(st.sampled_from(made), unique_by=lambda one: one.id))
    merged(part)  # whatever has come so far has a view
    assert merged([*part, *made]) == merged(made)


@pytest.mark.parametrize("missing", [0, 1])
def test_a_patch_whose_forerunner_has_not_come_yet_stands_and_stays(missing):
    made = [patch("a", "met"), patch("b", "not_met", ["a"]), patch("c", "met", ["b"])]
    early = [one for index, one in enumerate(made) if index != missing]
    assert "c" in merged(early)["A01"][ANSWER].seen
    assert merged([*early, made[missing]])["A01"][ANSWER].seen == {"c"}

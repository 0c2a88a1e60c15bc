"""A case is the sum of its acts: however they are folded, and nothing unlawful moves it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lawbook.penalty.act import START, Act, chain, link_of
from lawbook.penalty.case import Case
from lawbook.penalty.duties import duties
from lawbook.penalty.facts import facts
from lawbook.penalty.judging import judge, next_acts, take
from lawbook.penalty.kind import REGISTRY
from lawbook.penalty.shape import Field, Kind, faults
from lawbook.refusal import Refusal
from tests.lawbook.penalty import stories as told
from tests.lawbook.penalty.stories import LI, PAIR, QIAN, WANG, WORLD, ZHANG, ZHAO, Story

STORIES = dict(told.every_story())
PEOPLE = st.sampled_from((ZHANG, LI, WANG, ZHAO, QIAN))


def said(field: Field) -> st.SearchStrategy:
    """Something that the field may say."""
    match field.kind:
        case Kind.FLAG:
            return st.booleans()
        case Kind.FEN:
            return st.sampled_from((10_000, 2_000_000, 6_000_000))
        case Kind.COUNT:
            return st.integers(0, 60)
        case Kind.CHOICE:
            return st.sampled_from([code for code, _ in field.choices])
        case Kind.DAY:
            near = st.integers(0, 60).map(lambda n: str(told.Story().on + timedelta(n)))
            return st.one_of(near, near, near, st.sampled_from(("1990-01-01", "2100-12-31")))
        case Kind.MOMENT:
            return st.just("2026-03-02T09:00:00+08:00")
        case Kind.LINES:
            words = [code for code, _ in field.choices] or ["其一", "其二"]
            return st.lists(st.sampled_from(words), min_size=field.least, max_size=2, unique=True)
        case Kind.RECORD:
            return record(field.of)
        case Kind.RECORDS:
            return st.lists(record(field.of), min_size=field.least, max_size=2)
        case _:
            return st.sampled_from((ZHANG.number, QIAN.number, "ordinary@2021", "summary@2021"))


def record(shape: tuple[Field, ...]) -> st.SearchStrategy:
    need = {field.name: said(field) for field in shape if field.required}
    may = {field.name: said(field) for field in shape if not field.required}
    return st.fixed_dictionaries(need, optional=may)


CONTENT = {code: record(kind.shape) for code, kind in REGISTRY.items()}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_lawful_acts_fold_to_the_same_case_and_unlawful_ones_change_nothing(data):
    """Wandering about: at each step an act that is lawful now, or any act at all."""
    case, on, taken = Case(), told.Story().on, list[Act]()
    for n in range(12):
        who = data.draw(PEOPLE)
        offers = next_acts(case, who, on, WORLD, PAIR) if case.acts else ()
        lawful = [one.kind.code for one in offers if one.lawful] or [
            "propose-filing",
            "begin-summary",
        ]
        kind = data.draw(st.sampled_from(lawful) | st.sampled_from(sorted(REGISTRY)))
        content = data.draw(CONTENT[kind])
        if kind in ("propose-filing", "begin-summary", "supplement-filing"):
            content |= told.filing("ordinary@2021" if kind != "begin-summary" else "summary@2021")
        act = Story(case, on).act(kind, who, 0, **content)
        act = Act(f"{n}", act.kind, act.at, act.by, act.officers, act.said, act.rules)
        before = case
        try:
            case = take(case, act, WORLD)
        except Refusal:
            assert case == before
            continue
        taken.append(act)
        assert facts(case)["case"]["stage"] == case.title
        assert all(
            duty.due_on or duty.act or duty.unknown or duty.stands for duty in duties(case, WORLD)
        )
        on += timedelta(data.draw(st.integers(0, 6)))
    assert Case.of(taken) == case
    assert Case.of(Act.of(act.plain()) for act in taken) == case


@pytest.mark.parametrize("name", STORIES)
def test_a_case_folds_the_same_at_once_one_by_one_and_from_json(name):
    whole, slowly = STORIES[name], Case()
    for n, act in enumerate(whole.acts, 1):
        slowly = slowly.after(act)
        assert slowly == Case.of(whole.acts[:n])
    assert slowly == whole == Case.of(Act.of(act.plain()) for act in whole.acts)


@pytest.mark.parametrize("name", STORIES)
def test_what_is_offered_as_lawful_is_not_refused_for_its_place_or_person(name):
    """And what is refused as such is refused: next_acts and judge are of one mind."""
    here = Case()
    for act in STORIES[name].acts:
        if here.acts:
            offered = {one.kind.code: one for one in next_acts(here, act.by, act.on, WORLD, PAIR)}
            assert offered[act.kind].lawful, (act.kind, offered[act.kind].refusals)
            for code, offer in offered.items():
                if offer.lawful:
                    continue
                bare = Act("x", code, act.at, act.by, PAIR if REGISTRY[code].together else (), {})
                assert judge(here, bare, WORLD), code
        here = here.after(act)


def test_the_chain_holds_every_word_of_every_act():
    acts = STORIES["hearing-and-instalments"].acts
    links = chain("case-1", acts)
    assert links[0] == link_of("case-1", START, acts[0])
    assert len(set(links)) == len(acts)
    assert chain("case-2", acts)[0] != links[0]
    for n, act in enumerate(acts):
        other = (ZHAO if act.by != ZHAO else LI).plain()
        for change in ({"id": "other"}, {"said": {**act.said, "x": 1}}, {"by": other}):
            plain = act.plain() | change
            changed = (*acts[:n], Act.of(plain), *acts[n + 1 :])
            told_anew = chain("case-1", changed)
            assert told_anew[:n] == links[:n]
            assert not set(told_anew[n:]) & set(links[n:])


def test_why_an_act_was_entered_afterwards_is_in_the_chain_and_leaves_older_chains_as_they_were():
    act = STORIES["hearing-and-instalments"].acts[1]
    late = replace(act, late="纸质案卷补录")
    assert "late" not in act.plain()
    assert Act.of(late.plain()) == late
    assert link_of("case-1", START, late) != link_of("case-1", START, act)


@pytest.mark.parametrize("code", sorted(REGISTRY))
def test_an_act_that_says_nothing_is_told_what_is_missing(code):
    shape = REGISTRY[code].shape
    wanting = [
        field for field in shape if field.required and field.kind not in (Kind.LINES, Kind.RECORDS)
    ]
    assert len(faults(shape, {})) >= len(wanting)
    assert faults(shape, {"nonsense": 1})[0] == "nonsense：不认识的字段"


@settings(max_examples=4, deadline=None)
@given(st.data())
@pytest.mark.parametrize("code", sorted(REGISTRY))
def test_what_a_shape_allows_has_no_fault(code, data):
    assert faults(REGISTRY[code].shape, data.draw(CONTENT[code])) == []


@pytest.mark.parametrize("code", sorted(REGISTRY))
def test_no_field_stands_twice_in_a_shape(code):
    names = [field.name for field in REGISTRY[code].shape]
    assert len(names) == len(set(names))

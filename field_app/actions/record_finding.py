"""Record a problem that no item of a list says, or a further one of an item (记录问题)."""

from dataclasses import replace
from datetime import date

from field_app.actions.answer_item import answer_item, going_on
from field_app.acts import ticks_at_act
from field_app.enrolment import require_in_use
from field_app.found import item_of
from field_app.moments import day, kept, now, read
from field_app.refusals import ItemUnknown
from field_app.sharing import me
from field_app.shelves.inspections import Answered
from field_app.store import Store
from field_app.words import own_id, patch_of, say
from field_app.writing import CITED, LONG, written
from lawbook.inspection import Answer
from lawbook.rectification import proposed_correct_by, require_order
from lawbook.refusal import Refusal


class FindingWordless(Refusal):
    """A problem of which nothing is said."""

    code = "finding-wordless"
    title = "没有写明发现的问题"
    next_step = "写明看到了什么，再记入"


def record_finding(
    store: Store,
    inspection_id: str,
    *,
    description: str = "",
    basis: str = "",
    penalty_basis: str = "",
    about: str = "",
    correct_by: date | None = None,
    major: bool | None = None,
    criterion: str = "",
) -> Answered:
    """Keep a problem under an id of its own; it is on disk when this returns.

    `about`: the item of which it is a further one (同一检查项的另一处), which is then unmet; words,
    basis, days and `major` are the item's where none are given. Without it the officer says in his
    own words what he found (`description`) and which provision it breaks (`basis`: can be said
    later, before the visit ends); `penalty_basis` is what the catalogue of offences names. It is
    changed by answer_item with its id. Refuses InspectionEnded, ItemUnknown, FindingWordless,
    CorrectionDateImpossible.
    """
    require_in_use(store)
    inspection = going_on(store, inspection_id)
    asked = item_of(store, inspection, about) if about else None
    if about and asked is None:
        raise ItemUnknown(f"检查表中没有 {about} 项")
    words = written(description, LONG, "问题描述") or (asked.unmet if asked else "")
    if not words:
        raise FindingWordless
    serious = bool(asked and asked.major) if major is None else major
    on = day(read(inspection.started_at))
    days = asked.correct_days if asked else None
    until = correct_by or proposed_correct_by(on, days, major=serious)
    key = own_id()
    require_order({key: until}, on)
    found = Answered(
        key, Answer.NOT_MET, "", kept(now()), key, words,
        written(basis, CITED, "违反的规定") or (asked.basis if asked else ""),
        until.isoformat(), serious, None, about,
        written(penalty_basis, CITED, "处罚依据"), written(criterion, CITED, "判定依据"),
    )  # fmt: skip
    patch = patch_of(store, inspection, None, found, me(store, inspection), known={})
    assert patch is not None
    with store.atomic():
        first = store.inspections.answered(inspection_id, about) if about else None
        if about and (first is None or first.answer is not Answer.NOT_MET):
            answer_item(store, inspection_id, about, Answer.NOT_MET)
        say(store, inspection, patch)
        found = replace(found, clock=ticks_at_act(store))
        store.inspections.answer(inspection_id, found)
    return found

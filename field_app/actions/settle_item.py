"""Choose between what two officers said of an item (选定). One choice is one commit."""

from field_app.actions.answer_item import going_on
from field_app.enrolment import require_in_use
from field_app.moments import kept, now
from field_app.refusals import AnswerUnreadable
from field_app.sharing import me
from field_app.store import Store
from field_app.words import choice_of, rebuild, say
from lawbook.merging import merged


def settle_item(store: Store, inspection_id: str, item: str, field: str, patch: str) -> None:
    """Keep that of the different words on a field this one stands. `patch`: whose word, by its id.

    The others are kept beside it. Again: nothing more. Refuses InspectionUnknown, InspectionEnded,
    AnswerUnreadable.
    """
    require_in_use(store)
    inspection = going_on(store, inspection_id)
    standing = merged(store.visits.patches(inspection_id, item)).get(item, {}).get(field)
    if standing is None or not standing.open:
        return
    chosen = next((word for word in standing.standing if word.patch == patch), None)
    if chosen is None:
        raise AnswerUnreadable("所选的填写已被替换")
    choice = choice_of(
        store, item, field, standing, chosen.value, me(store, inspection), kept(now())
    )
    with store.atomic():
        say(store, inspection, choice)
        rebuild(store, inspection, {item})

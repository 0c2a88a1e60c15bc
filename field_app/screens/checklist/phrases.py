"""Little typing at the check list (少打字): remarks ready to use, and the item for what was seen."""

from dataclasses import dataclass

from field_app.moments import day, now
from field_app.screens.checklist.naming import WORDS
from field_app.shelves.packs import PackMissing
from field_app.store import Store
from lawbook.citation import written_out
from lawbook.inspection import Answer
from lawbook.phrasebook import Phrasebook, Phrases, offences

PACK = "on-the-spot"
LEAST = 2
"""Characters from which on a search begins."""
SHOWN = 8
OFFENCES = 4
"""Offences of the catalogue that are shown after the items."""


@dataclass(frozen=True, slots=True)
class Clause:
    """What fits what was said: draft words, an article, and what was answered so far.

    An item, or (`offence`) an entry of the catalogue, which then names what it breaks (`broke`) and
    what penalises it (`penalised`), as forms cite them. `beyond`: the name of what it comes from,
    where no list of the visit asks it.
    """

    code: str
    draft: str
    basis: str
    word: str
    beyond: str = ""
    offence: bool = False
    broke: str = ""
    penalised: str = ""


def phrases(store: Store) -> Phrases:
    """The phrase book; empty until one has been pulled."""
    try:
        return Phrases.from_content(store.packs.body("phrases", PACK))
    except PackMissing:
        return Phrases({}, {}, {})


def remarks(store: Store) -> tuple[str, ...]:
    """Remarks to choose from (检查备注)."""
    return phrases(store).sets.get("remark", ())


def called(store: Store, inspection_id: str) -> list[str]:
    """What plants call the things that this visit's lists ask about, each once."""
    codes, aliases = _codes(store, inspection_id), phrases(store).aliases
    # The first word of each group: as many buttons as a hand can choose among.
    return list(dict.fromkeys(said[0] for code, said in aliases.items() if code in codes and said))


def clauses(store: Store, inspection_id: str, said: str) -> list[Clause]:
    """Whatever on this tablet fits what was said, best first: items of the visit's lists before those
    of others that fit as well, then the catalogue of offences."""
    words = "".join(said.split())
    inspection = store.inspections.one(inspection_id)
    if len(words) < LEAST or inspection is None:
        return []
    today = day(now())
    mine = [store.packs.checklist(ref) for ref in inspection.checklists if store.packs.has(ref)]
    others = [one for one in store.packs.checklists(today) if one.ref not in inspection.checklists]
    names = {one.ref: one.name for one in (*mine, *others)}
    codes, answers = _codes(store, inspection_id), store.inspections.answers(inspection_id)
    found = [
        Clause(
            one.item.code,
            one.item.unmet,
            written_out(one.item.basis),
            WORDS[answers[one.item.code].answer] if one.item.code in answers else "未答",
            "" if one.item.code in codes else names[one.lists[0]],
        )
        for one in Phrasebook((*mine, *others), phrases(store)).find(words, SHOWN, near=codes)
    ]
    scales = store.packs.scales()
    known = scales.catalogue.offences.values() if scales else ()
    return found + [
        Clause(
            one.code, one.text, written_out(one.broke or one.basis), "", "违法行为事项库",
            offence=True, broke=one.broke, penalised=one.basis,
        )
        for one in offences(words, (one for one in known if one.in_force(today)), OFFENCES)
    ]  # fmt: skip


def answer_of(store: Store, inspection_id: str, code: str) -> Answer | None:
    """What was answered of an item, if anything."""
    known = store.inspections.answered(inspection_id, code)
    return known.answer if known else None


def _codes(store: Store, inspection_id: str) -> set[str]:
    inspection = store.inspections.one(inspection_id)
    if inspection is None:
        return set()
    return {item.code for item in store.packs.asked(inspection.checklists).items}

"""Little typing at the check list (少打字): remarks ready to use, and the item for what was seen."""

from dataclasses import dataclass

from field_app.screens.checklist.view import WORDS
from field_app.shelves.packs import PackMissing
from field_app.store import Store
from lawbook.citation import written_out
from lawbook.inspection import Answer
from lawbook.phrasebook import Phrasebook, Phrases

PACK = "on-the-spot"
LEAST = 2
"""Characters from which on a search begins."""
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Clause:
    """An item that fits what was said: its draft words, its article, what was answered so far."""

    code: str
    draft: str
    basis: str
    word: str


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
    """What plants call the things that this visit's list asks about, each once."""
    checklist = _book(store, inspection_id)
    if checklist is None:
        return []
    codes, aliases = checklist[1], phrases(store).aliases
    # The first word of each group: as many buttons as a hand can choose among.
    return list(dict.fromkeys(said[0] for code, said in aliases.items() if code in codes and said))


def clauses(store: Store, inspection_id: str, said: str) -> list[Clause]:
    """The items of this visit's list that fit what was said, best first."""
    words = "".join(said.split())
    found = _book(store, inspection_id)
    if len(words) < LEAST or found is None:
        return []
    answers = store.inspections.answers(inspection_id)
    return [
        Clause(
            one.item.code,
            one.item.unmet,
            written_out(one.item.basis),
            WORDS[answers[one.item.code].answer] if one.item.code in answers else "未答",
        )
        for one in found[0].find(words, SHOWN)
    ]


def answer_of(store: Store, inspection_id: str, code: str) -> Answer | None:
    """What was answered of an item, if anything."""
    known = store.inspections.answers(inspection_id).get(code)
    return known.answer if known else None


def _book(store: Store, inspection_id: str) -> tuple[Phrasebook, set[str]] | None:
    inspection = store.inspections.one(inspection_id)
    if inspection is None:
        return None
    checklist = store.packs.checklist(inspection.checklist)
    return Phrasebook([checklist], phrases(store)), {item.code for item in checklist.items}

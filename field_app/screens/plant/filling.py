"""What a plant's ledger lacks, as it is asked for on the spot, and what became of what was found."""

from dataclasses import dataclass

from field_app.screens.choice import Choice
from field_app.shelves.outbox import Letter
from field_app.shelves.packs import PackMissing
from field_app.shelves.proposals import Proposal
from field_app.store import Store
from lawbook.entity import LedgerDictionary
from lawbook.proposal import SOURCES

KEYBOARDS = {"phone": "tel", "mobile": "tel", "integer": "number", "number": "number"}
HINTS = {
    "credit_code": "18 位，见营业执照",
    "division": "行政区划代码，6 位、9 位或 12 位数字",
    "phone": "如 0359-5021234",
    "mobile": "11 位手机号码",
    "date": "如 2026-06-01",
    "trades": "可选多项",
}
SOURCE_CHOICES = [Choice(source.value, said) for source, said in SOURCES.items()]
STATES = {
    "open": ("待送达，本机先按此办理", "main"),
    "waiting": ("已送达，待办公室核定", "warn"),
    "accepted": ("已采纳", "good"),
    "declined": ("未采纳", "bad"),
    "refused": ("未受理", "bad"),
}


@dataclass(frozen=True, slots=True)
class Ask:
    """One field to fill in: by keyboard, or by choosing one or `several` of `choices`.

    `held`: what the ledger has there and cannot be right; empty as a rule.
    """

    field: str
    label: str
    held: str
    hint: str
    keyboard: str
    choices: list[Choice]
    several: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What was found here for one field, and what became of it."""

    text: str
    aside: str
    tone: str


def asks(store: Store, entity_id: str) -> list[Ask]:
    """The fields that a plant lacks, in the ledger's order; none before the dictionary is here."""
    entity = store.mirror.entity(entity_id)
    try:
        rules = store.packs.dictionary()
    except PackMissing:
        return []
    values = entity["values"] if entity else {}
    lacking = [code for code in rules.needed if rules.fault(code, values.get(code, ""))]
    return [_ask(rules, code, values.get(code, "")) for code in lacking] if entity else []


def _ask(rules: LedgerDictionary, code: str, held: str) -> Ask:
    field = rules.by_code[code]
    return Ask(
        code, field.label, held, HINTS.get(field.kind, ""), KEYBOARDS.get(field.kind, "text"),
        [Choice(choice, choice) for choice in field.choices], field.kind == "trades",
    )  # fmt: skip


def found(store: Store, entity_id: str) -> list[Found]:
    """What was found here of a plant, the latest first; what the mirror shows by now is left out."""
    entity = store.mirror.as_pulled(entity_id)
    if entity is None:
        return []
    try:
        rules = store.packs.dictionary()
    except PackMissing:
        return []
    return [
        _found(rules, one)
        for one in reversed(store.proposals.of(entity_id))
        if one.state in ("declined", "refused") or one.counts(entity)
    ]


def _found(rules: LedgerDictionary, one: Proposal) -> Found:
    field = rules.by_code.get(one.field)
    said, tone = STATES[one.state]
    source = next((text for source, text in SOURCES.items() if source == one.source), one.source)
    aside = f"来源：{source}　{said}" + (f"：{one.reason}" if one.reason else "")
    return Found(f"{field.label if field else one.field}：{one.new_value}", aside, tone)


def ask_again(store: Store, letter: Letter) -> Ask | None:
    """The field of a refused proposal, to be proposed anew; None before the dictionary is here."""
    entity = store.mirror.as_pulled(str(letter.body["entity_id"]))
    try:
        rules = store.packs.dictionary()
    except PackMissing:
        return None
    field = str(letter.body["field"])
    if entity is None or field not in rules.by_code:
        return None
    return _ask(rules, field, entity["values"].get(field, ""))

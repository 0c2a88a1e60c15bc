"""What the document screen shows: the documents due, one of them as text, who signs, what next."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from field_app.actions.compose_document import shown
from field_app.actions.discard_draft import must_void
from field_app.actions.issue_document import missing_signatures
from field_app.moments import spoken
from field_app.shelves.documents import Kept
from field_app.store import Store
from lawbook.inspection import Outcome
from paper.blocks import (
    Block,
    Cell,
    CheckBoxes,
    Choice,
    CopiesLine,
    Heading,
    LabelledTable,
    NumberedList,
    NumberLine,
    Paragraph,
    SealPlace,
    Signatures,
    Title,
)
from paper.template import DocumentTemplate

RECORD, ORDER, OPINION = "inspection-record", "correction-order", "reinspection-opinion"
NAMES = {RECORD: "现场检查记录", ORDER: "责令限期整改指令书", OPINION: "整改复查意见书"}
WRITTEN = ("situation", "handling", "party_opinion", "objection", "party_refusal", "opinion")
"""What the officer writes; everything else comes from the records."""
PHRASES = {
    "handling": ("现场下达责令限期整改指令书，责令限期整改。", "未发现问题，提醒企业持续做好日常安全管理。"),
    "party_refusal": ("被检查单位现场负责人拒绝签字，已告知其后果。",),
    "opinion": ("同意销号。", "未整改到位的，依法立案处理。"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Due:
    """A document that belongs to this inspection, and how far it is."""

    kind: str
    name: str
    detail: str
    state: str
    tone: str
    document_id: str


@dataclass(frozen=True, slots=True)
class Documents:
    """All documents about an inspection or re-inspection."""

    title: str
    due: list[Due]
    note: str


@dataclass(frozen=True, slots=True)
class Said:
    """One piece of the document as text. `kind`: title, centre, text, flush, item, pair, aside."""

    kind: str
    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who signs, and whether they have."""

    role: str
    label: str
    name: str
    officer_number: str | None
    signed: str


@dataclass(frozen=True, slots=True)
class Written:
    """A field that the officer writes."""

    code: str
    label: str
    value: str
    options: tuple[tuple[str, str], ...]
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """One document, whole."""

    document_id: str
    kind: str
    name: str
    number: str
    said: list[Said]
    signers: list[Signer]
    missing: str
    issued: str
    pdf: Path | None


@dataclass(frozen=True, slots=True)
class Discarding:
    """What giving up a draft means: in words, and whether a reason is wanted."""

    told: str
    voids: bool
    action: str


def discarding(store: Store, document_id: str) -> Discarding:
    """What becomes of the draft's number when it is given up."""
    kept = store.documents.one(document_id)
    number = kept.number if kept else ""
    if must_void(store, document_id):
        told = f"{number} 已交人签名，不能再用于别的文书。放弃草稿将作废此文号并报送办公室。"
        return Discarding(told, True, "作废文号，放弃草稿")
    told = f"{number} 尚未交人签名，将留给下一份同类文书。草稿中填写的内容不再保留。"
    return Discarding(told, False, "放弃草稿，文号留用")


def documents(store: Store, about: str) -> Documents | None:
    """The documents about an inspection or re-inspection; None when neither is here."""
    inspection, kinds = store.inspections.one(about), [RECORD]
    if inspection is None:
        again = store.inspections.again(about)
        if again is None:
            return None
        inspection, kinds = store.inspections.one(again.inspection_id), [OPINION]
        entity_id = inspection.entity_id if inspection else _of_hazard(store, again.inspection_id)
    else:
        entity_id = inspection.entity_id
        if inspection.outcome == Outcome.PROBLEM_FOUND:
            # The order first: the record says that it was given, with its number.
            kinds = [ORDER, RECORD]
    entity = store.mirror.entity(entity_id)
    return Documents(
        entity["name"] if entity else "（台账中没有的企业）",
        [_due(store, about, kind) for kind in kinds],
        "发现问题：先制作责令限期整改指令书，再制作现场检查记录，记录中会写明指令书文号。"
        if ORDER in kinds
        else "",
    )


def _of_hazard(store: Store, inspection_id: str) -> str:
    hazards = store.mirror.hazards(inspection_id=inspection_id)
    return hazards[0]["entity_id"] if hazards else ""


def _due(store: Store, about: str, kind: str) -> Due:
    kept = store.documents.about(about, kind)
    if kept is None:
        return Due(kind, NAMES[kind], "点按后自动填写并取号，可再修改", "未制作", "warn", "")
    if kept.issued_at:
        when = f"{kept.number}　{spoken(kept.issued_at)} 出具"
        return Due(kind, NAMES[kind], when, "已出具", "good", kept.id)
    missing = missing_signatures(store, kept.id)
    state, tone = ("待签名", "warn") if missing else ("待出具", "main")
    return Due(kind, NAMES[kind], kept.number, state, tone, kept.id)


def paper(store: Store, document_id: str) -> Paper:
    """One document as it now stands. Refuses what composing refuses."""
    kept = store.documents.one(document_id)
    if kept is None:
        raise KeyError(document_id)
    template = store.packs.template(kept.template)
    return Paper(
        kept.id,
        kept.kind,
        template.name,
        kept.number,
        as_text(shown(store, document_id).blocks),
        signers(store, kept, template),
        "" if kept.issued_at else "、".join(missing_signatures(store, document_id)),
        f"{spoken(kept.issued_at)} 已出具，内容不能再改" if kept.issued_at else "",
        store.path(kept.pdf_path) if kept.pdf_path else None,
    )


def signers(store: Store, kept: Kept, template: DocumentTemplate) -> list[Signer]:
    """Who signs: the officers, the party, a witness where there is a place for one."""
    labels = {one.role: one.label.replace("（签名）", "") for one in template.signatories}
    given = store.documents.signatures(kept.id)
    listed = [
        Signer("officer", labels["officer"], one["name"], one["number"], "")
        for one in kept.data["officers"]
    ]
    for role in ("party", "witness"):
        if role in labels:
            named = [one["name"] for one in given if one["role"] == role]
            usual = _present(store, kept) if role == "party" else ""
            listed += [Signer(role, labels[role], name, None, "") for name in named or [usual]]
    signed = {(one["role"], one["name"]): spoken(one["signed_at"]) for one in given}
    return [
        Signer(
            one.role, one.label, one.name, one.officer_number, signed.get((one.role, one.name), "")
        )
        for one in listed
    ]


def _present(store: Store, kept: Kept) -> str:
    inspection = store.inspections.one(kept.inspection_id)
    return inspection.present["name"] if inspection else ""


def written(store: Store, document_id: str) -> list[Written]:
    """What the officer can write in this document, with what stands there now."""
    kept = store.documents.one(document_id)
    if kept is None:
        raise KeyError(document_id)
    template = store.packs.template(kept.template)
    return [
        Written(
            field.code,
            field.label,
            str(kept.data.get(field.code) or ""),
            tuple(field.options.items()),
            PHRASES.get(field.code, ()),
        )
        for field in template.fields
        if field.code in WRITTEN
    ]


def as_text(blocks: Sequence[Block]) -> list[Said]:
    """The document's blocks as pieces of text, in their order."""
    return [said for block in blocks for said in _said(block)]


def _said(block: Block) -> list[Said]:
    match block:
        case Heading(organ=organ):
            return [Said("centre", organ)]
        case Title(text=text):
            return [Said("title", text)]
        case NumberLine(text=text):
            return [Said("centre", text)]
        case Paragraph(text=text, indent=indent):
            return [Said("text", f"　　{text}") if indent else Said("flush", text)]
        case CheckBoxes(label=label, choices=choices):
            return [Said("pair", _ticked(choices), label)]
        case LabelledTable(rows=rows):
            return [Said("pair", _filled(cell), cell.label) for row in rows for cell in row]
        case NumberedList(items=items):
            return [Said("item", text, f"{at}.") for at, text in enumerate(items, start=1)]
        case Signatures(slots=slots):
            return [
                Said(
                    "pair",
                    f"{slot.remark}　{'已签名' if slot.strokes else '（未签名）'}",
                    slot.label,
                )
                for slot in slots
            ]
        case SealPlace(organ=organ, date=date):
            return [Said("aside", f"{organ}（印章）　{date}")]
        case CopiesLine(text=text):
            return [Said("aside", text)]


def _ticked(choices: Sequence[Choice]) -> str:
    """Boxes as text: no Chinese face has the ticked box, so the mark stands before the words."""
    return "　".join(f"{'●' if choice.checked else '○'} {choice.text}" for choice in choices)


def _filled(cell: Cell) -> str:
    return _ticked(cell.choices) if cell.choices else "\n".join(cell.paragraphs) or "—"

"""What the document screen shows: the documents due, one of them as text, who signs, what next."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from field_app.actions.compose_document import shown
from field_app.actions.discard_draft import must_void
from field_app.actions.issue_document import missing_signatures
from field_app.covering import left_over
from field_app.grounds import grounds, standing
from field_app.moments import now, spoken
from field_app.screens import confirmed
from field_app.screens.document.as_text import Said, as_text, said_of
from field_app.screens.scheme.view import NAME, of_visit
from field_app.shelves.documents import Kept
from field_app.shelves.inspections import Inspection
from field_app.store import Store
from field_app.wire_documents import SignatureBody
from lawbook.inspection import Outcome
from lawbook.preconditions import MEASURES, ORDER, RECORD, may_begin
from lawbook.refusal import Refusal
from lawbook.signatures import PARTY
from paper.blocks import PageEnd, Signatures
from paper.scheme import KIND as SCHEME
from paper.template import DocumentTemplate

OPINION = "reinspection-opinion"
FIRST_OF_ALL = (ORDER, RECORD, MEASURES)
"""The order is made before the record, which says that it was given; measures rest on the record."""
BOTH = "发现问题：先制作责令限期整改指令书，再制作现场检查记录，记录中会写明指令书文号。"


@dataclass(frozen=True, slots=True)
class Due:
    """A document that belongs to this inspection, and how far it is."""

    kind: str
    name: str
    detail: str
    state: str
    tone: str
    document_id: str
    against: tuple[Refusal, ...] = ()
    """What keeps it from being begun."""
    unconfirmed: str = ""
    """That nobody has confirmed the form (内容待确认)."""


@dataclass(frozen=True, slots=True)
class Documents:
    """All documents about an inspection or re-inspection: those due, and what else can be made."""

    title: str
    due: list[Due]
    note: str
    others: list[Due]


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody who signs, and whether they have; or why they refuse (拒绝签字)."""

    role: str
    label: str
    name: str
    officer_number: str | None
    signed: str
    refused: str = ""
    pages: tuple[int, ...] = ()
    """Which pages are still to be signed, each by itself (逐页签名)."""
    on_paper: bool = False
    """Whether it was given on the printed document (已在纸质件签名)."""


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
    against: tuple[Refusal, ...] = ()
    """What the law has against issuing it as it stands."""
    corrected: str = ""
    """That it has been corrected, and by which document (更正)."""
    unconfirmed: str = ""
    """That nobody has confirmed the form (内容待确认)."""


@dataclass(frozen=True, slots=True)
class Discarding:
    """What giving up a draft means: in words, and whether a reason is wanted."""

    told: str
    voids: bool
    action: str


def discarding(store: Store, document_id: str) -> Discarding:
    """What becomes of the draft's number when it is given up."""
    kept = store.documents.one(document_id)
    number = kept.called if kept else ""
    if not number:
        return Discarding("草稿中填写的内容不再保留。", False, "放弃草稿")
    if must_void(store, document_id):
        told = f"{number} 已交人签名，不能再用于别的文书。放弃草稿将作废此文号并报送办公室。"
        return Discarding(told, True, "作废文号，放弃草稿")
    told = f"{number} 尚未交人签名，将留给下一份同类文书。草稿中填写的内容不再保留。"
    return Discarding(told, False, "放弃草稿，文号留用")


def documents(store: Store, about: str) -> Documents | None:
    """The documents about an inspection or re-inspection; None when neither is here."""
    inspection = store.inspections.one(about)
    again = store.inspections.again(about)
    if inspection is None and again is None:
        return None
    if inspection is None and again is not None:
        inspection = store.inspections.one(again.inspection_id)
        entity_id = inspection.entity_id if inspection else _of_hazard(store, again.inspection_id)
        due, others, note = [_once(store, about, OPINION, ())], [], ""
    elif inspection is not None:
        entity_id = inspection.entity_id
        problems = inspection.outcome == Outcome.PROBLEM_FOUND
        over = inspection.ended_at is not None and not inspection.called_off
        kinds = [] if not over else [ORDER, RECORD] if problems else [RECORD]
        due = [one for kind in kinds for one in _covering(store, about, kind, ())]
        others = _others(store, inspection, kinds)
        note = BOTH if ORDER in kinds else ""
    entity = store.mirror.entity(entity_id)
    name = entity["name"] if entity else "（台账中没有的企业）"
    return Documents(name, _told(store, due), note, _told(store, others))


def _told(store: Store, lines: list[Due]) -> list[Due]:
    """The lines, each with how far its form is confirmed."""
    known: dict[str, str] = {}
    for one in lines:
        if one.kind not in known:
            known[one.kind] = confirmed.said(store.packs.template(one.kind).status)
    return [replace(one, unconfirmed=known[one.kind]) for one in lines]


def _others(store: Store, inspection: Inspection, due: Sequence[str]) -> list[Due]:
    """Every other document that can be made about the visit, then the corrections."""
    found = grounds(store, inspection.id, inspection.id, inspection.officers, {}, now())
    lines = [Due(SCHEME, NAME, *told, "")] if (told := of_visit(store, inspection)) else []
    forms = [form for form in store.packs.templates() if form.about == "inspection"]
    forms.sort(key=lambda form: (form.code not in FIRST_OF_ALL, form.code))
    for form in forms:
        if form.code in due or (inspection.ended_at is None and not form.open):
            continue
        if form.code == ORDER and not found.findings:
            continue
        against = may_begin(form.code, found)
        if not form.repeated:
            lines += _covering(store, inspection.id, form.code, against)
            continue
        made = [
            one
            for one in store.documents.of_inspection(inspection.id)
            if one.kind == form.code and one.about == inspection.id
        ]
        lines += [_made(store, one) for one in made]
        lines.append(_to_make(store, form.code, against, another=bool(made)))
    corrections = [
        one
        for one in store.documents.of_inspection(inspection.id)
        if one.corrects is not None or _stands_aside(store, one)
    ]
    return lines + [_made(store, one) for one in corrections]


def _stands_aside(store: Store, kept: Kept) -> bool:
    """Whether a document was refused and another is made, or was made, in its place."""
    form = store.packs.template(kept.template)
    return bool(kept.issued_at and kept.part and not form.repeated and kept.corrects is None)


def _of_hazard(store: Store, inspection_id: str) -> str:
    hazards = store.mirror.hazards(inspection_id=inspection_id)
    return hazards[0]["entity_id"] if hazards else ""


def _once(store: Store, about: str, kind: str, against: Sequence[Refusal]) -> Due:
    kept = store.documents.about(about, kind)
    return _made(store, kept) if kept else _to_make(store, kind, against)


def _covering(store: Store, about: str, kind: str, against: Sequence[Refusal]) -> list[Due]:
    """A document of which there is one, or one after another until every finding is covered."""
    form = store.packs.template(kind)
    made = [one for one in store.documents.of_kind(about, kind) if one.about == about]
    if not form.selects or not made:
        return [_once(store, about, kind, against)]
    lines = [_made(store, one) for one in made]
    left = left_over(store, about, kind) if made[-1].issued_at else []
    if left:
        told = f"还有 {len(left)} 项问题没有列入现行文书，可再制作一份"
        lines.append(replace(_to_make(store, kind, against, another=True), detail=told))
    return lines


def _to_make(store: Store, kind: str, against: Sequence[Refusal], *, another: bool = False) -> Due:
    name = store.packs.template(kind).name
    if against:
        wants = "；".join(f"{one.title}（{one.law}）" if one.law else one.title for one in against)
        return Due(kind, name, f"还缺：{wants}", "还缺前提", "quiet", "", tuple(against))
    told = "可再制作一份" if another else "点按后自动填写，可再修改"
    return Due(kind, name, told, "可制作", "main" if not another else "quiet", "")


def _made(store: Store, kept: Kept) -> Due:
    name = store.packs.template(kept.template).name
    if kept.issued_at:
        when = f"{kept.called}　{spoken(kept.issued_at)} 出具".strip("　")
        if store.outbox.refused_of("document.issue", kept.id):
            return Due(kept.kind, name, f"{when}，服务器未受理", "被退回", "bad", kept.id)
        if store.documents.corrected(kept.id) or _stands_aside(store, kept):
            return Due(kept.kind, name, when, "已更正", "warn", kept.id)
        return Due(kept.kind, name, when, "已出具", "good", kept.id)
    missing = missing_signatures(store, kept.id)
    left = ["待签名" if missing else "待出具"]
    left += [one.title for one in standing(store, kept, now())]
    detail = f"{kept.called}　{'；'.join(left)}".strip("　")
    return Due(kept.kind, name, detail, "草稿", "warn" if missing else "main", kept.id)


def paper(store: Store, document_id: str) -> Paper:
    """One document as it now stands. Refuses what composing refuses."""
    kept = store.documents.one(document_id)
    if kept is None:
        raise KeyError(document_id)
    template = store.packs.template(kept.template)
    corrections = store.documents.corrected(kept.id)
    return Paper(
        kept.id,
        kept.kind,
        template.name,
        kept.called,
        as_text(shown(store, document_id).blocks),
        signers(store, kept, template),
        "" if kept.issued_at else "、".join(missing_signatures(store, document_id)),
        f"{spoken(kept.issued_at)} 已出具，内容不能再改" if kept.issued_at else "",
        Path(kept.pdf_path) if kept.pdf_path else None,
        () if kept.issued_at else standing(store, kept, now()),
        "已更正：" + "、".join(one.called for one in corrections) if corrections else "",
        confirmed.said(template.status),
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
            named = list(dict.fromkeys(one["name"] for one in given if one["role"] == role))
            usual = _present(store, kept) if role == "party" else ""
            listed += [Signer(role, labels[role], name, None, "") for name in named or [usual]]
    said = {(one["role"], one["name"]): one for one in given}
    told = [_as_given(one, said.get((one.role, one.name))) for one in listed]
    count = len(shown(store, kept.id).pages)
    return [_by_page(one, given, count) if one.role == PARTY and count else one for one in told]


def _as_given(signer: Signer, given: SignatureBody | None) -> Signer:
    if given is None:
        return signer
    when = spoken(given["signed_at"])
    on_paper = "signed_paper" in given
    return replace(signer, signed=when, refused=given["refused"] or "", on_paper=on_paper)


def _by_page(signer: Signer, given: Sequence[SignatureBody], count: int) -> Signer:
    """A party has signed once every page is signed by them."""
    own = {
        one.get("page", 0) for one in given if (one["role"], one["name"]) == (PARTY, signer.name)
    }
    left = tuple(page for page in range(1, count + 1) if page not in own)
    if signer.refused or signer.on_paper:
        return replace(signer, pages=tuple(range(1, count + 1)))
    if not left:
        return replace(signer, pages=tuple(range(1, count + 1)))
    label = f"{signer.label}，逐页签名，还有 {len(left)} 页" if own else f"{signer.label}，逐页签名"
    return replace(signer, signed="", label=label, pages=left)


def pages(store: Store, document_id: str) -> list[list[Said]]:
    """What stands on each page of what is signed page by page, for who signs it."""
    told: list[list[Said]] = [[]]
    for block in shown(store, document_id).blocks:
        if isinstance(block, PageEnd):
            told.append([])
        elif not isinstance(block, Signatures):
            told[-1] += said_of(block)
    return told


def _present(store: Store, kept: Kept) -> str:
    if kept.data.get("asked"):
        # Of an inquiry the person asked signs (被询问人).
        return str(kept.data["asked"])
    inspection = store.inspections.one(kept.inspection_id)
    return inspection.present["name"] if inspection else ""

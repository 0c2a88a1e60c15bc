"""Compose and number a document (制作文书) from what is on the tablet. Draft until it is issued."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from field_app.actions.void_number import YEAR_TURNED, void_number
from field_app.acts import dated_here
from field_app.covering import left_over, narrowed
from field_app.enrolment import require_in_use
from field_app.forms import filled, of_document, of_inspection, of_reinspection
from field_app.found import found_in
from field_app.grounds import grounds
from field_app.moments import day, kept, local, now, read
from field_app.officers import name_of
from field_app.refusals import (
    DocumentUnknown,
    InspectionEnded,
    InspectionNotEnded,
    InspectionUnknown,
    LedByColleague,
    NumberQuoted,
)
from field_app.shelves.documents import Kept, on_paper
from field_app.store import Store
from lawbook.covering import NothingChosen
from lawbook.preconditions import ORDER, may_begin, sealed_until
from lawbook.rectification import require_order
from lawbook.refusal import Refusal
from lawbook.wants import NothingCorrected
from paper.blocks import Document
from paper.compose import compose
from paper.digest import digest
from paper.template import DocumentTemplate
from paper.values import empty

OF_THE_MOMENT = "document."
"""Sources that change by the minute: what they proposed is kept as chosen."""
AS_COMPOSED = "document.issued_at"
ABOUT = {
    "inspection-record": "inspection",
    "correction-order": "inspection",
    "reinspection-opinion": "reinspection",
}
"""What the first forms are about, for packs from before forms said so themselves."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What a document is to be made about: its inspection, and what is known, by source."""

    inspection_id: str
    found: dict[str, object]
    corrects: str | None = None


def compose_document(
    store: Store,
    about: str,
    kind: str,
    chosen: Mapping[str, Any] | None = None,
    document_id: str | None = None,
) -> Kept:
    """Make the document of a kind about something, or make its draft anew.

    `about`: the id of an inspection, of a finished re-inspection, or of the issued document that is
    corrected, as the template says. `chosen`: what the officer fills in, by the template's field
    codes; None keeps what was chosen before. `document_id`: which draft, where there may be several
    of a kind; None makes another one of those. The number, where one is borne, comes from the lease
    in the same transaction and does not change within its year; signatures fall when the content
    changes. A draft of last year takes a number of this year, and the old one is voided. An issued
    document is given back as it is. Refuses InspectionNotEnded, what the law has
    against it (lawbook.preconditions), NoNumbersLeft, PackMissing, FieldMissing, ….
    """
    template = store.packs.template(kind)
    before = _before(store, about, template, document_id)
    if before and before.issued_at:
        return before
    require_in_use(store)
    said = dict(chosen if chosen is not None else before.chosen if before else {})
    if before:
        # A draft keeps the template that it was begun with.
        template = store.packs.template(before.template)
    at = dated_here(store, now())
    matter = matter_of(store, template, about, at, said)
    if not before:
        _keep_moments(template, matter.found, said)
    data = filled(template, matter.found, said)
    for refusal in against_beginning(store, template, about, matter, data, at):
        raise refusal
    if template.selects and not data.get(template.selects.code):
        raise NothingChosen
    with store.atomic():
        if template.numbering is None:
            changes: dict[str, str] = {}
        # A draft of last year takes a number of this year: the law counts them by the year.
        elif before and before.lease_id and store.leases.year(before.lease_id) == day(at).year:
            changes = {}
        else:
            taken = store.leases.take(template.code, day(at).year, _unit(store))
            number = taken.pattern.format(sequence=taken.sequence)
            changes = {"number": number, "lease_id": taken.lease_id}
        if before and changes:
            return _renumber(store, template, before, said, data, changes, kept(at))
        if before:
            return _change(store, template, before, said, data, {})
        return _keep(store, template, about, matter, said, data, changes)


def against_beginning(
    store: Store,
    template: DocumentTemplate,
    about: str,
    matter: Matter,
    data: Mapping[str, Any],
    at: datetime,
) -> tuple[Refusal, ...]:
    """What stands in law against beginning this document."""
    officers = [str(one["number"]) for one in data.get("officers", ())]
    rests_on = grounds(store, matter.inspection_id, about, officers, data, at, template.code)
    return may_begin(template.code, rests_on)


def _before(
    store: Store, about: str, template: DocumentTemplate, document_id: str | None
) -> Kept | None:
    if document_id is not None:
        return _known(store, document_id)
    if template.repeated:
        return None
    last = store.documents.about(about, template.code)
    if last and last.part == last.id:
        # One that the office refused and that left its place to another is not the one any more.
        return None
    if last and last.issued_at and template.selects and left_over(store, about, template.code):
        # What it left out can still be covered, by another one.
        return None
    return last


def _keep_moments(
    template: DocumentTemplate, found: Mapping[str, object], said: dict[str, Any]
) -> None:
    """What the moment proposed stays as it was proposed, so that making it anew changes nothing."""
    for field in template.fields:
        proposed = found.get(field.source)
        volatile = field.source.startswith(OF_THE_MOMENT) and field.source != AS_COMPOSED
        if volatile and field.code not in said and not empty(proposed):
            said[field.code] = proposed


def _keep(
    store: Store,
    template: DocumentTemplate,
    about: str,
    matter: Matter,
    said: dict[str, Any],
    data: dict[str, Any],
    numbered: dict[str, str],
) -> Kept:
    number = numbered.get("number")
    # What the form refuses is refused here: the transaction fails and the number is kept.
    compose(template, data, number, [])
    document_id = str(uuid4())
    store.documents.keep(
        numbered
        | {
            "id": document_id,
            "about": about,
            "inspection_id": matter.inspection_id,
            "kind": template.code,
            "template": template.ref,
            "chosen": json.dumps(said, ensure_ascii=False),
            "data": json.dumps(data, ensure_ascii=False),
            "digest": digest(template.code, number, data),
            "made_at": kept(now()),
            "part": _part(store, about, template, document_id),
            "corrects": matter.corrects,
        }
    )
    return _known(store, document_id)


def _part(store: Store, about: str, template: DocumentTemplate, document_id: str) -> str:
    """What keeps it apart from others of its kind; nothing where there is but one.

    Its own id would say that it left its place to another.
    """
    if template.repeated:
        return document_id
    last = store.documents.about(about, template.code) if template.selects else None
    if last is None or last.part == last.id:
        return ""
    return str(len(store.documents.of_kind(last.inspection_id, template.code)) + 1)


def _change(
    store: Store,
    template: DocumentTemplate,
    before: Kept,
    said: dict[str, Any],
    data: dict[str, Any],
    numbered: Mapping[str, str | None],
) -> Kept:
    number = numbered.get("number") or before.number
    compose(template, data, number, [])
    seal = digest(before.kind, number, data)
    if seal != before.digest:
        store.documents.unsign(before.id)
    store.documents.change(
        before.id,
        dict(numbered)
        | {
            "chosen": json.dumps(said, ensure_ascii=False),
            "data": json.dumps(data, ensure_ascii=False),
            "digest": seal,
        },
    )
    return _known(store, before.id)


def _renumber(
    store: Store,
    template: DocumentTemplate,
    before: Kept,
    said: dict[str, Any],
    data: dict[str, Any],
    numbered: dict[str, str],
    at: str,
) -> Kept:
    """A draft of last year under its number of this year; the old one is voided."""
    if before.lease_id and before.number:
        void_number(store, before.lease_id, before.number, YEAR_TURNED, at)
    changed = _change(store, template, before, said, data, numbered | {"shown_at": None})
    if before.number:
        quote_anew(store, before, before.number)
    return changed


def quote_anew(store: Store, gone: Kept, number: str) -> None:
    """Documents about the same visit that name a number which is no more name it no longer.

    A draft is filled in anew. Refuses NumberQuoted where one is issued already, or where the officer
    wrote the number: a document must not name another that will never be.
    """
    for one in store.documents.of_inspection(gone.inspection_id):
        if one.id == gone.id or number not in json.dumps(one.data, ensure_ascii=False):
            continue
        name = one.number or store.packs.template(one.template).name
        if one.issued_at:
            raise NumberQuoted(f"{name} 已出具，其中写有 {number}")
        try:
            anew = compose_document(store, one.about, one.kind, document_id=one.id)
        except Refusal as refusal:
            raise NumberQuoted(f"{name} 中写有 {number}（{refusal.detail}）") from refusal
        if number in json.dumps(anew.data, ensure_ascii=False):
            raise NumberQuoted(f"{name} 中写有 {number}")


def shown(store: Store, document_id: str, proof: str | None = None) -> Document:
    """The document as blocks, with the signatures given so far: what a screen shows to a signer.

    `proof`: what its QR code is to say when it is issued now.
    """
    document = _known(store, document_id)
    template = store.packs.template(document.template)
    signatures = on_paper(store.documents.signatures(document_id))
    return compose(template, document.data, document.number, signatures, proof or document.proof)


def matter_of(
    store: Store,
    template: DocumentTemplate,
    about: str,
    at: datetime,
    said: Mapping[str, Any] | None = None,
) -> Matter:
    """What a document would be made about, `said` being what the officer has chosen so far.

    Refuses what is not here, or not finished.
    """
    moment: dict[str, object] = {
        "document.issued_at": day(at).isoformat(),
        "document.made_at": local(kept(at)),
        "document.sealed_until": sealed_until(day(at)).isoformat(),
    }
    match template.about or ABOUT.get(template.code):
        case "inspection":
            made = _inspection(store, template, about, said or {})
        case "reinspection":
            made = _reinspection(store, about)
        case "document":
            made = _correction(store, about)
        case _:
            raise DocumentUnknown(f"平板上不制作 {template.code}")
    return replace(made, found=made.found | moment)


def _inspection(
    store: Store, template: DocumentTemplate, about: str, said: Mapping[str, Any]
) -> Matter:
    inspection = store.inspections.one(about)
    if inspection is None:
        raise InspectionUnknown
    if inspection.led_by and not template.repeated:
        raise LedByColleague(f"文书由{name_of(store, inspection.led_by)}在其平板上制作")
    if inspection.called_off:
        raise InspectionEnded("本次检查未能进行，不制作文书")
    if inspection.ended_at is None and not template.open:
        raise InspectionNotEnded
    if template.code == ORDER and inspection.ended_at:
        days = {
            one["id"]: date.fromisoformat(one["correct_by"]) for one in found_in(store, inspection)
        }
        require_order(days, day(read(inspection.started_at)))
    found = of_inspection(store, inspection)
    return Matter(inspection.id, found | narrowed(store, template, inspection, found, said))


def _reinspection(store: Store, about: str) -> Matter:
    again = store.inspections.again(about)
    if again is None:
        raise InspectionUnknown("本机没有这次复查")
    if again.reinspected_at is None:
        raise InspectionNotEnded("复查尚未结束，不能制作文书")
    return Matter(again.inspection_id, of_reinspection(store, again))


def _correction(store: Store, about: str) -> Matter:
    old = store.documents.one(about)
    if old is None or not old.issued_at:
        raise NothingCorrected
    return Matter(old.inspection_id, of_document(store, old), corrects=old.id)


def _unit(store: Store) -> str:
    return str((store.setting("me") or {}).get("unit", ""))


def _known(store: Store, document_id: str) -> Kept:
    document = store.documents.one(document_id)
    if document is None:
        raise DocumentUnknown
    return document

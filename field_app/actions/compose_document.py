"""Compose and number a document (制作文书) from what is on the tablet. Draft until it is issued."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from field_app.actions.void_number import YEAR_TURNED, void_number
from field_app.forms import (
    ORDER,
    filled,
    of_inspection,
    of_reinspection,
    require_something_to_correct,
)
from field_app.moments import day, kept, now
from field_app.refusals import (
    DocumentUnknown,
    InspectionNotEnded,
    InspectionUnknown,
    NumberQuoted,
)
from field_app.shelves.documents import Kept, on_paper
from field_app.store import Store
from lawbook.refusal import Refusal
from paper.blocks import Document
from paper.compose import compose
from paper.digest import digest
from paper.template import DocumentTemplate

OF_INSPECTION = ("inspection-record", ORDER)
OF_REINSPECTION = ("reinspection-opinion",)


def compose_document(
    store: Store, about: str, kind: str, chosen: Mapping[str, Any] | None = None
) -> Kept:
    """Make the document of a kind about an inspection or re-inspection, or make its draft anew.

    `about`: the id of a finished inspection (inspection-record, correction-order) or of a finished
    re-inspection (reinspection-opinion). `chosen`: what the officer fills in, by the template's
    field codes (situation, handling, party_opinion, objection, party_refusal, opinion, …); None
    keeps what was chosen before. The number comes from the lease in the same transaction and does
    not change within its year; a draft of last year takes a number of this year, and the old one is
    voided. Signatures fall when the content changes. An issued document is given back as it is.
    Refuses InspectionNotEnded, NothingToCorrect, NoNumbersLeft, PackMissing, FieldMissing, ….
    """
    before = store.documents.about(about, kind)
    if before and before.issued_at:
        return before
    said = dict(chosen if chosen is not None else before.chosen if before else {})
    # A draft keeps the template that it was begun with.
    template = store.packs.template(before.template if before else kind)
    at = now()
    if kind in OF_INSPECTION:
        inspection_id, found = _inspection(store, about, kind)
    elif kind in OF_REINSPECTION:
        inspection_id, found = _reinspection(store, about)
    else:
        raise DocumentUnknown(f"平板上不制作 {kind}")
    data = filled(template, found | {"document.issued_at": day(at).isoformat()}, said)
    with store.atomic():
        # A draft of last year takes a number of this year: the law counts them by the year.
        if before and store.leases.year(before.lease_id) == day(at).year:
            return _change(store, template, before, said, data, {})
        taken = store.leases.take(kind, day(at).year, _unit(store))
        number = taken.pattern.format(sequence=taken.sequence)
        if before:
            void_number(store, before.lease_id, before.number, YEAR_TURNED, kept(at))
            numbered = {"number": number, "lease_id": taken.lease_id, "shown_at": None}
            changed = _change(store, template, before, said, data, numbered)
            quote_anew(store, before, before.number)
            return changed
        # What the form refuses is refused here: the transaction fails and the number is kept.
        compose(template, data, number, [])
        document_id = str(uuid4())
        store.documents.keep(
            {
                "id": document_id,
                "about": about,
                "inspection_id": inspection_id,
                "kind": kind,
                "template": template.ref,
                "number": number,
                "lease_id": taken.lease_id,
                "chosen": json.dumps(said, ensure_ascii=False),
                "data": json.dumps(data, ensure_ascii=False),
                "digest": digest(kind, number, data),
                "made_at": kept(at),
            }
        )
        return _known(store, document_id)


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


def quote_anew(store: Store, gone: Kept, number: str) -> None:
    """Documents about the same visit that name a number which is no more name it no longer.

    A draft is filled in anew. Refuses NumberQuoted where one is issued already, or where the officer
    wrote the number: a document must not name another that will never be.
    """
    for one in store.documents.of_inspection(gone.inspection_id):
        if one.id == gone.id or number not in json.dumps(one.data, ensure_ascii=False):
            continue
        if one.issued_at:
            raise NumberQuoted(f"{one.number} 已出具，其中写有 {number}")
        try:
            anew = compose_document(store, one.about, one.kind)
        except Refusal as refusal:
            raise NumberQuoted(f"{one.number} 中写有 {number}（{refusal.detail}）") from refusal
        if number in json.dumps(anew.data, ensure_ascii=False):
            raise NumberQuoted(f"{one.number} 中写有 {number}")


def shown(store: Store, document_id: str) -> Document:
    """The document as blocks, with the signatures given so far: what a screen shows to a signer."""
    document = _known(store, document_id)
    template = store.packs.template(document.template)
    signatures = on_paper(store.documents.signatures(document_id))
    return compose(template, document.data, document.number, signatures)


def _inspection(store: Store, about: str, kind: str) -> tuple[str, dict[str, object]]:
    inspection = store.inspections.one(about)
    if inspection is None:
        raise InspectionUnknown
    if inspection.ended_at is None:
        raise InspectionNotEnded
    if kind == ORDER:
        require_something_to_correct(store, inspection)
    return inspection.id, of_inspection(store, inspection)


def _reinspection(store: Store, about: str) -> tuple[str, dict[str, object]]:
    again = store.inspections.again(about)
    if again is None:
        raise InspectionUnknown("本机没有这次复查")
    if again.reinspected_at is None:
        raise InspectionNotEnded("复查尚未结束，不能制作文书")
    return again.inspection_id, of_reinspection(store, again)


def _unit(store: Store) -> str:
    return str((store.setting("me") or {}).get("unit", ""))


def _known(store: Store, document_id: str) -> Kept:
    document = store.documents.one(document_id)
    if document is None:
        raise DocumentUnknown
    return document

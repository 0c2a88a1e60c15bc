"""Every document of the site, made from the answers, signed or refused, issued, corrected."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

import pytest

from field_app.actions.answer_item import answer_item
from field_app.actions.compose_document import compose_document, shown
from field_app.actions.discard_draft import discard_draft
from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.issue_document import issue_document, missing_signatures
from field_app.actions.sign_document import sign_document
from field_app.forecast import NUMBERED as USUAL
from field_app.found import found_at
from field_app.moments import day, now
from field_app.refusals import InspectionNotEnded, PagesSigned, SignaturesMissing
from field_app.screens.document import view, writing
from field_app.screens.today.view import view as today_view
from lawbook.choice_of_law import NotPenalised
from lawbook.covering import FindingCovered, FindingUnknown, NothingChosen
from lawbook.penalty_kinds import SummaryNotAllowed
from lawbook.wants import (
    InquiryNoticeFirst,
    NothingCorrected,
    RecordFirst,
    RegistrationNotApproved,
)
from paper import examples
from paper.blocks import Paragraph, RuledList
from paper.refusals import FieldUnreadable
from tests.field_app.tablet import (
    FIRST,
    FORMS,
    NUMBERED,
    PLANT,
    PRESENT,
    SECOND,
    STROKES,
    answered,
    begun,
    lease,
    signed,
)

OF_A_VISIT = [code for code, form in FORMS.items() if form.about == "inspection"]
NEEDS = {
    "on-site-measures": ["inspection-record"],
    "inquiry-record": ["inquiry-notice"],
    "service-receipt": ["correction-order"],
}
RECORD, ORDER, NOTICE = "inspection-record", "correction-order", "correction-notice"
MEASURES = "on-site-measures"


@pytest.fixture
def open_visit(store):
    """A visit that goes on, on a tablet with numbers for everything."""
    for kind in NUMBERED:
        if kind not in USUAL:
            lease(store, kind)
    return answered(store, begun(store))


@pytest.fixture
def visit(store, open_visit):
    """A visit that ended with two findings."""
    finish_inspection(store, open_visit)
    return open_visit


def said(kind, **changes):
    """What an officer writes: the example's, approved a while ago."""
    data = examples.example(kind).data
    written = {f.code: data[f.code] for f in FORMS[kind].fields if f.written and f.code in data}
    written.pop("until", None)
    return written | changes


def every(store, visit):
    """The findings of a visit."""
    return [one["id"] for one in found_at(store, visit)]


def made(store, visit, kind, **changes):
    """A document, signed by all and issued, after those that it needs."""
    for needed in NEEDS.get(kind, ()):
        made(store, visit, needed)
    if (field := FORMS[kind].selects) and kind != ORDER:
        # Of findings that are neither grave nor urgent the law suggests none.
        changes = {field.code: every(store, visit)} | changes
    draft = compose_document(store, visit, kind, said(kind, **changes))
    return issue_document(store, signed(store, draft.id))


@pytest.mark.parametrize("kind", OF_A_VISIT)
def test_it_goes_from_the_answers_to_a_letter(store, visit, kind):
    issued = made(store, visit, kind)
    letter = store.outbox.letters()[-1]
    assert (letter.kind, letter.subject) == ("document.issue", f"inspection:{visit}")
    assert letter.body["template"] == FORMS[kind].ref
    assert letter.body["number"] == issued.number
    assert (issued.number is None) == (FORMS[kind].numbering is None)
    assert store.files.read(issued.pdf_path).startswith(b"%PDF")
    assert issued.data["organ"] == "河津市应急管理局"
    assert [one["number"] for one in issued.data["officers"]] == [FIRST, SECOND]


@pytest.mark.parametrize("kind", [code for code in OF_A_VISIT if FORMS[code].open])
def test_what_does_not_wait_for_the_end_is_made_while_the_visit_goes_on(store, open_visit, kind):
    issued = made(store, open_visit, kind)
    # Its letter must not stand before that of the visit.
    assert store.outbox.letters()[-1].subject == f"document:{issued.id}"


def test_measures_wait_for_the_end_and_for_the_record(store, open_visit):
    with pytest.raises(InspectionNotEnded):
        compose_document(store, open_visit, "on-site-measures", said("on-site-measures"))
    finish_inspection(store, open_visit)
    with pytest.raises(RecordFirst):
        compose_document(store, open_visit, "on-site-measures", said("on-site-measures"))
    record = made(store, open_visit, RECORD)
    with pytest.raises(NothingChosen):
        compose_document(store, open_visit, "on-site-measures", said("on-site-measures"))
    chosen = said("on-site-measures", problems=every(store, open_visit))
    draft = compose_document(store, open_visit, "on-site-measures", chosen)
    assert draft.data["record_number"] == record.number
    assert len(draft.data["problems"]) == 2


def test_an_inquiry_bears_no_number_and_there_may_be_one_for_each_person(store, visit):
    with pytest.raises(InquiryNoticeFirst):
        compose_document(store, visit, "inquiry-record", said("inquiry-record"))
    first = made(store, visit, "inquiry-record")
    second = compose_document(
        store, visit, "inquiry-record", said("inquiry-record", asked="樊立新")
    )
    assert first.number is second.number is None
    assert second.id != first.id
    again = compose_document(store, visit, "inquiry-record", None, second.id)
    assert again == second
    discard_draft(store, second.id)
    assert store.documents.one(second.id) is None


def test_a_penalty_that_the_law_does_not_know_is_refused_before_anybody_signs(store, visit):
    kind = "on-the-spot-penalty"
    person = {"party_kind": "person", "party": "贺平川", "fine": 10_000, "penalties": ["fine"]}
    with pytest.raises(NotPenalised) as refused:
        compose_document(store, visit, kind, said(kind, **person))
    told = refused.value.problem()
    assert told["law"]
    assert told["next_step"]
    with pytest.raises(SummaryNotAllowed, match="3,000"):
        compose_document(store, visit, kind, said(kind, fine=300_100))
    assert [one.kind for one in store.documents.of_inspection(visit)] == []
    # By itself it covers what its article punishes on the spot, with the range and the ceiling told.
    (findings_, *_) = writing.of_kind(store, visit, kind)
    assert findings_.chosen == (every(store, visit)[1],)
    assert "法定最低罚款超过当场处罚的限额" in findings_.reasons[0]
    assert "当场罚款单位不超过3,000元（安全生产法 §97(1)）" in findings_.reasons[1]
    other = writing.proposed(store, visit, kind, {"findings": [every(store, visit)[0]]})
    assert other["penalty_basis"] == "《安全生产法》第九十四条"
    draft = compose_document(store, visit, kind, said(kind))
    issued = issue_document(store, signed(store, draft.id))
    # The same party not twice for one act; a person beside the unit may be.
    with pytest.raises(FindingCovered):
        compose_document(store, visit, kind, said(kind, findings=every(store, visit)[1:]))
    outside = "《安全生产培训管理办法》第三十六条"
    assert compose_document(
        store, visit, kind,
        said(kind, **person, findings=every(store, visit)[1:], penalty_basis=outside),
    ).number != issued.number  # fmt: skip


def test_an_inquiry_is_signed_page_by_page_by_the_person_asked(store, visit):
    made(store, visit, "inquiry-notice")
    kind = "inquiry-record"
    long = said(kind)["dialogue"] + "\n问：还有吗？\n答：没有。" * 12
    draft = compose_document(store, visit, kind, said(kind, dialogue=long))
    count = len(shown(store, draft.id).pages)
    assert count == 3
    signed(store, draft.id, party=False)
    with pytest.raises(PagesSigned):
        sign_document(store, draft.id, "party", "贺平川", None, STROKES)
    for page in (1, 3):
        sign_document(store, draft.id, "party", PRESENT["name"], None, STROKES, page=page)
    assert missing_signatures(store, draft.id) == ["被询问人在第2页"]
    (party,) = [one for one in view.paper(store, draft.id).signers if one.role == "party"]
    assert (party.signed, party.pages) == ("", (2,))
    with pytest.raises(SignaturesMissing):
        issue_document(store, draft.id)
    # Other words: whoever signed signs anew, every page.
    compose_document(store, visit, kind, said(kind), draft.id)
    assert store.documents.signatures(draft.id) == []
    compose_document(store, visit, kind, said(kind, dialogue=long), draft.id)
    issued = issue_document(store, signed(store, draft.id))
    body = store.outbox.letters()[-1].body
    assert body["pages"] == list(shown(store, issued.id).pages)
    pages = [(one["page"], one["page_digest"]) for one in body["signatures"] if "page" in one]
    assert pages == list(enumerate(body["pages"], start=1))


def test_evidence_that_nobody_approved_can_be_drafted_and_not_issued(store, visit):
    kind = "evidence-registration-notice"
    draft = compose_document(store, visit, kind, said(kind, approved_by=""))
    with pytest.raises(RegistrationNotApproved):
        issue_document(store, signed(store, draft.id))
    compose_document(store, visit, kind, said(kind), draft.id)
    assert issue_document(store, signed(store, draft.id)).issued_at


def test_what_the_moment_proposed_stays_so_that_signatures_do(store, visit):
    draft = compose_document(store, visit, "survey-record", said("survey-record"))
    signed(store, draft.id)
    again = compose_document(store, visit, "survey-record", None, draft.id)
    assert (again.id, again.digest) == (draft.id, draft.digest)
    assert len(store.documents.signatures(draft.id)) == 3


def test_a_receipt_lists_what_the_party_has_a_copy_of(store, visit):
    receipt = made(store, visit, "service-receipt")
    assert [one["name"] for one in receipt.data["documents"]] == ["责令限期整改指令书"]
    (rows,) = [b for b in shown(store, receipt.id).blocks if isinstance(b, RuledList)]
    assert rows.headings == ("序号", "文书名称", "文号", "文书日期")


def test_the_officer_chooses_which_findings_an_order_covers_and_none_twice(store, visit):
    first, second = every(store, visit)
    with pytest.raises(FindingUnknown):
        compose_document(store, visit, ORDER, {"problems": ["another"]})
    draft = compose_document(store, visit, ORDER, {"problems": [second]})
    assert [one["finding"] for one in draft.data["problems"]] == [second]
    assert compose_document(store, visit, ORDER).data == draft.data
    issued = issue_document(store, signed(store, draft.id))
    told = view.documents(store, visit)
    assert told is not None
    lines = [(due.state, due.detail) for due in told.due if due.kind == ORDER]
    assert lines[1] == ("可制作", "还有 1 项问题没有列入现行文书，可再制作一份")
    with pytest.raises(FindingCovered, match="第2项已列入"):
        compose_document(store, visit, ORDER, {"problems": [first, second]})
    # By itself it covers what is left; and then there is nothing more to cover.
    rest = compose_document(store, visit, ORDER)
    assert [one["finding"] for one in rest.data["problems"]] == [first]
    rest = issue_document(store, signed(store, rest.id))
    assert compose_document(store, visit, ORDER) == rest
    record = compose_document(store, visit, RECORD)
    assert f"（{issued.number}、{rest.number}）" in record.data["handling"]
    # What is corrected covers nothing any more.
    made(store, rest.id, NOTICE)
    assert compose_document(store, visit, ORDER).data["problems"] == rest.data["problems"]


def test_a_major_hazard_is_suggested_for_measures_and_printed_with_its_criterion(store, open_visit):
    ad_hoc: dict[str, Any] = {"scheme_id": None, "entity_id": PLANT, "officers": [FIRST, SECOND]}
    visit = begun(store, **ad_hoc, checklist="metallurgy@2026.2", ground="举报核查")
    for item in store.packs.checklist("metallurgy@2026.2").items:
        answer_item(store, visit, item.code, "not_met" if item.code in ("G01", "Y01") else "met")
    finish_inspection(store, visit)
    record = made(store, visit, RECORD)
    draft = compose_document(store, visit, MEASURES, said(MEASURES))
    (problem,) = draft.data["problems"]
    assert problem["criterion"] == "《工贸企业重大事故隐患判定标准》（应急管理部令第10号）第四条"
    offered = {one.code: one for one in writing.of_draft(store, draft)}["problems"]
    assert [one[:4] for one in offered.reasons] == ["可不列入", "建议列入"]
    assert "（安全生产法 §65(1)(3)）" in offered.reasons[1]
    assert offered.chosen == (problem["finding"],)
    order = compose_document(store, visit, ORDER)
    for one, place in ((record, 2), (order, 2), (draft, 1)):
        words = [b.text for b in shown(store, one.id).blocks if isinstance(b, Paragraph)]
        criterion = f"上述第{place}项属于重大事故隐患，判定依据：{problem['criterion']}。"
        assert criterion in words, one.kind


def test_a_correction_is_a_new_document_that_names_the_old(store, visit):
    order = compose_document(store, visit, ORDER)
    with pytest.raises(NothingCorrected):
        compose_document(store, order.id, NOTICE, said(NOTICE))
    issued = issue_document(store, signed(store, order.id))
    draft = compose_document(store, order.id, NOTICE, said(NOTICE))
    assert draft.data["corrected_number"] == issued.number
    assert draft.corrects == order.id
    assert store.documents.corrected(order.id) == []
    notice = issue_document(store, signed(store, draft.id))
    assert store.outbox.letters()[-1].body["corrects"] == order.id
    assert store.documents.corrected(order.id) == [notice]
    assert store.documents.one(order.id) == issued
    told = view.documents(store, visit)
    assert told is not None
    assert [due.state for due in told.due if due.kind == ORDER] == ["已更正", "可制作"]
    assert notice.number
    assert notice.number in view.paper(store, order.id).corrected


def test_the_list_says_of_each_document_what_can_be_made_and_what_is_wanted(store, visit):
    told = view.documents(store, visit)
    assert told is not None
    states = {due.kind: (due.state, due.detail) for due in told.others}
    assert states["on-site-measures"][0] == "还缺前提"
    assert "尚未出具现场检查记录（安全生产法 §68）" in states["on-site-measures"][1]
    assert states["seizure-decision"][0] == "可制作"
    assert set(states) == set(OF_A_VISIT) - {RECORD, ORDER}
    compose_document(store, visit, "seizure-decision", said("seizure-decision", approved_by=""))
    told = view.documents(store, visit)
    assert told is not None
    draft = next(due for due in told.others if due.document_id)
    assert draft.state == "草稿"
    assert "查封、扣押尚未经负责人批准" in draft.detail


@pytest.mark.parametrize("kind", OF_A_VISIT)
def test_what_is_written_on_the_glass_reads_back(store, visit, kind):
    form, data = FORMS[kind], said(kind)
    texts, chosen = {}, {}
    for field in form.fields:
        if not field.written:
            continue
        if field.kind in ("choice", "choices", "boolean"):
            value = data.get(field.code)
            chosen[field.code] = value if isinstance(value, list) else [value] if value else []
        else:
            texts[field.code] = writing.shown(field, data.get(field.code))
    assert writing.read(form, texts, chosen) == data


def test_what_cannot_be_read_is_refused_by_its_name(store, visit):
    form = FORMS["on-the-spot-penalty"]
    for text in ("二百", "1.234", "nan"):
        with pytest.raises(FieldUnreadable, match="罚款数额"):
            writing.read(form, {"fine": text}, {})
    assert writing.read(form, {"fine": "1,999.5元"}, {})["fine"] == 199_950


def test_what_must_be_written_first_opens_as_a_form(store, visit):
    assert not writing.must_be_written(store, visit, RECORD)
    assert writing.must_be_written(store, visit, "seizure-decision")
    fields = {one.code: one for one in writing.of_kind(store, visit, "seizure-decision")}
    assert "officers" not in fields
    assert fields["facts"].value.startswith(str(now().year))
    assert fields["items"].hint == "每行一项：名称；规格型号（可空）；数量（大写）；备注（可空）"


def test_what_an_urgent_seizure_owes_stands_in_today_until_the_head_has_answered(store, visit):
    kind, on = "seizure-decision", day(now())
    urgent = {"approval": "urgent", "urgent_reason": "随时可能发生爆炸", "approved_by": ""}
    assert today_view(store, on).owed == []
    issued = made(store, visit, kind, **urgent)
    made(store, visit, "evidence-registration-notice")
    first, second, third = today_view(store, on).owed
    assert (first.tag, first.given["document_id"]) == ("24小时内", issued.id)
    assert "（行政强制法 §19）" in first.note
    assert "七个工作日内" in second.title
    assert "查封（扣押）期限届满前" in third.title
    late = today_view(store, on + timedelta(days=40)).owed
    assert [one.tag for one in late] == ["24小时内", "已逾期", "已逾期"]
    duty, sealing = (str(uuid5(UUID(issued.id), name)) for name in ("report-urgent", "sealing"))
    answers = [{"id": duty, "answer": "approved"}]
    store.set("site_duties", answers)
    assert today_view(store, on).owed == [second, third]
    # The head lets it go on for thirty days more: its new end stands here too, until it is dealt with.
    more = {
        "id": str(uuid4()), "name": "sealing-prolonged", "title": "查封（扣押）已延长三十日", "answer": None,
        "law": "行政强制法 §25", "due_on": str(on + timedelta(days=60)), "document_id": issued.id,
    }  # fmt: skip
    store.set("site_duties", [*answers, {"id": sealing, "answer": "prolonged"}, more])
    _, longer = today_view(store, on).owed
    assert "已延长三十日" in longer.title
    store.set(
        "site_duties",
        [*answers, {"id": sealing, "answer": "prolonged"}, more | {"answer": "disposed"}],
    )
    assert today_view(store, on).owed == [second]

"""Signing a document on a laptop, by keyboard alone, at its smallest size."""

import webbrowser

import pytest

from field_app.actions.answer_item import answer_item
from field_app.actions.compose_document import compose_document
from field_app.actions.finish_inspection import finish_inspection
from tests.examples import jpeg
from tests.field_app.screens.prepared import begun

pytestmark = pytest.mark.display


def said(widget):
    return str(getattr(widget, "text", "") or getattr(widget, "title", ""))


async def to(hands, words):
    """Tab until what says this has the keyboard."""
    for _ in range(80):
        await hands.key("tab")
        if words in said(hands.app.focused):
            return
    raise AssertionError(f"Tab does not reach {words}")


async def enter(hands, words):
    await to(hands, words)
    await hands.key("enter")
    await hands.settle()


async def test_a_document_is_printed_signed_on_paper_and_issued_by_keyboard_alone(
    store, hands_on, monkeypatch, tmp_path
):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("ZHIFA_CAMERA", raising=False)
    (tmp_path / "Pictures").mkdir()
    (tmp_path / "Pictures" / "签名页.jpg").write_bytes(jpeg(64, 48, seed=9))
    printed: list[str] = []

    def opened(url: str) -> bool:
        printed.append(url)
        return True

    monkeypatch.setattr(webbrowser, "open", opened)
    visit = begun(store)
    for item in store.packs.checklist("metallurgy@2026.1").items:
        answer_item(store, visit, item.code, "met")
    finish_inspection(store, visit)
    draft = compose_document(store, visit, "inspection-record")
    with hands_on(store) as hands:
        hands.window.size = (800, 600)
        hands.app.go("document", about=visit, document_id=draft.id)
        await hands.settle()
        await enter(hands, "在纸质件上签名")
        await enter(hands, "打印待签的文书")
        assert printed
        await hands.key("escape")
        assert not hands.app.page.signing.parent
        for who in ("张岳", "李青", "贺平川"):
            await enter(hands, "在纸质件上签名")
            await enter(hands, who)
            await enter(hands, "签名页.jpg")
        assert {one["name"] for one in store.documents.signatures(draft.id)} == {
            "张岳", "李青", "贺平川",
        }  # fmt: skip
        await enter(hands, "出具文书")
        await hands.until(lambda: store.documents.one(draft.id).issued_at)
    assert len(store.inspections.photos(visit)) == 1

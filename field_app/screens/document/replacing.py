"""A document that the office refused: why, and another one in its place (另行制作)."""

from typing import Any

from field_app.actions.correct_letter import DOCUMENT, replace_document
from field_app.look.pressable import BigButton
from field_app.screens.elsewhere import WritingPage
from field_app.screens.refused import refusal_card
from field_app.shelves.outbox import Letter

REFUSED = (
    "已签名的文书不再改动。另行制作的一份先带入原来填写的内容，可以修改，用新的文号，须重新签名；"
    "出具后原文号作废，原件已交当事人的，应当收回。"
)
REPLACES = "改好后重新签名、出具。出具后{}作废，原件已交当事人的，应当收回。"


class ReplacingPage(WritingPage):
    """What the page of a document does when the office sent it back."""

    refused: Letter | None = None

    def add_refusal(self, column: Any, document_id: str) -> None:  # noqa: ANN401 - a column
        """What the office has against a document, and that another can be made in its place."""
        letter = self.refused = self.store.outbox.refused_of(DOCUMENT, document_id)
        kept = self.store.documents.one(document_id)
        if kept is not None and kept.instead_of and not kept.issued_at:
            old = self.store.outbox.one(kept.instead_of)
            if old is not None:
                number = str(old.body.get("number") or "被退回的文书")
                column.add_widget(
                    refusal_card(old, "这份草稿替换被退回的文书", REPLACES.format(number))
                )
        elif letter is not None:
            card = refusal_card(letter, "服务器退回了这份文书", REFUSED)
            anew = BigButton(text="另行制作，替换这份", tone="main")
            anew.bind(on_release=lambda _: self.replace(letter.id))
            card.add_widget(anew)
            column.add_widget(card)

    def replace(self, letter_id: str) -> None:
        """另行制作: a draft in the place of the refused document, with what was written in it."""
        made = self.act(lambda: replace_document(self.store, letter_id))
        if made is not None:
            self.app.instead("document", about=made.about, document_id=made.id)

    def offer_correction(self, column: Any, document_id: str) -> None:  # noqa: ANN401 - a column
        """更正通知书, for an issued document that the office did not send back."""
        if self.refused is None:
            anew = BigButton(text="内容有误？另行制作更正通知书")
            anew.bind(on_release=lambda _: self.begin(document_id, "correction-notice"))
            column.add_widget(anew)

    def begin(self, about: str, kind: str) -> None:
        """Make a document about something."""
        raise NotImplementedError

"""Documents: widgets and events. A list, then one document: read, written, signed, issued."""

from typing import Any

from kivy.metrics import dp
from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.modalview import ModalView

from field_app import printer
from field_app.actions.compose_document import compose_document
from field_app.actions.discard_draft import REASONS, discard_draft
from field_app.actions.issue_document import issue_document
from field_app.actions.sign_document import sign_document
from field_app.look.panels import Card, Field, Heading, Quiet, Words
from field_app.look.pressable import BigButton, Chip, Line
from field_app.moments import kept, now
from field_app.screens.document.pieces import DiscardView, SigningView, choose_one, drawn
from field_app.screens.document.view import (
    Due,
    Paper,
    Signer,
    Written,
    discarding,
    documents,
    paper,
    written,
)
from field_app.screens.page import Page, first_in, layout, nothing
from field_app.screens.told import Told

layout(__file__)

GONE = ("本机没有这次检查的文书", "返回“今日”重新选择。")


class DocumentScreen(Page):
    """The documents about an inspection, or one of them."""

    note = StringProperty("")
    action = StringProperty("")
    action_tone = StringProperty("main")
    writing = BooleanProperty(False)
    """Whether what the officer writes is being written."""
    can_write = BooleanProperty(False)
    busy = BooleanProperty(False)

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**given)
        self._paper: Paper | None = None
        self._written: dict[str, Any] = {}
        self.signing: SigningView | None = None
        self.discarding: DiscardView | None = None

    def open(self, **given: str) -> None:
        """All documents, or the one named."""
        self.writing = self.busy = False
        super().open(**given)

    def paint(self) -> None:
        """Fill the widgets from the view."""
        self.ids.left.clear_widgets()
        self.ids.right.clear_widgets()
        self.action, self.note, self.can_write, self._paper = "", "", False, None
        document_id = self.given.get("document_id")
        if not document_id:
            self._paint_list()
        elif self.writing:
            self._paint_writing(document_id)
        else:
            self._paint_paper(document_id)

    def _paint_list(self) -> None:
        shown = documents(self.store, self.given.get("about", ""))
        self.title = shown.title if shown else "文书"
        if shown is None:
            nothing(self.ids.left, *GONE)
            return
        self.ids.left.add_widget(Heading(text="本次检查的文书"))
        for due in shown.due:
            line = Line(title=due.name, detail=due.detail, tag=due.state, tag_tone=due.tone)
            line.bind(on_release=lambda _, due=due: self.choose(due))
            self.ids.left.add_widget(line)
        if shown.note:
            self.ids.left.add_widget(Quiet(text=shown.note))
        if all(due.state == "已出具" for due in shown.due):
            nothing(self.ids.left, "文书已全部出具", "信件在发件箱中，有信号时自动送出。")

    def choose(self, due: Due) -> None:
        """Open a document; one that is not made yet is made and numbered first."""
        about = self.given["about"]
        document_id = due.document_id
        if not document_id:
            made = self.act(lambda: compose_document(self.store, about, due.kind))
            if made is None:
                return
            document_id = made.id
        self.app.go("document", about=about, document_id=document_id)

    def _paint_paper(self, document_id: str) -> None:
        shown = self._paper = paper(self.store, document_id)
        self.title = shown.name
        sheet = Card(padding=(dp(28), dp(24)))
        for said in shown.said:
            sheet.add_widget(drawn(said))
        self.ids.left.add_widget(sheet)
        right = self.ids.right
        if shown.issued:
            done = Card(tone="good")
            done.add_widget(Heading(text="已出具", tone="good"))
            done.add_widget(Words(text=shown.issued))
            done.add_widget(Words(text=f"文号：{shown.number}"))
            if shown.pdf:
                done.add_widget(Quiet(text=f"PDF：{shown.pdf.name[:16]}….pdf"))
            right.add_widget(done)
            self.action, self.action_tone = "打开或打印 PDF", "plain"
        right.add_widget(Heading(text="签名"))
        for signer in shown.signers:
            self._add_signer(right, shown, signer)
        if not shown.issued:
            self.can_write = bool(written(self.store, document_id))
            self.action, self.action_tone = "出具文书", "plain" if shown.missing else "main"
            if shown.missing:
                right.add_widget(Quiet(text=f"还需签名：{shown.missing}", tone="warn"))
            give_up = BigButton(text="放弃草稿")
            give_up.bind(on_release=lambda _: self.ask_to_discard())
            right.add_widget(give_up)

    def _add_signer(self, column: Any, shown: Paper, signer: Signer) -> None:  # noqa: ANN401
        line = Line(
            title=signer.name or f"{signer.label}（需要时）",
            detail=f"{signer.label} {signer.officer_number or ''}" if signer.name else "",
            tag=f"{signer.signed} 已签"
            if signer.signed
            else "未签"
            if shown.issued
            else "点按签名",
            tag_tone="good" if signer.signed else "main" if signer.name else "quiet",
            disabled=bool(shown.issued),
        )
        line.bind(on_release=lambda _: self.ask_to_sign(signer))
        column.add_widget(line)

    def ask_to_sign(self, signer: Signer) -> None:
        """Hand the glass to somebody."""
        shown = self._paper
        if shown is None or shown.issued:
            return
        # From here on the number is known outside, whether or not they sign.
        self.store.documents.show(shown.document_id, kept(now()))
        self.signing = SigningView(
            label=signer.label,
            under=f"{shown.name}　{shown.number}",
            named=signer.officer_number is not None,
            done=lambda name, strokes: self._sign(signer, name, strokes),
        )
        self.signing.ids.name.text = signer.name
        self.app.unfocus()
        self.signing.open(animation=False)

    def ask_to_discard(self) -> None:
        """放弃草稿: asked once more, with what becomes of the number."""
        shown = self._paper
        if shown is None or shown.issued:
            return
        means = discarding(self.store, shown.document_id)
        self.discarding = DiscardView(
            told=means.told, voids=means.voids, action=means.action, phrases=REASONS,
            done=lambda reason: self._discard(shown.document_id, reason),
        )  # fmt: skip
        self.app.unfocus()
        self.discarding.open(animation=False)

    def _discard(self, document_id: str, reason: str) -> None:
        def discard() -> bool:
            discard_draft(self.store, document_id, reason)
            return True

        if self.act(discard):
            # Not a page to come back to: it is about a draft that is no more.
            self.app.back()
            self.app.page.say(Told("草稿已放弃", next_step="需要时可重新制作"), "good")

    def _sign(self, signer: Signer, name: str, strokes: list[list[list[int]]]) -> bool:
        shown = self._paper
        assert shown is not None

        def sign() -> bool:
            sign_document(
                self.store, shown.document_id, signer.role, name, signer.officer_number, strokes
            )
            return True

        if self.act(sign):
            self.ids.banner.close()
            self.repaint()
        # A refusal stands in the banner behind the pad: the pad goes away either way.
        return True

    def press(self) -> None:
        """The next step: keep what was written, issue, or print."""
        shown = self._paper
        if self.writing:
            self._keep_written()
        elif shown and shown.pdf:
            place, name = shown.pdf, f"{shown.name}{shown.number}"
            self.act(lambda: printer.hand_over(place, name))
        elif shown and not self.busy:
            self.busy, self.action = True, "正在出具 …"
            self.soon(lambda: self._issue(shown))

    def _issue(self, shown: Paper) -> None:
        issued = self.act(lambda: issue_document(self.store, shown.document_id))
        self.busy = False
        if issued is None:
            self.action = "出具文书"
            return
        self.repaint()
        self.say(
            Told(
                "文书已出具",
                f"{shown.name}　{shown.number}",
                next_step="有信号时自动报送；可打印交当事人",
            ),
            "good",
        )

    def write(self) -> None:
        """修改内容."""
        self.writing = True
        self.ids.banner.close()
        self.repaint()
        self.to_top()

    def _paint_writing(self, document_id: str) -> None:
        column = self.ids.left
        self.action, self.action_tone = "保存内容", "main"
        self._written = {}
        self.ids.left.add_widget(
            Quiet(text="其余内容取自检查记录。内容改变后，已有的签名作废，需要重新签名。")
        )
        for one in written(self.store, document_id):
            card = Card()
            if one.options:
                card.add_widget(Quiet(text=one.label))
                row = BoxLayout(size_hint_y=None, height=dp(60), spacing=dp(12))
                row.bind(minimum_height=row.setter("height"))
                for value, text in one.options:
                    chip = Chip(text=text, tone="main", chosen=value == one.value)
                    chip.value = value
                    chip.bind(on_release=choose_one)
                    row.add_widget(chip)
                card.add_widget(row)
                self._written[one.code] = row
            else:
                card.add_widget(self._field(one))
                for phrase in one.phrases:
                    card.add_widget(self._phrase(one.code, phrase))
            column.add_widget(card)

    def _field(self, one: Written) -> Field:
        field = Field(label=one.label, multiline=True, text=one.value)
        self._written[one.code] = field
        return field

    def _phrase(self, code: str, phrase: str) -> BigButton:
        button = BigButton(text=f"填入：{phrase}")
        button.bind(on_release=lambda _: setattr(self._written[code], "text", phrase))
        return button

    def _keep_written(self) -> None:
        said = {}
        for code, widget in self._written.items():
            if isinstance(widget, Field):
                value = widget.text.strip()
            else:
                value = next((chip.value for chip in widget.children if chip.chosen), "")
            if value:
                said[code] = value
        kept = self.store.documents.one(self.given["document_id"])
        if kept is None:
            return
        made = self.act(lambda: compose_document(self.store, kept.about, kept.kind, said))
        if made is not None:
            self.writing = False
            self.repaint()

    @property
    def _above(self) -> ModalView | None:
        """What is open above the page: the pad, or the question about the draft."""
        found = [one for one in (self.signing, self.discarding) if one is not None and one.parent]
        return found[0] if found else None

    def first_focus(self) -> Any:  # noqa: ANN401 - a widget or None
        """On what is open above the page."""
        return first_in(self._above) if self._above else super().first_focus()

    def on_key(self, key: str) -> bool:
        """Escape takes away what is open above the page, or leaves the writing without keeping it."""
        if key == "escape" and self._above:
            self._above.dismiss()
            return True
        if key == "escape" and self.writing:
            self.writing = False
            self.repaint()
            return True
        return False

"""Documents: widgets and events. A list, then one document: read, written, signed, issued."""

from collections.abc import Mapping, Sequence
from typing import Any

from kivy.metrics import dp
from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.modalview import ModalView

from field_app import printer
from field_app.actions.compose_document import compose_document
from field_app.actions.discard_draft import REASONS, discard_draft
from field_app.actions.issue_document import issue_document
from field_app.look.panels import Card, Field, Heading, Quiet, Words
from field_app.look.pressable import BigButton, Line
from field_app.screens.document import writing
from field_app.screens.document.form import Form
from field_app.screens.document.pieces import DiscardView, drawn
from field_app.screens.document.signing import SigningPage
from field_app.screens.document.view import (
    Due,
    Paper,
    discarding,
    documents,
    paper,
)
from field_app.screens.page import first_in, layout, nothing
from field_app.screens.told import Told, told
from field_app.writing import FORM
from paper.scheme import KIND as SCHEME

layout(__file__)


def _part(kind: str, document_id: str | None) -> str:
    """How the drafts of a form's fields begin: by the document, or by the kind of one to be made."""
    return f"{document_id or kind}/"


GONE = ("本机没有这次检查的文书", "返回“今日”重新选择。")


class DocumentScreen(SigningPage):
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
        self._form: Form | None = None
        self.discarding: DiscardView | None = None

    def open(self, **given: str) -> None:
        """All documents, or the one named."""
        self.busy = False
        # A document that has not been begun opens as the form in which it is written.
        self.writing = "kind" in given
        super().open(**given)

    def paint(self) -> None:
        """Fill the widgets from the view."""
        self.ids.left.clear_widgets()
        self.ids.right.clear_widgets()
        self.action, self.note, self.can_write, self._paper = "", "", False, None
        document_id = self.given.get("document_id")
        if self.writing:
            self._paint_writing(document_id)
        elif document_id:
            self._paint_paper(document_id)
        else:
            self._paint_list()

    def _paint_list(self) -> None:
        shown = documents(self.store, self.given.get("about", ""))
        self.title = shown.title if shown else "文书"
        if shown is None:
            nothing(self.ids.left, *GONE)
            return
        left = self.ids.left
        if shown.due:
            left.add_widget(Heading(text="本次检查的文书"))
            self._add_lines(shown.due)
        if shown.note:
            left.add_widget(Quiet(text=shown.note))
        if shown.due and all(due.state in ("已出具", "已更正") for due in shown.due):
            nothing(left, "应当出具的文书已全部出具", "信件在发件箱中，有信号时自动送出。")
        if not (shown.due or shown.others):
            nothing(
                left,
                "现在没有可以制作的文书",
                "结束检查后制作；缺少文书样式的，在有信号处点“更新”。",
            )
        if shown.others:
            left.add_widget(Heading(text="需要时制作"))
            self._add_lines(shown.others)

    def _add_lines(self, lines: list[Due]) -> None:
        for due in lines:
            detail = f"{due.detail}　{due.unconfirmed}".strip("　")
            line = Line(title=due.name, detail=detail, tag=due.state, tag_tone=due.tone)
            line.bind(on_release=lambda _, due=due: self.choose(due))
            self.ids.left.add_widget(line)

    def choose(self, due: Due) -> None:
        """Open a document; one that is not made yet is written first, or made and numbered."""
        about = self.given["about"]
        if due.kind == SCHEME:
            self.app.go("scheme", inspection_id=about)
        elif due.document_id:
            self.app.go("document", about=about, document_id=due.document_id)
        elif due.against:
            self.say(told(due.against[0]), "warn")
        else:
            self.begin(about, due.kind)

    def begin(self, about: str, kind: str) -> None:
        """Make a document about something, or open the form without which it cannot be made."""
        first = self.act(lambda: writing.must_be_written(self.store, about, kind))
        if first:
            self.app.go("document", about=about, kind=kind)
        elif first is False:
            made = self.act(lambda: compose_document(self.store, about, kind))
            if made is not None:
                self.app.go("document", about=about, document_id=made.id)

    def _paint_paper(self, document_id: str) -> None:
        shown = self._paper = paper(self.store, document_id)
        self.title = shown.name
        self.add_refusal(self.ids.left, document_id)
        if shown.unconfirmed:
            # Beside the paper, not on it: what is signed and printed is the form as it stands.
            self.ids.left.add_widget(Quiet(text=f"{shown.name}　文书样式{shown.unconfirmed}"))
        if not shown.issued and self._unsaved(document_id):
            unsaved = "有修改还没有保存，不在下面的文书里：点“修改内容”接着写"
            self.ids.left.add_widget(Quiet(text=unsaved, tone="warn"))
        sheet = Card(padding=(dp(28), dp(24)))
        for said in shown.said:
            sheet.add_widget(drawn(said))
        self.ids.left.add_widget(sheet)
        right = self.ids.right
        if shown.issued:
            done = Card(tone="good")
            done.add_widget(Heading(text="已出具", tone="good"))
            done.add_widget(Words(text=shown.issued))
            if shown.number:
                done.add_widget(Words(text=f"文号：{shown.number}"))
            if shown.pdf:
                done.add_widget(Quiet(text=f"PDF：{shown.pdf.name[:16]}….pdf"))
            if shown.corrected:
                done.add_widget(Words(text=shown.corrected, tone="warn"))
            right.add_widget(done)
            self.offer_correction(right, shown.document_id)
            self.action, self.action_tone = "打开或打印 PDF", "plain"
        right.add_widget(Heading(text="签名"))
        for signer in shown.signers:
            self.add_signer(right, shown, signer)
        if not shown.issued:
            self.add_cosigning(right, shown)
            self.add_on_paper(right, shown)
            draft = self.store.documents.one(document_id)
            self.can_write = draft is not None and bool(writing.of_draft(self.store, draft))
            ready = not (shown.missing or shown.against)
            self.action, self.action_tone = "出具文书", "main" if ready else "plain"
            for refusal in shown.against:
                law = f"（{refusal.law}）" if refusal.law else ""
                right.add_widget(Quiet(text=f"还缺：{refusal.title}{law}", tone="warn"))
            if shown.missing:
                right.add_widget(Quiet(text=f"还需签名：{shown.missing}", tone="warn"))
            give_up = BigButton(text="放弃草稿")
            give_up.bind(on_release=lambda _: self.ask_to_discard())
            right.add_widget(give_up)

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
        draft = self.store.documents.one(document_id)
        about = draft.about if draft else ""

        def discard() -> bool:
            with self.store.atomic():
                discard_draft(self.store, document_id, reason)
                self.store.drafts.forget(self.name, about, _part("", document_id))
            return True

        if self.act(discard):
            # Not a page to come back to: it is about a draft that is no more.
            self.app.back()
            self.app.page.say(Told("草稿已放弃", next_step="需要时可重新制作"), "good")

    def press(self) -> None:
        """The next step: keep what was written, issue, or print."""
        shown = self._paper
        if self.writing:
            self._keep_written()
        elif shown and shown.pdf:
            path, name = shown.pdf.as_posix(), f"{shown.name}{shown.number}"
            files = self.store.files
            self.act(lambda: printer.hand_over(files.lend(path, name)))
        elif shown and not self.busy:
            self.busy, self.action = True, "正在出具 …"
            self.soon(lambda: self._issue(shown))

    def _issue(self, shown: Paper) -> None:
        issued = self.act(lambda: issue_document(self.store, shown.document_id, self.app.location))
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

    def _paint_writing(self, document_id: str | None) -> None:
        self.action, self.action_tone = "保存内容", "main"
        draft = self.store.documents.one(document_id) if document_id else None
        if draft is not None:
            fields = writing.of_draft(self.store, draft)
            note = "其余内容取自检查记录。内容改变后，已有的签名作废，需要重新签名。"
        else:
            kind = self.given["kind"]
            self.title = self.store.packs.template(kind).name
            fields = writing.of_kind(self.store, self.given["about"], kind)
            note = "其余内容取自检查记录，不用再填。保存后自动取号，签名前都可以修改。"
        self.ids.left.add_widget(Quiet(text=note))
        about = draft.about if draft else self.given["about"]
        kind = draft.kind if draft else self.given["kind"]

        def proposing(covers: Mapping[str, Sequence[str]]) -> Mapping[str, str]:
            return writing.proposed(self.store, about, kind, covers)

        part = _part(kind, document_id)

        def elsewhere(field: Field, label: str, code: str) -> None:
            self.write_elsewhere(field, label, part + code, longest=FORM)

        form = self._form = Form(self.ids.left, fields, proposing, elsewhere)
        self.keep_writing(
            about,
            lambda: {part + code: value for code, value in form.said().items()},
            lambda found: form.resume({
                field.removeprefix(part): value for field, value in found.items()
            }),
        )  # fmt: skip
        if self.draft and self.draft.resumed:
            undo = BigButton(text="不要上次没有保存的内容，恢复原样")
            undo.bind(on_release=lambda _: self._undo(about, part))
            self.ids.left.add_widget(undo, index=len(self.ids.left.children) - 1)

    def _unsaved(self, document_id: str) -> bool:
        """Whether somebody has written in a draft what is not in it yet."""
        draft = self.store.documents.one(document_id)
        written = self.store.drafts.of(self.name, draft.about) if draft else {}
        return any(field.startswith(_part("", document_id)) for field in written)

    def _undo(self, about: str, part: str) -> None:
        """恢复原样: what was being written goes."""
        self.draft = None
        self.act(lambda: self.store.drafts.forget(self.name, about, part))
        self.repaint()
        self.to_top()

    def _keep_written(self) -> None:
        form, document_id = self._form, self.given.get("document_id")
        draft = self.store.documents.one(document_id) if document_id else None
        if form is None or (document_id and draft is None):
            return
        about = draft.about if draft else self.given["about"]
        kind = draft.kind if draft else self.given["kind"]

        def keep() -> Any:  # noqa: ANN401 - Kept
            template = self.store.packs.template(draft.template if draft else kind)
            said = writing.read(template, form.texts(), form.chosen())
            return compose_document(self.store, about, kind, said, draft.id if draft else None)

        made = self.commit(keep, _part(kind, document_id))
        if made is None:
            self.to_top()
            return
        # Nothing of the form that is left stands for anything any more.
        self.draft = None
        self.given = {"about": about, "document_id": made.id}
        self.writing = False
        self.ids.banner.close()
        self.repaint()
        self.to_top()

    @property
    def _above(self) -> ModalView | None:
        """What is open above the page: the pad, or the question about the draft."""
        found = [one for one in (self.signing, self.discarding) if one is not None and one.parent]
        return found[0] if found else None

    def first_focus(self) -> Any:  # noqa: ANN401 - a widget or None
        """On what is open above the page."""
        return first_in(self._above) if self._above else super().first_focus()

    def on_key(self, key: str) -> bool:
        """Escape takes away what is open above the page, or leaves the writing for later."""
        if key == "escape" and self._above:
            self._above.dismiss()
            return True
        if key == "escape" and self.writing and "document_id" in self.given:
            self.writing = False
            self.repaint()
            return True
        return False

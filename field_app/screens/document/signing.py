"""Who signs a document: their lines, the glass handed to them, and a refusal put on record."""

from typing import Any

from field_app import camera, printer
from field_app.actions.sign_document import sign_document
from field_app.actions.sign_on_paper import print_to_sign, sign_on_paper
from field_app.look.pressable import BigButton, Line
from field_app.moments import kept, now
from field_app.screens.document.on_paper import PaperView
from field_app.screens.document.pieces import RefusingView, SigningView
from field_app.screens.document.replacing import ReplacingPage
from field_app.screens.document.view import Paper, Signer, pages
from field_app.screens.told import Told
from lawbook.signatures import PARTY


class SigningPage(ReplacingPage):
    """What the page of a document does while it is signed."""

    signing: SigningView | RefusingView | PaperView | None = None
    _paper: Paper | None = None

    def add_cosigning(self, column: Any, shown: Paper) -> None:  # noqa: ANN401
        """A colleague beside us signs on his own tablet, by QR codes."""
        me = (self.store.setting("me") or {}).get("officer")
        wanted = [one for one in shown.signers if one.officer_number and not one.signed]
        if any(one.officer_number != me for one in wanted):
            button = BigButton(text="同行人员在其平板签名")
            button.bind(on_release=lambda _: self.app.go("cosign", document_id=shown.document_id))
            column.add_widget(button)

    def add_signer(self, column: Any, shown: Paper, signer: Signer) -> None:  # noqa: ANN401
        line = Line(
            title=signer.name or f"{signer.label}（需要时）",
            detail=f"{signer.label} {signer.officer_number or ''}" if signer.name else "",
            tag=f"{signer.signed} 拒签"
            if signer.refused
            else f"{signer.signed} 纸质件已签"
            if signer.on_paper
            else f"{signer.signed} 已签"
            if signer.signed
            else "未签"
            if shown.issued
            else "点按签名",
            tag_tone="warn"
            if signer.refused
            else "good"
            if signer.signed
            else "main"
            if signer.name
            else "quiet",
            disabled=bool(shown.issued),
        )
        line.bind(on_release=lambda _: self.ask_to_sign(signer))
        column.add_widget(line)
        if signer.role == PARTY and not shown.issued and not (signer.signed and not signer.refused):
            button = BigButton(text="拒绝签字？记明情况")
            button.bind(on_release=lambda _: self.ask_why(signer))
            column.add_widget(button)

    def add_on_paper(self, column: Any, shown: Paper) -> None:  # noqa: ANN401
        """Somebody signs the printed document instead of the glass (已在纸质件签名)."""
        button = BigButton(text="在纸质件上签名")
        button.bind(on_release=lambda _: self.ask_for_paper(shown))
        column.add_widget(button)

    def ask_for_paper(self, shown: Paper) -> None:
        """Print the draft, and take the photo of what was signed on it."""
        signers = [one for one in shown.signers if not one.on_paper]
        self.signing = PaperView(signers=signers, page=self, under=f"{shown.name}　{shown.number}")
        self.app.unfocus()
        self.signing.open(animation=False)

    def print_to_sign(self) -> None:
        """打印待签的文书."""
        if (shown := self._paper) is not None:
            self.act(lambda: printer.hand_over(print_to_sign(self.store, shown.document_id)))

    def keep_paper(self, signer: Signer, name: str, data: bytes, placed: bool) -> None:
        """Keep the photo of the signed page, and that this person signed it."""
        shown = self._paper
        assert shown is not None

        def keep() -> bool:
            sign_on_paper(
                self.store, shown.document_id, signer.role, name, signer.officer_number, data,
                camera.media_type(data) or "application/octet-stream",
                self.app.location if placed else None,
            )  # fmt: skip
            return True

        kept_it = self.act(keep)
        if self.signing is not None:
            self.signing.dismiss()
        if kept_it:
            self.repaint()
            self.say(Told(f"{name}：已在纸质件签名", next_step="照片随文书作为证据报送"), "good")

    def ask_why(self, signer: Signer) -> None:
        """Put on record that somebody refuses to sign, and why."""
        if (shown := self._paper) is not None:
            self.store.documents.show(shown.document_id, kept(now()))
        self.signing = RefusingView(
            done=lambda name, why: self._sign(signer, name, [], why),
            label=signer.label,
        )
        self.signing.ids.name.text = signer.name
        self.signing.ids.why.text = signer.refused
        self.app.unfocus()
        self.signing.open(animation=False)

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
            done=lambda name, strokes, page: self._sign(signer, name, strokes, page=page),
            sheets=pages(self.store, shown.document_id) if signer.pages else (),
            wanted=signer.pages,
        )
        self.signing.ids.name.text = signer.name
        self.app.unfocus()
        self.signing.open(animation=False)

    def _sign(
        self,
        signer: Signer,
        name: str,
        strokes: list[list[list[int]]],
        refused: str | None = None,
        page: int = 0,
    ) -> bool:
        shown = self._paper
        assert shown is not None

        def sign() -> bool:
            sign_document(
                self.store, shown.document_id, signer.role, name, signer.officer_number, strokes,
                refused, page, self.app.location,
            )  # fmt: skip
            return True

        if self.act(sign):
            self.ids.banner.close()
            self.repaint()
        elif page and isinstance(self.signing, SigningView):
            # No further page either.
            self.signing.dismiss()
            return False
        # A refusal stands in the banner behind the pad: the pad goes away either way.
        return True

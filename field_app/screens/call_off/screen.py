"""Calling a visit off: its reason, what happened, who saw it, photos. Widgets and events."""

from kivy.properties import BooleanProperty, StringProperty

from field_app import camera
from field_app.actions.call_off import call_off
from field_app.actions.take_photo import keep_photo
from field_app.screens.choice import Choice
from field_app.screens.choices import Choices, resume, standing
from field_app.screens.page import Page, Taking, layout
from field_app.screens.told import Told
from lawbook.calling_off import REASONS, Why

layout(__file__)

CHOICES = [Choice(why.value, reason.name) for why, reason in REASONS.items()]
CAPTION = "未能检查"


class CallOffScreen(Page):
    """One page: the reason, and what is written with it."""

    why = StringProperty("")
    told = BooleanProperty(False)
    witnessed = BooleanProperty(False)
    consequence = StringProperty("")
    taken = StringProperty("")
    can_shoot = BooleanProperty(False)

    @property
    def inspection_id(self) -> str:
        """The visit that this is about."""
        return self.given.get("inspection_id", "")

    def paint(self) -> None:
        """What was written before, as it was."""
        visit = self.store.inspections.one(self.inspection_id)
        entity = self.store.mirror.entity(visit.entity_id) if visit else None
        self.title = entity["name"] if entity else "未能检查"
        self.can_shoot = camera.has_camera()
        reasons: Choices = self.ids.why
        reasons.offer(CHOICES)
        self.ids.account.text = self.ids.witness.text = ""
        boxes = {"why": reasons, "account": self.ids.account, "witness": self.ids.witness}
        self.keep_writing(
            self.inspection_id, lambda: standing(boxes), lambda found: resume(boxes, found)
        )
        for chip in reasons.ids.chips.children:
            chip.bind(chosen=lambda *_: self._say_reason())
        self._say_reason()
        self._count()

    def _count(self) -> None:
        count = len(self.store.inspections.photos(self.inspection_id))
        self.taken = f"已取证 {count} 件，随本次情况一起报送" if count else "还没有证据"

    def _say_reason(self) -> None:
        self.why = next(iter(self.ids.why.chosen), "")
        reason = REASONS[Why(self.why)] if self.why else None
        self.told = bool(reason and reason.told)
        self.witnessed = bool(reason and reason.witnessed)
        self.consequence = (
            f"向对方说明：{reason.law}，{reason.consequence}。"
            if reason and reason.consequence
            else ""
        )

    def take_photo(self) -> None:
        """拍照取证: the gate, the notice on it, whoever refuses."""
        scratch = self.store.files.scratch
        self._shoot(lambda taken: camera.take_picture(scratch, taken), placed=True)

    def choose_photo(self) -> None:
        """选择照片: one that another camera took; nobody knows where."""
        self._shoot(camera.choose_picture, placed=False)

    def _shoot(self, take: Taking, *, placed: bool) -> None:
        def use(data: bytes) -> None:
            keep_photo(
                self.store, self.inspection_id, data,
                camera.media_type(data) or "application/octet-stream", caption=CAPTION,
                location=self.app.location if placed else None,
            )  # fmt: skip
            self._count()

        self.with_picture(take, use)

    def press(self) -> None:
        """确认未能检查."""
        if not self.why:
            self.say(Told("请选择未能检查的原因"))
            return

        def done() -> bool:
            call_off(
                self.store, self.inspection_id, Why(self.why), self.ids.account.text,
                self.ids.witness.text, self.app.location,
            )  # fmt: skip
            return True

        if self.commit(done):
            self.draft = None
            self.app.home()
            self.app.page.say(
                Told(
                    "已记为未能检查", "情况已写成信件，有信号时自动报送；不计入检查次数。",
                    next_step="方案仍可据以另行检查",
                ),
                "good",
            )  # fmt: skip
        else:
            self.to_top()

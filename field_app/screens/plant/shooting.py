"""A photo that goes with what is filled in for the ledger: taken or chosen, seen, left out again."""

from kivy.metrics import dp

from field_app import camera
from field_app.actions.propose import Shot, drop_shot, keep_shot
from field_app.look.picture import picture
from field_app.screens.page import Page, Taking
from field_app.screens.plant.fill_form import FillForm


class ShootingPage(Page):
    """What the page of a plant does with a photo for its ledger."""

    shot: Shot | None = None

    def take_shot(self, form: FillForm) -> None:
        """拍照."""
        scratch = self.store.files.scratch
        self._shoot(form, lambda taken: camera.take_picture(scratch, taken))

    def choose_shot(self, form: FillForm) -> None:
        """选择照片: one that is on this device already."""
        self._shoot(form, camera.choose_picture)

    def _shoot(self, form: FillForm, take: Taking) -> None:
        self.with_picture(take, lambda data: self._keep_shot(form, data))

    def _keep_shot(self, form: FillForm, data: bytes) -> None:
        kind = camera.media_type(data) or "application/octet-stream"
        kept = keep_shot(self.store, data, kind)
        if self.shot and self.shot != kept:
            drop_shot(self.store, self.shot)
        self.shot = kept
        size = (
            f"{kept.size / 1e6:.1f} MB" if kept.size >= 100_000 else f"{kept.size // 1000 + 1} KB"
        )
        shown = picture(data, kept.path, fit_mode="contain")
        shown.height = dp(140)
        form.show_photo(shown, f"已附照片　{size}　原件随补充一起报送")

    def forget_shot(self, form: FillForm) -> None:
        """不附照片."""
        self.drop_shot()
        form.show_photo(None, "")

    def drop_shot(self) -> None:
        """What was taken and goes with nothing does not stay here."""
        shot, self.shot = self.shot, None
        if shot:
            self.act(lambda: drop_shot(self.store, shot))

    def pause(self) -> None:
        """A call, or the screen goes dark: the photo is still there afterwards."""
        super().leave()

    def leave(self) -> None:
        """A photo that was not saved with anything goes."""
        self.drop_shot()
        super().leave()

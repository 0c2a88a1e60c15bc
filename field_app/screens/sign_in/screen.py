"""Sign in: widgets and events."""

from kivy.properties import BooleanProperty, StringProperty

from field_app.actions.sign_in import enter
from field_app.look.panels import Field
from field_app.look.pressable import BigButton
from field_app.refusals import OldPasswordWrong, PasswordChanged
from field_app.screens.page import Page, layout
from field_app.screens.sign_in.view import INCOMPLETE, SET_ASIDE, view, words

layout(__file__)


class SignInScreen(Page):
    """Account and password; the old password where this device is still locked with it."""

    gateway = StringProperty("")
    people = StringProperty("")
    note = StringProperty("")
    state = StringProperty("")
    state_tone = StringProperty("quiet")
    badge = StringProperty("")
    badge_tone = StringProperty("quiet")
    device_note = StringProperty("")
    busy = BooleanProperty(False)

    def open(self, **given: str) -> None:
        """Ask who it is."""
        self._ask_no_more()
        super().open(**given)

    def repaint(self) -> None:
        """Show who was here: no store is needed for it."""
        self.act(self.paint)

    def paint(self) -> None:
        """Fill the widgets from the view."""
        shown = view(self.app.vault, self.app.gateway)
        self.gateway, self.people, self.note = shown.gateway, shown.people, shown.note
        device = shown.device
        self.state, self.state_tone = device.state, device.tone
        self.badge, self.badge_tone = device.badge, device.badge_tone
        self.device_note = "\n".join(device.notes)
        self.ids.password.text = ""

    def enter(self) -> None:
        """登录."""
        account, password = self.ids.account.text.strip(), self.ids.password.text
        if not account or not password:
            self.say(INCOMPLETE, "warn")
        elif not self.busy:
            self.busy = True
            self.ids.banner.close()
            old = self._old.text if self._old else None
            self.spawn(self._enter(account, password, old or None))

    async def _enter(self, account: str, password: str, old_password: str | None) -> None:
        app = self.app
        try:
            store = await enter(
                app.vault, app.gateway, account, password, app.transport,
                opened=app.store, old_password=old_password,
            )  # fmt: skip
        except Exception as error:
            if isinstance(error, PasswordChanged | OldPasswordWrong):
                self._ask_for_the_old()
            self.say(words(error))
        else:
            self.ids.password.text = ""
            if app.store is not store:
                # Somebody else's was open: what is in it is sealed before this one takes its place.
                await app.part()
            app.use(store)
            app.home()
            app.page.begin_refresh()
        finally:
            self.busy = False

    def _ask_no_more(self) -> None:
        self.ids.more.clear_widgets()
        self._old: Field | None = None
        self._setting_aside = False

    def _ask_for_the_old(self) -> None:
        if self._old is not None:
            return
        self._old = Field(label="原口令", secret=True)
        button = BigButton(text="不记得原口令：封存原记录并登录")
        button.bind(on_release=lambda _: self.set_aside())
        for widget in (self._old, button):
            self.ids.more.add_widget(widget)

    def set_aside(self) -> None:
        """封存原记录并登录: asked for twice."""
        if not self._setting_aside:
            self._setting_aside = True
            self.say(SET_ASIDE, "warn")
            return
        account = self.ids.account.text.strip()
        if self.app.vault.knows(account):
            self.act(lambda: self.app.vault.set_aside(account))
        self._ask_no_more()
        self.enter()

"""Sign in: widgets and events."""

from kivy.properties import BooleanProperty, StringProperty

from field_app.actions.sign_in import sign_in
from field_app.screens.page import Page, layout
from field_app.screens.sign_in.view import INCOMPLETE, view, words

layout(__file__)


class SignInScreen(Page):
    """Account and password."""

    gateway = StringProperty("")
    last = StringProperty("")
    note = StringProperty("")
    state = StringProperty("")
    state_tone = StringProperty("quiet")
    badge = StringProperty("")
    badge_tone = StringProperty("quiet")
    device_note = StringProperty("")
    busy = BooleanProperty(False)

    def paint(self) -> None:
        """Fill the widgets from the view."""
        shown = view(self.store, self.app.gateway)
        self.gateway, self.last, self.note = shown.gateway, shown.last, shown.note
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
            self.spawn(self._enter(account, password))

    async def _enter(self, account: str, password: str) -> None:
        try:
            await sign_in(self.store, self.app.gateway, account, password, self.app.transport)
        except Exception as error:
            self.say(words(error))
        else:
            self.ids.password.text = ""
            self.app.home()
            self.app.page.begin_refresh()
        finally:
            self.busy = False

"""This device: widgets and events."""

from kivy.properties import BooleanProperty, StringProperty

from field_app import scanner
from field_app.answers import Unknown
from field_app.camera import has_camera, take_picture
from field_app.contact import contact_of
from field_app.device import Device
from field_app.enrolment import enrol
from field_app.look.panels import Words
from field_app.screens.device.aside import AsidePage
from field_app.screens.device.view import NO_SIGNAL, code_in, view
from field_app.screens.page import layout, pairs
from field_app.screens.told import Told

layout(__file__)


class DeviceScreen(AsidePage):
    """Where a device is let in, and where one sees how it stands."""

    state = StringProperty("")
    state_tone = StringProperty("quiet")
    badge = StringProperty("")
    badge_tone = StringProperty("quiet")
    enrolled = BooleanProperty(True)
    busy = BooleanProperty(False)
    signed_in = BooleanProperty(False)

    @property
    def device(self) -> Device:
        """This installation: there before anybody has signed in."""
        device: Device = self.app.vault.device
        return device

    def repaint(self) -> None:
        """Show the present state: no store is needed for it."""
        store = self.app.store
        self.signed_in, self.unsent = store is not None, store.unsent if store else 0
        self.act(self.paint)

    def paint(self) -> None:
        """Fill the widgets from the view."""
        self.title = "本机与注册"
        shown = view(self.device, self.app.store)
        found = shown.standing
        self.enrolled, self.state, self.state_tone = found.enrolled, found.state, found.tone
        self.badge, self.badge_tone = found.badge, found.badge_tone
        self.ids.scan.disabled = not has_camera()
        notes, told = self.ids.notes, self.ids.told
        notes.clear_widgets()
        told.clear_widgets()
        for note in found.notes:
            notes.add_widget(Words(text=note, tone="warn"))
        pairs(told, shown.pairs)
        self.paint_aside()
        if not self.ids.name.text:
            self.ids.name.text = shown.name

    def scan(self) -> None:
        """扫描注册二维码."""
        self.with_picture(lambda taken: take_picture(self.app.vault.scratch, taken), self._read)

    def _read(self, picture: bytes) -> None:
        if code := code_in(scanner.texts_in(picture)):
            self._begin(code)

    def enter(self) -> None:
        """注册 by the code that was typed."""
        self._begin(self.ids.code.text)

    def _begin(self, text: str) -> None:
        if not self.busy:
            self.busy = True
            self.ids.banner.close()
            self.spawn(self._enrol(text))

    async def _enrol(self, text: str) -> None:
        app = self.app
        try:
            contact = await enrol(self.device, app.gateway, text, self.ids.name.text, app.transport)
        except Unknown:
            self.say(NO_SIGNAL, "warn")
        else:
            app.use_gateway(contact_of(self.device).gateway)
            self.ids.code.text = ""
            self.repaint()
            said = Told(f"已注册到{contact.unit_name}", next_step="返回后用执法人员帐号登录")
            self.say(said, "good")
        finally:
            self.busy = False

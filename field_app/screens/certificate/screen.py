"""The certificate and who is there: widgets and events."""

from typing import Any

from kivy.properties import BooleanProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from field_app.actions.meet_party import MOST, note_present, show_certificate
from field_app.look.panels import Card
from field_app.screens.certificate.view import Certificate, at_the_gate
from field_app.screens.page import Page, layout, nothing
from field_app.wire import Present

layout(__file__)
NOBODY: Present = {"name": "", "duty": "", "phone": ""}


class CertificateCard(Card):
    """One certificate, to be read at arm's length."""

    told = ObjectProperty(Certificate("", "", "", "", ""))
    large = BooleanProperty(False)


class PersonFields(BoxLayout):
    """Name, duty and telephone of somebody who is there."""

    label = StringProperty("姓名")
    fixed = BooleanProperty(False)

    @property
    def told(self) -> Present:
        """What stands in the fields."""
        name, duty, phone = (self.ids[one].text for one in ("name", "duty", "phone"))
        return {"name": name.strip(), "duty": duty.strip(), "phone": phone.strip()}


class CertificateScreen(Page):
    """Shown to the party at the gate."""

    shown = StringProperty("")
    """When it was shown; empty before."""
    known = BooleanProperty(False)
    ended = BooleanProperty(False)

    @property
    def inspection_id(self) -> str:
        """The inspection that this is about."""
        return self.given.get("inspection_id", "")

    def paint(self) -> None:
        """Fill the widgets from the view."""
        self.title = "出示执法证"
        left, people = self.ids.left, self.ids.people
        left.clear_widgets()
        people.clear_widgets()
        told = at_the_gate(self.store, self.inspection_id, self.today)
        self.known = told is not None
        if told is None:
            nothing(left, "本机没有这次检查", "返回“今日”重新选择。")
            return
        self.shown, self.ended = told.shown, told.ended
        for index, one in enumerate(told.certificates):
            left.add_widget(CertificateCard(told=one, large=index == 0))
        for person in told.present:
            self._add(person)

    def _add(self, person: Present) -> None:
        people = self.ids.people
        row = PersonFields(
            label="现场负责人" if not people.children else "在场人员", fixed=self.ended
        )
        for name in ("name", "duty", "phone"):
            row.ids[name].text = person[name]
        people.add_widget(row)

    def add_person(self) -> None:
        """＋增加一人."""
        if len(self.ids.people.children) <= MOST:
            self._add(NOBODY)
            first: Any = self.ids.people.children[0]
            first.ids.name.box.focus = True

    def leave(self) -> None:
        """Keep who is there."""
        if self.known and not self.ended:
            self.act(self._keep)

    def _keep(self) -> bool:
        told = [row.told for row in reversed(self.ids.people.children)]
        note_present(self.store, self.inspection_id, told, self.app.location)
        return True

    def go_on(self) -> None:
        """已出示, or on to the check list."""
        if self.ended:
            self.app.back()
        elif self.act(self._keep) and self.act(self._show):
            self.app.instead("checklist", inspection_id=self.inspection_id)

    def _show(self) -> str:
        return show_certificate(self.store, self.inspection_id, self.app.location)

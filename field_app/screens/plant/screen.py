"""A plant: widgets and events."""

from typing import Any

from kivy.clock import Clock
from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from field_app.actions.begin_inspection import begin_inspection
from field_app.actions.correct_letter import correct_proposal
from field_app.actions.draft_scheme import draft_for_plant
from field_app.actions.propose import propose
from field_app.look.panels import Card, Field, Heading, Quiet, Words
from field_app.look.pressable import Line
from field_app.screens.choices import Choices, resume, standing
from field_app.screens.page import layout, nothing, pairs
from field_app.screens.plant.fill_form import FillForm
from field_app.screens.plant.filling import ask_again
from field_app.screens.plant.finding import search
from field_app.screens.plant.past import Past
from field_app.screens.plant.shooting import ShootingPage
from field_app.screens.plant.view import GROUND_CHOICES, Plant, plant
from field_app.screens.refused import refusal_card
from field_app.screens.told import Told
from field_app.shelves.outbox import Letter

layout(__file__)

CHOSEN = ("ground", "ground_text", "officers", "checklist")
"""What a scheme orders; of these only who comes is chosen where there is one."""
PAUSE = 0.25
"""Seconds after the last key before the ledger is searched."""


FILL, BEGIN, ORDERED = "fill/", "begin/", "ordered/"
"""How the names of boxes begin in the draft of the page: the ledger's form, the visit's, and in that
what a scheme would order."""


class BeginForm(BoxLayout):
    """What is needed to begin: by a scheme only the place and who is there, and who came in whose
    stead; else all of it."""

    scheme = BooleanProperty(False)

    @property
    def boxes(self) -> dict[str, Field | Choices]:
        """All that is written or chosen in, by its name in the draft of the page."""
        who = {name: self.ids[name] for name in ("place", "name", "duty", "phone")}
        return who | {ORDERED + name: self.ids[name] for name in CHOSEN}


class PlantScreen(ShootingPage):
    """The search, or one plant."""

    chosen = BooleanProperty(False)
    """Whether one plant is shown, not the search."""
    action = StringProperty("")

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**given)
        self._shown: Plant | None = None
        self._form: BeginForm | None = None
        self._searching = Clock.create_trigger(lambda _: self.act(self._search), PAUSE)

    def paint(self) -> None:
        """Fill the widgets from the view."""
        self._form = self._shown = None
        self.action = ""
        self.ids.left.clear_widgets()
        self.ids.right.clear_widgets()
        entity_id = self.given.get("entity_id", "")
        self.chosen = bool(entity_id)
        if not entity_id:
            self.title = "查找企业"
            self._search()
            return
        scheme_id = self.given.get("scheme_id", "")
        self._shown = plant(self.store, entity_id, scheme_id, self.today, self.here)
        if self._shown is None:
            self.title = "企业"
            nothing(self.ids.left, "本机台账中没有这家企业", "请在有信号处更新后再试。")
            return
        self.title = self._shown.name
        self._boxes: dict[str, Field | Choices] = {}
        self._paint_plant(self._shown)
        boxes = self._boxes
        self.keep_writing(entity_id, lambda: standing(boxes), lambda found: resume(boxes, found))

    def _draft_of(self, form: FillForm | BeginForm, part: str) -> None:
        """What stands in this form is kept while it is written."""
        self._boxes |= {part + name: one for name, one in form.boxes.items()}

    def search_soon(self) -> None:
        """A key was pressed in the search field."""
        if not self.chosen:
            self._searching()

    def _search(self) -> None:
        if self.chosen:
            return
        result = search(self.store, self.ids.words.text, self.here)
        column = self.ids.left
        column.clear_widgets()
        if not result.found:
            nothing(column, result.title, result.detail)
            return
        column.add_widget(Quiet(text=result.title))
        for one in result.found:
            line = Line(title=one.name, detail=one.detail, tag=one.tag, tag_tone=one.tone)
            line.bind(on_release=lambda _, one=one: self.app.go("plant", entity_id=one.entity_id))
            column.add_widget(line)

    def on_key(self, key: str) -> bool:
        """/ goes to the search."""
        if key != "/":
            return False
        if self.chosen:
            self.app.go("plant")
        self.soon(self.app.page.to_words)
        return True

    def to_words(self) -> None:
        """The keyboard to the search; a frame after the key, so that the field does not take it."""
        self.ids.words.box.focus = True

    def to_first(self) -> None:
        """Enter in the search: its result at once, and the first of it under the keyboard."""
        self._searching.cancel()
        self.act(self._search)
        self.app.unfocus()
        first = next(
            (one for one in reversed(self.ids.left.children) if isinstance(one, Line)), None
        )
        if first is not None and first.is_focusable:
            first.focus = True

    def _paint_plant(self, shown: Plant) -> None:
        left, right = self.ids.left, self.ids.right
        if self._ask_again():
            self._card(right, "企业情况", shown.facts)
            return
        if shown.missing:
            self._ask(shown)
        if shown.found:
            self._found(shown)
        if shown.lacking:
            card = self._card(left, "出发前还要办", [], "warn")
            for text in shown.lacking:
                card.add_widget(Words(text=f"· {text}"))
        if shown.going_on:
            self._card(
                left, "检查已经开始", [("下一步", "点“继续检查”，从上次停下的地方做起")], "main"
            )
        if shown.hazards:
            self._past(left, f"未销号的隐患 {len(shown.hazards)} 项", shown.hazards)
        if shown.scheme:
            self._card(left, "现场检查方案", shown.scheme)
        facts = [("距离", shown.far), *shown.facts] if shown.far else shown.facts
        self._card(left if shown.missing or shown.going_on else right, "企业情况", facts)
        # What is open comes first, on a narrow screen too; what is over stands at the end.
        for heading, past in (("以前的检查", shown.visits), ("行政处罚", shown.penalties)):
            self._past(right, heading, past)
        if shown.going_on:
            self.action = "继续检查"
        elif shown.scheme or not shown.missing:
            self.action = "开始检查"
            self._add_form(shown)

    def _ask(self, shown: Plant) -> None:
        """What the ledger lacks, to be filled in; without the dictionary it can only be named."""
        blocked = "" if shown.scheme else "，补全后才能检查"
        head = f"台账缺 {len(shown.missing)} 项{blocked}"
        if not shown.asks:
            told = [("缺少", text) for text in shown.missing]
            told.append(("怎么办", "在有信号处更新后，在此补全"))
            self._card(self.ids.left, head, told, "warn")
            return
        form = FillForm(head, shown.asks, self.fill)
        self._draft_of(form, FILL)
        self.ids.left.add_widget(form)

    def _ask_again(self) -> bool:
        """A proposal that the office refused, to be made anew; False when there is none (any more)."""
        letter = self.store.outbox.one(self.given.get("letter", ""))
        ask = ask_again(self.store, letter) if letter and letter.state == "refused" else None
        if letter is None or ask is None:
            return False
        self.ids.left.add_widget(refusal_card(letter, "服务器退回了这项补充"))
        form = FillForm(
            f"更正：{ask.label}", [ask], lambda form: self.correct(form, letter),
            action="更正后重新报送", takes_photo=False,
        )  # fmt: skip
        body = letter.body
        form.say(ask.field, body["new_value"], body["source"], body["source_note"])
        self._draft_of(form, f"{letter.id}/")
        self.ids.left.add_widget(form)
        return True

    def correct(self, form: FillForm, letter: Letter) -> None:
        """更正后重新报送."""
        (text,) = form.values.values()
        fresh = self.commit(
            lambda: correct_proposal(
                self.store, letter.id, text, source=form.source, note=form.note
            ),
            f"{letter.id}/",
        )
        if fresh is None:
            self.to_top()
            return
        self.open(entity_id=self.given["entity_id"])
        self.say(Told("已写成更正的信件", next_step="有信号时送达台账"), "good")

    def _found(self, shown: Plant) -> None:
        card = self._card(self.ids.left, "本机补充的台账", [])
        for one in shown.found:
            card.add_widget(Words(text=one.text))
            card.add_widget(Quiet(text=one.aside, tone=one.tone))

    def fill(self, form: FillForm) -> None:
        """保存补充: kept with its letters, and the plant is shown as it is then."""
        shown = self._shown
        if shown is None:
            return
        made = self.commit(
            lambda: propose(
                self.store, shown.entity_id, form.values, source=form.source, note=form.note,
                photo=self.shot,
            ),
            FILL,
        )  # fmt: skip
        if made is None:
            self.to_top()
            return
        if made:
            # It is on its way now, and no longer this page's to drop.
            self.shot = None
        self.open(**self.given)
        left = len(self._shown.missing) if self._shown else 0
        next_step = f"还缺 {left} 项" if left else "台账已补全，可以开始检查；有信号时送达台账"
        self.say(Told(f"已保存 {len(made)} 项补充", next_step=next_step), "good")

    def _card(
        self,
        column: Any,  # noqa: ANN401 - a column
        heading: str,
        told: list[tuple[str, str]],
        tone: str = "plain",
    ) -> Card:
        card = Card(tone=tone)
        card.add_widget(Heading(text=heading, tone=tone))
        pairs(card, told)
        column.add_widget(card)
        return card

    def _past(self, column: Any, heading: str, lines: list[Past]) -> None:  # noqa: ANN401
        card = self._card(column, heading, [])
        for one in lines:
            card.add_widget(Words(text=one.text))
            card.add_widget(Quiet(text=one.aside, tone=one.tone))
        if not lines:
            card.add_widget(Quiet(text="暂无"))

    def _add_form(self, shown: Plant) -> None:
        form = self._form = BeginForm(scheme=bool(shown.scheme))
        form.ids.place.text = shown.place
        form.ids.name.text = shown.present["name"]
        form.ids.duty.text = shown.present["duty"]
        form.ids.phone.text = shown.present["phone"]
        form.ids.ground.offer(GROUND_CHOICES)
        first = [shown.checklists[0].value] if shown.checklists else []
        form.ids.checklist.offer(shown.checklists, first)
        form.ids.officers.offer(shown.officers, shown.ordered)
        self._draft_of(form, BEGIN)
        self.ids.left.add_widget(form)

    def begin(self) -> None:
        """开始检查, or 继续检查."""
        shown = self._shown
        if shown is None:
            return
        going_on = shown.going_on or self.commit(lambda: self._begin(shown), BEGIN)
        if not going_on:
            return
        inspection = self.store.inspections.one(going_on)
        shown_before = inspection is None or inspection.certificate_shown_at
        self.app.instead("checklist" if shown_before else "certificate", inspection_id=going_on)

    def draft_scheme(self) -> None:
        """先报现场检查方案: drafted from what is chosen here, to be sent for approval."""
        shown, form = self._shown, self._form
        if shown is None or form is None:
            return
        drafted = self.commit(
            lambda: draft_for_plant(
                self.store, shown.entity_id,
                checklist=next(iter(form.ids.checklist.chosen), None),
                officers=self._officers(form),
                ground_kind=next(iter(form.ids.ground.chosen), None),
                ground=form.ids.ground_text.text,
            ),
            BEGIN + ORDERED,
        )  # fmt: skip
        if drafted is None:
            self.to_top()
        else:
            self.app.instead("scheme", scheme_id=drafted)

    def _officers(self, form: BeginForm) -> list[str]:
        me = self.store.setting("me") or {}
        return [str(me.get("officer", "")), *form.ids.officers.chosen]

    def _begin(self, shown: Plant) -> str:
        form = self._form
        assert form is not None
        place = form.ids.place.text.strip()
        present: Any = {
            "name": form.ids.name.text.strip(),
            "duty": form.ids.duty.text.strip(),
            "phone": form.ids.phone.text.strip(),
        }
        if shown.scheme_id:
            others = set(form.ids.officers.chosen) != set(shown.ordered)
            return begin_inspection(
                self.store,
                scheme_id=shown.scheme_id,
                officers=self._officers(form) if others else None,
                place=place,
                present=present,
                location=self.app.location,
            )
        return begin_inspection(
            self.store,
            entity_id=shown.entity_id,
            checklist=next(iter(form.ids.checklist.chosen), None),
            officers=self._officers(form),
            ground_kind=next(iter(form.ids.ground.chosen), None),
            ground=form.ids.ground_text.text,
            place=place,
            present=present,
            location=self.app.location,
        )

"""The check list beside its items: what else was found, further places, more lists, newer versions."""

from collections.abc import Mapping
from typing import Any

from field_app.actions.answer_item import answer_item
from field_app.actions.change_lists import leave_list, use_list
from field_app.actions.record_finding import record_finding
from field_app.screens.checklist.choosing import ClauseView, ListsView
from field_app.screens.checklist.helping import HelpingPage
from field_app.screens.checklist.lists import in_use, outdated, to_add
from field_app.screens.checklist.phrases import Clause, answer_of, called, clauses
from field_app.screens.told import Told
from field_app.shelves.drafts import Value
from lawbook.inspection import Answer

SEEN = "seen"
"""The name in the draft of what is said of something seen (记问题)."""


class RecordingPage(HelpingPage):
    """What the check list does beside its items."""

    _words = ""

    def look_up(self) -> None:
        """记问题: from what was seen to the item, its article and its words, on whatever list."""
        self.keep()
        words = self.act(lambda: called(self.store, self.inspection_id))
        if words is None:
            return
        view = ClauseView(
            words, lambda said: clauses(self.store, self.inspection_id, said), self.quote,
            None if self.fixed else self.write_down,
        )  # fmt: skip
        if self._words:
            view.say(self._words)
        view.bind(on_dismiss=lambda _: self._be_said(""))
        self.lay_above(view)

    @property
    def words(self) -> str:
        """What is being said of something seen, or was when the screen was left."""
        above = self.above
        return str(above.ids.words.text) if isinstance(above, ClauseView) else self._words

    def _be_said(self, words: str) -> None:
        self._words = words

    def follow_boxes(self, boxes: Mapping[str, Any]) -> None:
        """What stands in these boxes is kept as it is written, and what is said of something seen."""
        self._words = ""

        def read() -> Mapping[str, Value]:
            return {name: str(box.text) for name, box in boxes.items()} | {SEEN: self.words}

        def resume(found: Mapping[str, Value]) -> None:
            for name, text in found.items():
                if name == SEEN:
                    self._words = str(text)
                else:
                    boxes[name].text = str(text)

        self.keep_writing(self.inspection_id, read, resume)

    def leave(self) -> None:
        """What is being said of something seen is offered when it is looked up again."""
        words = self.words
        if self.above:
            self.above.dismiss(animation=False)
        self._words = words
        super().leave()

    def quote(self, clause: Clause) -> None:
        """An item was chosen for what was seen: it is not met, in the words of the list that asks
        it; or an offence, in the words of the catalogue."""
        if clause.offence:
            self._record(
                description=clause.draft, basis=clause.broke, penalty_basis=clause.penalised
            )
            return
        code = clause.code
        if not self.fixed and answer_of(self.store, self.inspection_id, code) is not Answer.NOT_MET:
            self.act(lambda: answer_item(self.store, self.inspection_id, code, Answer.NOT_MET))
        if answer_of(self.store, self.inspection_id, code) or not clause.beyond:
            self.turn_to(code)

    def write_down(self, said: str) -> None:
        """Nothing fits what was seen: it is a problem in the officer's own words."""
        self._record(description=said)

    def record_another(self) -> None:
        """再记一处: the same item is broken somewhere else too."""
        self.keep()
        if self._item is not None and self._item.about:
            self._record(about=self._item.about)

    def take_back(self) -> None:
        """撤销: a problem that no list asks about is none."""
        if self.fixed or self._item is None or not self._item.beyond:
            return
        code, self._item = self._item.code, None
        self.commit(
            lambda: answer_item(self.store, self.inspection_id, code, Answer.NOT_APPLICABLE),
            f"{code}/",
        )
        # To the item that it was of, else to whatever is open.
        self.code = ""
        self.repaint()

    def _record(self, **said: Any) -> None:  # noqa: ANN401 - record_finding's own
        if self.fixed:
            return
        made = self.commit(lambda: record_finding(self.store, self.inspection_id, **said), SEEN)
        if made is not None:
            self.turn_to(made.item)

    def show_lists(self) -> None:
        """检查表: those in use, newer versions, what could be added."""
        self.keep()
        inspection = self.store.inspections.one(self.inspection_id)
        if inspection is None:
            return
        more = [] if self.fixed else to_add(self.store, inspection, self.today)
        used = in_use(self.store, inspection, self.today)
        self.lay_above(ListsView(used, more, self.use, self.leave_list, fixed=self.fixed))

    def use(self, ref: str) -> None:
        """A list was added, or gives way to its newer version."""
        self._changed(self.act(lambda: use_list(self.store, self.inspection_id, ref)))

    def leave_list(self, ref: str) -> None:
        """A list that was added goes."""
        self._changed(self.act(lambda: leave_list(self.store, self.inspection_id, ref)))

    def _changed(self, kept: list[str] | None) -> None:
        if kept is None:
            return
        self._item = None
        self.ids.banner.close()
        self.repaint()
        if kept:
            self.say(
                Told(
                    f"{'、'.join(kept)} 不再询问，记为不符合的仍保留为问题",
                    "保留的问题列在检查项之后，写入文书。",
                    next_step="不需要的，打开后点“撤销这个问题”",
                ),
                "warn",
            )

    def tell_outdated(self) -> None:
        """Once, on coming to a visit: a newer version of its list is here."""
        inspection = self.store.inspections.one(self.inspection_id)
        if inspection is None or inspection.ended_at:
            return
        if told := self.act(lambda: outdated(self.store, inspection, self.today)):
            self.say(
                Told(
                    told, "可以用原版做完，也可以改用新版，已答的仍保留。",
                    next_step="改用新版的，点“检查表”",
                ),
                "warn",
            )  # fmt: skip

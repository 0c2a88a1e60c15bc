"""Today: widgets and events."""

from kivy.properties import BooleanProperty, NumericProperty, StringProperty

from field_app import laid_aside
from field_app.errands import Step, said_of_refresh
from field_app.look.panels import Quiet, Words
from field_app.look.pressable import BigButton
from field_app.screens.page import Page, fill, layout, nothing
from field_app.screens.today.view import Line, view
from field_app.screens.told import Told

layout(__file__)

LEAVING = Told(
    "退出后，本机记录即上锁",
    "记录加密留在本机，凭口令再登录，没有信号也可以；未送达的另行封存，本机下一位登录的人联网后代为送出。",
    next_step="确实要退出，请再点一次“退出登录”",
)


class TodayScreen(Page):
    """Where an officer's day begins."""

    who = StringProperty("")
    refreshed = StringProperty("")
    busy = BooleanProperty(False)
    step = StringProperty("")
    part = NumericProperty(0)
    leaving = BooleanProperty(False)
    """Whether leaving has been asked for once."""

    def paint(self) -> None:
        """Fill the widgets from the view."""
        self.leaving = False
        shown = view(self.store, self.today, self.here)
        self.who, self.refreshed, self.unsent = shown.who, shown.refreshed, shown.unsent
        left, right = self.ids.left, self.ids.right
        left.clear_widgets()
        right.clear_widgets()
        for note in shown.notes:
            left.add_widget(Words(text=note, tone="warn"))
        if shown.empty:
            nothing(left, shown.empty)
        fill(left, "限时补办手续", shown.owed, self.follow)
        fill(left, "正在办的检查", shown.begun, self.follow)
        fill(left, "今天去检查", shown.schemes, self.follow)
        fill(left, "在本机拟制的方案", shown.drafted, self.follow)
        fill(left, "待批准和以后的方案", shown.later, self.follow)
        fill(right, "待复查", shown.due, self.follow)
        fill(right, "本月计划，还没有方案", shown.planned, self.follow)
        if not shown.due and not shown.stale:
            nothing(right, "近七天内没有到期的复查。")
        cosign = BigButton(text="为同行文书签名")
        cosign.bind(on_release=lambda _: self.app.go("cosign"))
        right.add_widget(cosign)
        device = BigButton(text="本机与注册" + ("　有封存的记录未送出" if self._aside() else ""))
        device.bind(on_release=lambda _: self.app.go("device"))
        right.add_widget(device)
        if shown.numbers:
            right.add_widget(Quiet(text=shown.numbers))

    def _aside(self) -> bool:
        """Whether this person set a store aside here in which something waits."""
        found = laid_aside.all_below(self.app.vault.people)
        return any(laid_aside.is_of(self.store, one) and (one.unsent or one.alone) for one in found)

    def follow(self, line: Line) -> None:
        """Open what a line leads to."""
        self.app.go(line.go, **line.given)

    def on_key(self, key: str) -> bool:
        """/ finds a plant, u brings up to date."""
        if key == "/":
            self.app.go("plant")
            self.soon(self.app.page.to_words)
        elif key == "u":
            self.begin_refresh()
        return key in ("/", "u")

    def leave_account(self) -> None:
        """退出登录: asked for twice, since coming back needs the password."""
        if self.leaving:
            self.app.leave_account()
            return
        self.leaving = True
        self.say(LEAVING, "warn")

    def begin_refresh(self) -> None:
        """更新."""
        if not self.busy:
            self.busy, self.step, self.part = True, "正在连接服务器", 0.02
            self.spawn(self._refresh())

    async def _refresh(self) -> None:
        try:
            done = await self.app.errands.refresh(self._tell)
        finally:
            self.busy = False
        self.repaint()
        if done.sign_in_needed:
            self.app.home()
        elif done.stopped:
            self.say(Told("这次没有更新完", done.stopped), "warn")
        else:
            self.say(Told("已更新到最新", said_of_refresh(done)), "good")

    def _tell(self, step: Step) -> None:
        self.step, self.part = step.text, max(step.part, 0.02)

"""Days as an officer says them (7月3日 周五), and how far off they are."""

from datetime import date

WEEK = "一二三四五六日"


def day_text(day: date) -> str:
    """7月3日 周五."""
    return f"{day.month}月{day.day}日 周{WEEK[day.weekday()]}"


def from_today(day: date, today: date) -> str:
    """今天, 明天, 3天后, 已过5天."""
    days = (day - today).days
    if days == 0:
        return "今天"
    if days == 1:
        return "明天"
    return f"{days}天后" if days > 0 else f"已过{-days}天"

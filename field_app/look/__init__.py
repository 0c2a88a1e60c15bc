"""How the tablet looks: colours, type, and the few widgets that every screen is made of."""

from pathlib import Path

LAYOUT = Path(__file__).with_name("look.kv")

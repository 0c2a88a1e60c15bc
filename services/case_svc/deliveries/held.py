"""What makes a letter wait instead of being refused."""

from services.kit.letters import NotKnownYet

__all__ = ["NotKnownYet"]

"""How earlier cases of the same act were decided (同案同罚)."""

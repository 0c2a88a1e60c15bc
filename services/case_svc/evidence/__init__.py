"""Evidence (证据): what was captured on the spot, declared before its bytes arrive."""

"""Training attended (培训)."""

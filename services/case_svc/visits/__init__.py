"""Visits that several officers work on (同行检查): what each of them said, and what stands."""

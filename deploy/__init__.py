"""Composition: the parts put together and started. Imported by nobody."""

"""Signing on two tablets, side by side (扫码共签)."""

"""Signing one document on two tablets, side by side, with no network: by QR codes (扫码共签)."""

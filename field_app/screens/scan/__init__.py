"""Scanning (扫码): a plant by its QR code or its licence."""

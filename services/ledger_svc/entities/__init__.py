"""Regulated entities (监管对象)."""

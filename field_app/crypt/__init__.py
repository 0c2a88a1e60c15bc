"""Encryption at rest: keys, sealed files, and the two adapters of an encrypted database."""

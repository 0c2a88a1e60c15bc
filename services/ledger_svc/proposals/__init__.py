"""Proposals for what the ledger lacks (台账补充)."""

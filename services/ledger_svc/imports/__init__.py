"""Workbooks of the ledger brought in at once (台账导入)."""

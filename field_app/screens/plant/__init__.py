"""A plant (企业): found in the ledger, read, and inspected."""

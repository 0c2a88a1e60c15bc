"""What case_svc knows of the ledger, by following its feed (台账副本)."""

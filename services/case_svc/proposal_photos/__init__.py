"""Photos that go with proposals for the ledger (台账补充的照片): the ledger knows the hash, here are the bytes."""

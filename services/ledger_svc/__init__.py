"""Standing facts (台账): entities, officers, units, accounts; who and what."""

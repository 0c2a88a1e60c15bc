"""The certificate (执法证): shown to the party, and who of the plant is there."""

"""The archived case (案卷): a BagIt package with its catalogue, proved by itself and by its seal."""

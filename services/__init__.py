"""The three services and the kit they are built from."""

"""The shelves of the store: each knows its own tables and nothing of the others."""

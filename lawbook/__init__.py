"""The rules: what a lawyer could check. Standard library only; runs on the tablet and the server."""

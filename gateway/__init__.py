"""The gateway: the one door. `/v1` is passed on to the services; `console/` is the office."""

"""The page that verifies a printed document (验真), with a server or without."""

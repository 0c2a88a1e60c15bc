"""What an officer does on the tablet: plain functions; each is one transaction with its letters."""

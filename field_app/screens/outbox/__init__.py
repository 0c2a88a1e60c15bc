"""The outbox (发件箱): what has been reported and what has not."""

"""What every service is built from: HTTP and PostgreSQL, and of the law only Refusal."""

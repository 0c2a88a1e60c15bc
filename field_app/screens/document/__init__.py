"""Documents (执法文书): made, read, signed and issued."""

"""Legal documents (执法文书): numbered, signed, issued; issued bytes never change."""

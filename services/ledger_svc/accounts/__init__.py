"""Who may sign in, and the tokens they are given (帐号)."""

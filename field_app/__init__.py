"""The tablet (移动执法终端): an officer's work, kept here first and delivered when there is a signal."""

"""The two calls of a file that comes in one piece, each a transaction by itself (`Database.call`).

What is rarer than a photo that is new, and what tells others that it is here, goes by SQLAlchemy
(`commands.py`); the functions stand in the migration `uploads_in_one_call`.
"""

BEGIN = "select made, given_up from case_svc.begin_upload($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
"""An upload begun: id, account, sha256, size, media type, its end; of those that ended before the
next, at most so many, to be removed. Not `made` when the region has the file or the id is taken.
"""

COMPLETE = "select case_svc.complete_upload($1, $2, $3, $4, $5, $6, $7, $8) as done"
"""An upload whole, under the lock of its hash: id, sha256, size, media type, when. Not `done`, and
nothing changed, when evidence or a document waits for it.
"""

"""An officer at work in a process that goes to the background and is killed there without a word.

Run as a program: `paused VAULT USER PASSWORD SCHEME`; ends by SIGKILL.
"""

import os
import signal
import sys
from pathlib import Path

from field_app.actions.finish_inspection import finish_inspection
from field_app.actions.take_photo import keep_photo
from field_app.parting import pause
from field_app.vault import Vault
from tests.examples import jpeg
from tests.field_app.tablet import LIGHT, answered, begun


def main(root: str, user: str, password: str, scheme: str) -> None:
    """A visit and its photo, between two times in the background."""
    store = Vault(Path(root), LIGHT).open(user, password)
    visit = answered(store, begun(store, scheme_id=scheme), unmet=0)
    pause(store)
    keep_photo(store, visit, jpeg(), "image/jpeg", caption="炉前")
    finish_inspection(store, visit)
    pause(store)
    sys.stdout.write(visit)
    sys.stdout.flush()
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])

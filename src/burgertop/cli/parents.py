"""A child process that never outlives its supervisor."""

import os
import threading
import time

__all__ = ["PARENT", "end_with_parent"]

PARENT = "BURGERTOP_PARENT"

LOOK_SECONDS = 0.3


def end_with_parent() -> None:
    """End this process at once when the one that started it is gone, even killed.

    Otherwise the port would stay taken and two workers could run. What is
    acknowledged is in the database by then, what is not will be asked again.
    """
    parent = int(os.environ.pop(PARENT, "") or os.getppid())  # named, for it may be gone before we ask

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, name="watch-parent", daemon=True).start()

"""The command line: one module a group of commands, imported only when its command runs."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Entry point of ``travaux``."""
    from travaux.cli.commands import travaux

    # A command makes many values and keeps most of them; the collector need not look at each thousand.
    gc.set_threshold(100_000, 20, 100)
    try:
        travaux(prog_name="travaux")
    except BrokenPipeError:
        # The reader of a pipe went away; Python would complain once more while it closes standard output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        from travaux.acts.fault import Fault, Place
        from travaux.cli.console import fail

        place = Place(str(error.filename or ""))
        fail([Fault("file.trouble", place, {"detail": error.strerror or str(error)})])
    except Exception as error:
        from travaux.record.store import StoreError

        if not isinstance(error, StoreError):
            raise
        from travaux.cli.console import fail

        fail([error.fault])

"""Make a process that imports this, and those that are forked from it, ignore Ctrl-C.

That is for the process at the terminal, which ends the others.
"""

import signal

signal.signal(signal.SIGINT, signal.SIG_IGN)

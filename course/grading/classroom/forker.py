"""What is done in the process that forks those who grade, and nowhere else.

It ignores Ctrl-C, and so do they: that is for the process at the terminal, which ends them. And it
has nothing to tidy up, while whoever reads what is printed waits for its end.
"""

import atexit
import os
import signal

signal.signal(signal.SIGINT, signal.SIG_IGN)
atexit.register(os._exit, 0)

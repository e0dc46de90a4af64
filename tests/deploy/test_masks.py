"""Why workers need `procMount: Unmasked`: a sandbox within a pod mounts /proc anew.

As in such a pod, bubblewrap is run by an ordinary user without capabilities or a way to gain any.
Linux lets it mount a /proc only where nothing of the one outside is covered, as runtimes do.
"""

import os
import shutil
import subprocess

import pytest

IN_A_POD = """
set -e
for place in $(findmnt -nro TARGET -t proc | tac); do umount -l "$place"; done
mount -t proc proc /proc
[ "$1" = whole ] || mount -t tmpfs -o ro tmpfs /proc/tty
exec setpriv --reuid 2000 --regid 2000 --clear-groups --no-new-privs --bounding-set=-all \\
    bwrap --unshare-user --unshare-pid --unshare-net --ro-bind / / --proc /proc true
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="pods are imitated by root")
@pytest.mark.skipif(not shutil.which("bwrap"), reason="bubblewrap is not installed")
@pytest.mark.parametrize(("proc", "status"), [("whole", 0), ("masked", 1)])
def test_a_sandbox_needs_a_whole_proc(proc, status):
    done = subprocess.run(
        ["unshare", "--mount", "--pid", "--fork", "sh", "-c", IN_A_POD, "pod", proc],
        capture_output=True,
        text=True,
    )
    assert done.returncode == status, done.stderr
    assert ("Can't mount proc" in done.stderr) is (proc == "masked")

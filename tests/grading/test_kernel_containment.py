"""What code in a contained kernel can reach, what it can use up, and what is left of it."""

import os
import socket
import sys
from pathlib import Path

import pytest

from course.grading.kernel.init import SOCKET
from tests.grading.contained_kernel import MIB, Lost, kernel

ROOT = Path(__file__).resolve().parents[2]
GIB = 1024 * MIB
CORES = sorted(os.sched_getaffinity(0))

# The number of each call on x86-64 and on 64-bit ARM, and arguments that would do harm.
CALLS = {
    "unshare": ((272, 97), (0x10000000,)),
    "mount": ((165, 40), (b"none", b"/tmp", b"tmpfs", 0, 0)),
    "umount2": ((166, 39), (b"/tmp", 2)),
    "setns": ((308, 268), (0, 0)),
    "clone": ((56, 220), (0x10000000 | 17, 0, 0, 0, 0)),
    "memfd_create": ((319, 279), (b"x", 0)),
    "shmget": ((29, 194), (0, 4096, 0o1777)),
    "ptrace": ((101, 117), (16, 1, 0, 0)),
    "process_vm_writev": ((311, 271), (1, 0, 0, 0, 0, 0)),
    "bpf": ((321, 280), (0, 0, 0)),
    "io_uring_setup": ((425, 425), (1, 0)),
    "userfaultfd": ((323, 282), (0,)),
    "keyctl": ((250, 219), (0, 0)),
    "open_by_handle_at": ((304, 265), (0, 0, 0)),
}


@pytest.fixture
def k():
    with kernel() as session:
        yield session


def test_a_submission_sees_its_files_and_no_notebook(tmp_path):
    folder = tmp_path / "01 lésson"
    (folder / "sub").mkdir(parents=True)
    (folder / "data.csv").write_text("a,b")
    (folder / "sub" / "more.txt").write_text("more")
    (folder / "other.ipynb").write_text("{}")
    (folder / "link").symlink_to("/etc/passwd")
    os.mkfifo(folder / "pipe")
    with kernel(folder) as k:
        assert k.run("import os; os.getcwd()") == "'/home/learner/01 lésson'"
        assert k.run("sorted(os.listdir())") == "['data.csv', 'sub']"
        assert k.run("open('data.csv').read(), open('sub/more.txt').read()") == "('a,b', 'more')"
        assert k.run("open('data.csv', 'w').write('mine')") == "4"
    assert (folder / "data.csv").read_text() == "a,b"


def test_more_files_than_the_disk_holds_are_refused_before_they_are_read(tmp_path):
    (tmp_path / "big").write_bytes(bytes(2 * MIB))
    with pytest.raises(RuntimeError, match=r"need more than 1 MiB: allow more by Contained"):
        kernel(tmp_path, disk=MIB).__enter__()


def test_nothing_of_this_machine_can_be_seen(k, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("x")
    home = Path.home()
    hidden = [ROOT / "source", ROOT / "nbgrader_config.py", ROOT / "tests", secret, home / ".ssh"]
    hidden += [
        "/etc/shadow",
        "/etc/hostname",
        "/sys/class",
        "/sys/fs",
        "/run",
        "/var",
        "/mnt",
        "/dev/vda",
        "/dev/sda",
    ]
    k.run("import os")
    assert k.run(f"[p for p in {[str(p) for p in hidden]} if os.path.lexists(p)]") == "[]"
    seen = k.run(f"sorted(os.listdir({str(ROOT)!r}))")
    assert seen.replace(f"{Path(sys.prefix).name!r}, ", "") == "['course']"
    assert k.run("open('/etc/passwd').read().count(':/')") == "2"  # the learner's line
    assert k.run("os.listdir('/dev/shm')") == "[]"
    ours = {path.parts[2] for path in map(Path, [sys.prefix, sys.base_prefix, ROOT])}
    assert k.run(f"set(os.listdir('/tmp') + os.listdir('/home')) - {ours}") == "{'learner'}"


def test_the_environment_is_clean(monkeypatch):
    monkeypatch.setenv("GRADER_SECRET", "x")
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    with kernel() as k:
        k.run("import os")
        assert k.run("os.environ['HOME'], os.environ['USER']") == "('/home/learner', 'learner')"
        assert k.run("os.environ['NBGRADER_EXECUTION']") == "'autograde'"
        assert "GRADER_SECRET" not in k.run("!env; tr '\\0' '\\n' < /proc/self/environ")


def test_what_the_course_sets_is_in_the_environment():
    with kernel(environment={"COURSE": "mlops"}) as k:
        assert k.run("import os; os.environ['COURSE']") == "'mlops'"


def test_a_hidden_folder_is_empty_and_stays_so(tmp_path_factory):
    course = tmp_path_factory.mktemp("course")
    (course / "exchange").mkdir()
    (course / "exchange" / "answers").write_text("42")
    (course / "data").write_text("1")
    course.chmod(0o755)  # where root grades, kernels are somebody else
    with kernel(bind=[str(course)], hide=[str(course / "exchange")]) as k:
        assert k.run(f"import os; sorted(os.listdir({str(course)!r}))") == "['data', 'exchange']"
        assert k.run(f"os.listdir({str(course / 'exchange')!r})") == "[]"
        assert "Read-only" in k.run(f"open({str(course / 'exchange' / 'x')!r}, 'w')")


@pytest.mark.parametrize(
    "path",
    [
        "/x",
        "/usr/x",
        "/etc/x",
        "/dev/x",
        f"{sys.prefix}/x",
        f"{ROOT}/x",
        f"{ROOT}/course/x",
        "/home/x",
    ],
)
def test_nothing_can_be_written_elsewhere(k, path):
    assert k.run(f"open({path!r}, 'w')").startswith("OSError: [Errno 30] Read-only")


def test_the_kernels_own_settings_of_this_machine_cannot_be_written(k):
    paths = ["/proc/sys/kernel/core_pattern", "/proc/sys/kernel/hostname", "/proc/1/mem"]
    assert (
        k.run(f"for p in {paths}:\n  try: open(p, 'r+b'); print(p)\n  except OSError: pass") == ""
    )


def test_there_is_no_network(k):
    abstract = socket.socket(socket.AF_UNIX)
    abstract.bind("\0grader")
    abstract.listen()
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    with abstract, listener:
        k.run("import socket")
        assert "refused" in k.run(f"socket.create_connection(('127.0.0.1', {port}), 5)")
        assert "unreachable" in k.run("socket.create_connection(('1.1.1.1', 53), 5)")
        assert k.run("socket.gethostbyname('pypi.org')").startswith("gaierror")
        assert "refused" in k.run("socket.socket(socket.AF_UNIX).connect('\\0grader')")
    assert k.run("[n for _, n in socket.if_nameindex()]") == "['lo']"
    assert k.run("socket.socket(40, socket.SOCK_STREAM)").startswith("PermissionError")  # vsock


def test_its_own_loopback_works(k):
    code = "s = socket.create_server(('127.0.0.1', 0)); socket.create_connection(s.getsockname())"
    assert k.run(f"import socket; {code}").startswith("<socket.socket")


def test_two_kernels_do_not_see_one_another(k):
    with kernel() as other:
        other.run(
            "import os, socket; s = socket.socket(socket.AF_UNIX); s.bind('\\0a'); s.listen()"
        )
        other.run("open('/tmp/x', 'w').close(), open('/dev/shm/x', 'w').close()")
        other.run("pty = os.openpty()")
        assert "refused" in k.run(
            "import os, socket; socket.socket(socket.AF_UNIX).connect('\\0a')"
        )
        assert k.run("[p for p in ('/tmp/x', '/dev/shm/x') if os.path.exists(p)]") == "[]"
        assert k.run("os.listdir('/dev/pts')") == "['ptmx']"
        assert k.run("[p for p in os.listdir('/proc') if p.isdigit()]") == "['1', '2']"


@pytest.mark.skipif(len(CORES) < 2, reason="there is one core")
def test_kernels_side_by_side_have_cores_of_their_own_and_cannot_take_others():
    with kernel(cores=1) as k, kernel(cores=1) as other:
        k.run("import os")
        mine, theirs = (
            each.run("import os; sorted(os.sched_getaffinity(0))") for each in (k, other)
        )
        assert {mine, theirs} <= {f"[{core}]" for core in CORES} and mine != theirs
        assert k.run(f"os.sched_setaffinity(0, {CORES})").startswith("PermissionError")
        assert k.run("sorted(os.sched_getaffinity(0))") == mine
    with kernel() as k:
        assert k.run("import os; sorted(os.sched_getaffinity(0))") == str(CORES)


def test_the_sandbox_cannot_be_undone(k):
    column = 1 if os.uname().machine == "aarch64" else 0
    calls = {name: (numbers[column], args) for name, (numbers, args) in CALLS.items()}
    k.run("import ctypes, os; libc = ctypes.CDLL(None, use_errno=True)")
    said = k.run(
        f"for name, (number, args) in {calls}.items():\n"
        "  print(name, libc.syscall(number, *args), os.strerror(ctypes.get_errno()))"
    )
    assert said.splitlines() == [f"{name} -1 Operation not permitted" for name in CALLS]
    status = k.run("print(open('/proc/self/status').read())")
    assert "NoNewPrivs:\t1" in status and "Seccomp:\t2" in status
    assert {line.split()[1] for line in status.splitlines() if line.startswith("Cap")} == {"0" * 16}
    assert "Error: [Errno" in k.run("os.setuid(0)")


def test_nothing_but_itself_can_be_signalled(k):
    assert k.run("import os; os.kill(1, 9); os.kill(1, 19); 'alive'") == "'alive'"
    assert k.run("os.kill(-1, 9)").startswith("ProcessLookupError")
    assert k.run(f"os.kill({os.getpid()}, 0)").startswith("ProcessLookupError") or os.getpid() < 9


def test_no_file_of_the_grader_is_open_in_it(k):
    links = k.run("import os; {os.readlink(p.path) for p in os.scandir('/proc/self/fd')}")
    assert "/dev/null" in links
    assert links.count("'/") == 1 + links.count("/proc/")


# Limits


def test_an_allocation_beyond_the_address_space_is_a_memory_error():
    with kernel(address_space=3 * GIB) as k:
        assert k.run("bytearray(4 * 1024**3)").startswith("MemoryError")
        assert k.run("1 + 1") == "2"


def test_memory_that_grows_ends_the_kernel():
    with (
        kernel(memory=256 * MIB) as k,
        pytest.raises(Lost, match=r"^needed more than 256 MiB of memory$"),
    ):
        k.run("kept = []\nwhile True: kept.append(bytearray(b'x') * 10**7)")


def test_the_memory_of_children_counts():
    code = (
        "import os, time\nfor i in range(8):\n  if not os.fork():\n"
        "    kept = bytearray(b'x') * (50 * 1024**2); time.sleep(60)\ntime.sleep(60)"
    )
    with (
        kernel(memory=256 * MIB) as k,
        pytest.raises(Lost, match=r"^needed more than 256 MiB of memory$"),
    ):
        k.run(code)


def test_page_tables_count_as_memory():
    """Each process reads the same empty page at many places: it has no memory but the tables."""
    code = """
import ctypes, mmap, os, time
size = 6 * 1024**3
libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, *[ctypes.c_int] * 3, ctypes.c_long]
flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x4000  # without reserve
for _ in range(24):
    if os.fork() == 0:
        start = libc.mmap(None, size, mmap.PROT_READ, flags, -1, 0)
        for offset in range(4096, size, 2 * 1024**2):
            ctypes.string_at(start + offset, 1)
        time.sleep(60)
time.sleep(60)
"""
    with (
        kernel(memory=160 * MIB) as k,
        pytest.raises(Lost, match=r"^needed more than 160 MiB of memory$"),
    ):
        k.run(code)


def test_what_waits_in_a_connection_is_no_more_than_is_counted():
    """It is no process's memory, and the system lets a connection that is used much have more."""
    code = f"""
import socket, threading

server = socket.create_server(("127.0.0.1", 0))
one = socket.create_connection(server.getsockname())
other, _ = server.accept()

def read(left=64 * {MIB}):
    while left > 0:
        left -= len(other.recv(1024**2))

reader = threading.Thread(target=read)
reader.start()
one.sendall(bytes(64 * {MIB}))
reader.join()
one.setblocking(False)
sent = 0
try:
    while True:
        sent += one.send(bytes(10_000))
except BlockingIOError:
    pass
print(0 < sent <= {2 * SOCKET}, sent)
"""
    with kernel() as k:
        assert k.run(code).startswith("True"), code


def test_no_socket_has_larger_buffers_than_are_counted():
    """This machine may allow megabytes; who asks for them goes on with what there is."""
    code = f"""
import socket

one, other = socket.socketpair()
for end in one, other:
    for option in socket.SO_SNDBUF, socket.SO_RCVBUF:
        end.setsockopt(socket.SOL_SOCKET, option, 2**23)
one.setblocking(False)
sent = 0
try:
    while True:
        sent += one.send(bytes(10_000))
except BlockingIOError:
    pass
print(0 < sent <= {SOCKET}, sent)
"""
    with kernel() as k:
        assert k.run(code).startswith("True")


def test_a_process_may_have_any_name(k):
    code = (
        "import ctypes, time\n"
        "ctypes.CDLL(None).prctl(15, b'\\xff', 0, 0, 0)\ntime.sleep(0.3)\nprint('goes on')"
    )
    assert k.run(code) == "goes on"


def test_a_fork_bomb_is_ended():
    bomb = "import os\nfor _ in range(9):\n  try: os.fork()\n  except OSError: pass\n!sleep 9"
    with (
        kernel(processes=40) as k,
        pytest.raises(Lost, match=r"^started more than 40 processes and threads$"),
    ):
        k.run(bomb)


def test_processes_are_refused_at_the_limit_itself():
    """Before it is ended, a bomb has no more than a few processes over the limit."""
    with kernel(processes=20) as k, pytest.raises(Lost, match="more than 20 processes"):
        k.run("import os, time\nwhile True:\n  if not os.fork(): time.sleep(60)")


def test_the_disk_is_limited_in_all_its_places():
    with kernel(disk=8 * MIB) as k:
        k.run("def fill(path):\n  with open(path, 'wb') as f: f.write(bytes(9 * 1024**2))")
        for path in ("x", "/tmp/x", "/dev/shm/x"):  # noqa: S108 - the kernel's own
            assert "No space left" in k.run(f"fill({path!r})")
        k.run("import os; os.truncate('x', 0); os.unlink('/tmp/x'); os.unlink('/dev/shm/x')")
        assert "No space left" in k.run("for i in range(10**5): open(f'f{i}', 'w').close()")


def test_one_file_is_limited():
    with kernel(file_size=MIB) as k:
        assert "File too large" in k.run("with open('x', 'wb') as f: f.write(bytes(2 * 1024**2))")


def test_open_files_are_limited():
    with kernel(open_files=128) as k:
        said = k.run("kept = [open('/dev/null') for _ in range(200)]")
        assert "Too many open files" in said
        assert k.run("import resource; resource.setrlimit(7, (500, 500))").startswith("ValueError")


def test_processor_time_is_limited_over_all_processes():
    code = "import os\nfor _ in range(3): os.fork()\nwhile True: pass"
    with (
        kernel(cpu_seconds=2) as k,
        pytest.raises(Lost, match=r"^used more than 2 s of processor time$"),
    ):
        k.run(code)


def test_the_time_of_a_notebook_is_limited():
    code = "import time\nwhile True:\n  try: time.sleep(60)\n  except BaseException: pass"
    with kernel(wall_seconds=1) as k, pytest.raises(Lost, match=r"^ran longer than 1 s in all$"):
        k.run(code)


# How it ends


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import os; os._exit(0)", "ended its process (exit status 0)"),
        ("import os; os.kill(os.getpid(), 9)", "ended its process (SIGKILL)"),
        ("import ctypes; ctypes.string_at(0)", "ended its process (SIGSEGV)"),
    ],
)
def test_the_reason_says_how_a_kernel_ended(k, code, reason):
    with pytest.raises(Lost) as lost:
        k.run(code)
    assert str(lost.value) == reason


def test_nothing_outlives_it(tmp_path):
    """A daemon with a session of its own, found from outside by what stands in its memory."""
    mark = f"daemon-{os.getpid()}"
    with kernel() as k:
        k.run(
            "import os, sys\n"
            "if not os.fork():\n"
            "  os.setsid()\n"
            "  if not os.fork():\n"
            "    code = 'import time; time.sleep(99)'\n"
            f"    os.execv(sys.executable, ['python', '-c', code, {mark!r}])\n"
            "  os._exit(0)"
        )
        assert mark in k.run("import time; time.sleep(0.5)\n!cat /proc/*/cmdline")
        assert _running(mark)
    assert not _running(mark)


def _running(mark):
    """Tell whether a process of this machine was started with an argument."""
    for process in Path("/proc").iterdir():
        try:
            if process.name.isdigit() and mark.encode() in (process / "cmdline").read_bytes():
                return True
        except OSError:
            continue
    return False

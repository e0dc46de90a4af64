"""A scratch copy of the repository, with its environment, an exchange, and a home for everybody."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.docs.pages import Command, Shell
from tests.pipeline.course_copy import CourseCopy, copy_repository, lend_environment

TESTS = ("it is a part of the tests", "pyproject.toml", 'testpaths = ["course", "tests"]')
ZIP = (
    "it is for a machine without an exchange",
    "tests/docs/test_zip_collect.py",
    "def test_what_comes_back_by_mail_is_taken_in_as_the_page_says(tmp_path):",
)
# Why a command, or what running text has typed, is not run in a scratch copy; where it is, and the
# line that shows it.
ELSEWHERE = {
    "make lint": ("it needs the tests, too", "Makefile", "\t@$(MAKE) lint"),
    "pytest tests/course": TESTS,
    "pytest tests/lessons": TESTS,
    "pytest tests/docs": TESTS,
    "make lock": (
        "it looks packages up",
        "tests/repo/test_goals.py",
        "def test_a_goal_names_programs_files_and_options_that_are_there(goal):",
    ),
    "apt-get install bubblewrap": (
        "it is the machine's; `make test` does it",
        "tools/programs",
        'command -v bwrap >/dev/null || wanted="$wanted bubblewrap"',
    ),
    "systemctl restart jupyterhub": (
        "it needs systemd; the set-up does it",
        "deploy/jupyterhub/setup",
        "    systemctl restart jupyterhub",
    ),
    "pip install '.[grading]'": (
        "it fetches packages; the lock for hubs pins these",
        "tests/repo/test_locks.py",
        '        ("requirements-hub.lock", ["grading", "hub"]),',
    ),
    "nbgrader autograde": (
        "`mlops-course grade` does it",
        "tests/pipeline/course_copy.py",
        '        list(pool.map(lambda twin: twin.nbgrader("autograde", lesson), used))',
    ),
    "nbgrader zip_collect 01-what-is-mlops": ZIP,
    r'c.FileNameCollectorPlugin.named_regexp = r".*/(?P<student_id>[^_/]+)_(?P<file_id>[^/]+)"': (
        ZIP
    ),
    "--timeout 300": (
        "it is for slow machines",
        "tests/course/test_cli.py",
        "def test_the_time_a_cell_may_take_is_the_courses_own_or_asked_for(course, run):",
    ),
    "c.ContainedProvisioner.allow_unsandboxed = True": (
        "it is for machines without a sandbox",
        "tests/grading/test_kernel_manager.py",
        "def test_without_a_sandbox_a_kernel_runs_only_if_the_settings_allow_it(no_bubblewrap):",
    ),
    'c.CourseDirectory.db_url = "postgresql://…"': (
        "the address is another's",
        "tests/grading/test_postgres.py",
        '        tmp_path_factory.mktemp("postgres"), f"c.CourseDirectory.db_url = {server!r}"',
    ),
    "make start": (
        "it becomes a JupyterLab that does not end",
        "tests/repo/test_start.py",
        "def test_without_a_display_the_address_is_printed_and_opens_lesson_01(tmp_path, port):",
    ),
    "make class": (
        "twelve students take minutes; one of them is taken there",
        "tests/repo/test_demo_class.py",
        "def test_the_demonstration_ends_well(demo_class, capsys):",
    ),
    "make test": ("it runs this test", ".ci/run", "make test"),
    "dask scheduler --protocol tls --no-dashboard": (
        "it does not end",
        "tests/docs/test_cluster.py",
        "def test_the_settings_of_the_page_let_in_who_has_a_certificate_and_nobody_else(cluster):",
    ),
    "dask worker tls://10.0.0.7:8786 --nworkers auto --nthreads 1": (
        "it does not end, and the address is another's",
        "tests/docs/test_cluster.py",
        "def test_the_settings_of_the_page_let_in_who_has_a_certificate_and_nobody_else(cluster):",
    ),
    "mlops-course grade 01-what-is-mlops --scheduler tls://10.0.0.7:8786": (
        "the address is another's",
        "tests/grading/test_class.py",
        "def test_a_cluster_without_a_shared_disk_grades_alike(autograded, start, cluster):",
    ),
}
# Commands that end with another status than 0, and should.
STATUS = {
    ("README.md", ".venv/bin/mlops-course check what-is-mlops"): 1,
    ("docs/self-learner.md", ".venv/bin/mlops-course check what-is-mlops"): 1,
    ("docs/author.md", "mlops-course check release/01-doubling/doubling.ipynb"): 1,
    ("docs/instructor.md", "mlops-course grade 01-what-is-mlops"): 1,
    ("docs/grading.md", "mlops-course grade 01-what-is-mlops --json"): 1,
}
# What a command must have printed, where its page says so.
SAYS = {
    ("docs/self-learner.md", ".venv/bin/mlops-course check what-is-mlops"): "not attempted",
    ("docs/author.md", "mlops-course check source/01-doubling/doubling.ipynb"): "passed",
    ("docs/author.md", "mlops-course check release/01-doubling/doubling.ipynb"): "not attempted",
    (
        "docs/author.md",
        "cat grades.csv",
    ): r"(?s)(?=.*blank,\S*,0.0,2.0\n).*solved,\S*,2.0,2.0\n",
}


class School:
    """A clone of the repository, with the environment of the tests for its own.

    Parameters
    ----------
    folder : Path
        An empty folder.
    """

    def __init__(self, folder: Path) -> None:
        self.copy = CourseCopy(folder, lessons=[])
        self.root = self.copy.root
        copy_repository(self.root, without=("tests/",))
        self._publish()
        lend_environment(self.root, Path(sys.prefix), "requirements-dev.lock")
        self._open = ExitStack()

    def _publish(self) -> None:
        """Make a clone of it, of a repository beside it."""
        git = ["git", "-c", "user.name=Grace", "-c", "user.email=grace@example.org"]
        origin = self.copy.folder / "origin.git"
        for words in (
            ["init", "--quiet", "--initial-branch=main"],
            ["add", "--all", "--force"],
            ["commit", "--quiet", "--message=Publish"],
            ["clone", "--quiet", "--bare", ".", origin],
            ["remote", "add", "origin", origin],
            ["fetch", "--quiet", "origin"],
            ["branch", "--quiet", "--set-upstream-to=origin/main"],
        ):
            subprocess.run([*git, *words], cwd=self.root, check=True)

    @contextmanager
    def shells(self) -> Iterator[None]:
        """End all shells afterwards."""
        with self._open:
            yield

    def shell(self, folder: Path, who: str = "instructor", *, inside: bool = False) -> Shell:
        """Open a terminal for somebody; on a hub, it is `inside` the environment from the start."""
        bins = [str(Path(sys.executable).parent)] if inside else []
        environment = {
            "HOME": str(self.copy.home(who)),
            "JUPYTER_CONFIG_PATH": str(self.copy.folder / "etc"),
            "LANG": "C.UTF-8",
            "PATH": os.pathsep.join([*bins, "/usr/local/bin", "/usr/bin", "/bin"]),
        }
        shell = Shell(folder, environment)
        self._open.callback(shell.close)
        return shell

    def type(self, shell: Shell, page: str, command: Command) -> str:
        """Type a command of a page, which must end as it says; return what it printed."""
        status, said = shell.run(command.text)
        expected = STATUS.get((page, command.text), 0)
        assert status == expected, f"{page}: `{command.text}` ended with {status}:\n{said}"
        wanted = SAYS.get((page, command.text), "")
        assert re.search(wanted, said), f"{page}: `{command.text}` said:\n{said}"
        return said

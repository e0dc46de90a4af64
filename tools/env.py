"""Run a command in the course's environment, which is made first where it is missing or old.

    python tools/env.py LOCK COMMAND...

The environment is `.venv`; where PYTHON chose the Python, `.venv-3.12` or the like, so that trying
another Python leaves the first environment alone. What is installed is noted inside: when that is
what the lock asks for, nothing is looked up and nothing is fetched. This file needs only the Python
that runs it.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONTRIBUTOR = "requirements-dev.lock"  # holds what requirements.lock holds, and more
PIP = "pip>=24"  # an older one takes what has extras and hashes for not pinned
VERSION = "{}.{}".format(*sys.version_info)


def main() -> None:
    """Prepare the environment and become the command."""
    lock, *command = sys.argv[1:]
    folder = ROOT / (f".venv-{VERSION}" if os.environ.get("PYTHON") else ".venv")
    try:
        prepare(folder, lock)
    except subprocess.CalledProcessError:
        sys.exit(
            f"The packages could not be installed in {folder.name}, for the reason above: "
            "cure that (is there a network?) and run the same command again."
        )
    os.environ["VIRTUAL_ENV"] = str(folder)
    os.environ["PATH"] = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    os.execvp(command[0], command)


def prepare(folder: Path, lock: str) -> None:
    """Make `folder` hold what `lock` asks for, if it does not yet."""
    note = folder / "course.json"
    made = json.loads(note.read_text()) if note.is_file() else {}
    place = [str(folder), sys.version, sys.base_prefix]
    if made == {"place": place, "holds": contents(lock)}:
        return
    if made == {"place": place, "holds": contents(CONTRIBUTOR)}:
        return
    print(
        f"Installing {lock} in {folder.name} for Python {VERSION}: a few minutes the first time.",
        file=sys.stderr,
        flush=True,
    )
    if not can_go_on(folder, place, made):
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, symlinks=True)  # without pip: Debian's Python may lack ensurepip
    note.write_text(json.dumps({"place": place, "holds": "unfinished"}))
    install = installer(folder / "bin" / "python")
    run([*install, "--require-hashes", "-r", str(ROOT / lock)])
    run([*install, "--no-deps", "--editable", str(ROOT)])
    note.write_text(json.dumps({"place": place, "holds": contents(lock)}))


def contents(lock: str) -> str:
    """Return a digest of all that decides what is installed."""
    return hashlib.sha256(
        (ROOT / lock).read_bytes() + (ROOT / "pyproject.toml").read_bytes()
    ).hexdigest()


def can_go_on(folder: Path, place: list[str], made: dict) -> bool:
    """Tell whether `folder` is a whole environment of this Python, in the place it was made for."""
    if made:
        return made["place"] == place and made["holds"] != "unfinished"
    python = folder / "bin" / "python"
    ask = "import json, sys; print(json.dumps([sys.prefix, sys.version, sys.base_prefix]))"
    if not os.access(python, os.X_OK):
        return False
    answer = subprocess.run([str(python), "-c", ask], capture_output=True, text=True)
    return answer.returncode == 0 and json.loads(answer.stdout) == place


def installer(python: Path) -> list[str]:
    """Return the command that installs into the environment of `python`: uv's, or else pip's."""
    beside = ROOT / ".venv" / "bin" / "uv"
    uv = shutil.which("uv") or (str(beside) if beside.is_file() else None)
    if uv:
        return [uv, "pip", "install", "--python", str(python), "--compile-bytecode"]
    pip = [str(python), "-m", "pip"]
    if works([*pip, "--version"]) or works([str(python), "-m", "ensurepip"]):
        return renewed(pip)
    if works([sys.executable, "-m", "pip", "--python", str(python), "--version"]):
        run([sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", PIP])
        return [*pip, "install"]
    package = f"python{VERSION}-venv"
    if os.geteuid() == 0 and shutil.which("apt-get"):
        run(["apt-get", "update", "-qq"])
        run(["apt-get", "install", "-y", "-qq", package])
        if works([str(python), "-m", "ensurepip"]):
            return renewed(pip)
    sys.exit(
        f"{sys.executable} has neither pip nor ensurepip: install uv, or pip for it "
        f"(Debian and Ubuntu: apt install {package}), and run the same command again."
    )


def renewed(pip: list[str]) -> list[str]:
    """Return the command that installs by a pip, which is brought up to date before."""
    run([*pip, "install", "--quiet", PIP])
    return [*pip, "install"]


def works(command: list[str]) -> bool:
    """Run a command, unseen, and tell whether it succeeded."""
    return subprocess.run(command, capture_output=True).returncode == 0


def run(command: list[str]) -> None:
    """Run a command in sight, on stderr: stdout is for the command that the environment is for."""
    subprocess.run(command, check=True, stdout=sys.stderr)


if __name__ == "__main__":
    main()

"""Links that open lesson 01 elsewhere, for the README, from where the course is published."""

import re
import tomllib
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from course.lessons import lessons

README = Path("README.md")


def links(repository: str, branch: str, hub: str, notebook: str) -> dict[str, str]:
    """Return the links to a notebook of a published course.

    Parameters
    ----------
    repository : str
        The address that the course is cloned from.
    branch : str
        The branch that learners get.
    hub : str
        The address of a JupyterHub that has nbgitpuller.
    notebook : str
        The notebook's path in the repository.

    Returns
    -------
    dict of str to str
        `lesson-01-on-binder`, which makes the environment and opens the notebook in it, and
        `lesson-01-on-a-hub`, which copies the course into the home of who follows it and opens the
        notebook there. Both open JupyterLab.

    Examples
    --------
    >>> found = links("https://github.com/ada/mlops", "main", "https://hub.edu", "release/1.ipynb")
    >>> found["lesson-01-on-binder"]
    'https://mybinder.org/v2/gh/ada/mlops/main?urlpath=lab%2Ftree%2Frelease%2F1.ipynb'
    >>> found["lesson-01-on-a-hub"].split("&")[1:]
    ['urlpath=lab%2Ftree%2Fmlops%2Frelease%2F1.ipynb', 'branch=main']
    """
    repository = repository.rstrip("/").removesuffix(".git")
    address = urlsplit(repository)
    name = address.path.rpartition("/")[2]  # nbgitpuller's folder
    if address.hostname == "github.com":
        provided = f"gh{address.path}"
    else:
        provided = f"git/{quote(repository, safe='')}"
    pull = {"repo": repository, "urlpath": f"lab/tree/{name}/{notebook}", "branch": branch}
    return {
        "lesson-01-on-binder": f"https://mybinder.org/v2/{provided}/{quote(branch, safe='')}"
        f"?urlpath={quote(f'lab/tree/{notebook}', safe='')}",
        "lesson-01-on-a-hub": f"{hub.rstrip('/')}/hub/user-redirect/git-pull?{urlencode(pull)}",
    }


def linked(root: Path) -> dict[Path, bytes]:
    """Return the README with its links as they should be; nothing if it has none of them.

    They are definitions of references, each a line `[NAME]: LINK`. What they are made of stands in
    `pyproject.toml`, in the table `tool.mlops-course`.
    """
    definition = re.compile(r"^\[(lesson-01-on-[\w-]+)\]: .*$", re.MULTILINE)
    text = (root / README).read_text("utf-8") if (root / README).is_file() else ""
    if not definition.search(text):
        return {}
    published = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["mlops-course"]
    made = links(**published, notebook=lessons(root)[0].release.as_posix())
    return {README: definition.sub(lambda line: f"[{line[1]}]: {made[line[1]]}", text).encode()}

"""JupyterHub with this course on one machine; README.md, beside this file, says how to set it up.

Every setting that a school may want to change stands above the line.
"""

import grp
import os
import pwd
import sys
from contextlib import suppress
from pathlib import Path

from jupyterhub.auth import PAMAuthenticator as Authenticator  # for another one, change this line
from jupyterhub.utils import maybe_future
from tornado.web import RedirectHandler

c = get_config()  # noqa: F821 - JupyterHub defines it when it runs this file

COURSE = "mlops"  # CourseDirectory.course_id in nbgrader_config.py
GRADER = os.environ.get("MLOPS_GRADER", f"grader-{COURSE}")  # the account that the course is of
COURSE_FOLDER = Path(os.environ.get("MLOPS_COURSE", "/srv/mlops/course"))
STATE = Path(os.environ.get("MLOPS_HUB", "/srv/mlops/hub"))  # read by root alone
PORT = int(os.environ.get("MLOPS_PORT", "8000"))
FORMGRADER_PORT = int(os.environ.get("MLOPS_FORMGRADER_PORT", "9999"))  # on loopback
# Groups of the operating system: `adduser ada mlops-students`.
STUDENTS = os.environ.get("MLOPS_STUDENTS", f"{COURSE}-students")
INSTRUCTORS = os.environ.get("MLOPS_INSTRUCTORS", f"{COURSE}-instructors")

GROUPS = {f"formgrade-{COURSE}": INSTRUCTORS, f"nbgrader-{COURSE}": STUDENTS}  # as nbgrader has it


class Accounts(Authenticator):
    """People who have an account of the machine, whose groups say who may come in, and where to.

    The groups are looked up again every few minutes, whatever the authenticator.
    """

    async def authenticate(self, *args, **kwargs):
        """Return who it is, and his groups; None if there is none, or the password is wrong."""
        found = await maybe_future(super().authenticate(*args, **kwargs))
        model = found and self.known(found if isinstance(found, dict) else {"name": found})
        return model if model and model["groups"] else None

    async def refresh_user(self, user, *args, **kwargs):
        """Return the groups of somebody who is signed in; False if there was and is none."""
        found = await maybe_future(super().refresh_user(user, *args, **kwargs))
        model = self.known({**(found if isinstance(found, dict) else {}), "name": user.name})
        return model if found and (model["groups"] or user.groups) else False

    def known(self, model):
        """Add somebody's groups to what the authenticator says of him."""
        return {**model, "groups": self.groups(self.normalize_username(model["name"]))}

    def groups(self, name):
        """Return the hub's groups of an account, none if there is no such account."""
        found = []
        for hub, group in GROUPS.items():
            with suppress(KeyError):  # or no such group
                numbers = os.getgrouplist(name, pwd.getpwnam(name).pw_gid)
                if grp.getgrnam(group).gr_gid in numbers:
                    found.append(hub)
        return found


c.JupyterHub.authenticator_class = Accounts
c.Authenticator.manage_groups = True
c.Authenticator.auth_refresh_strict = True  # also for who has no group left and a token
c.LocalAuthenticator.allowed_groups = {STUDENTS, INSTRUCTORS}
if (STATE / "authenticator.py").exists():  # settings of the authenticator, with its secrets
    load_subconfig(str(STATE / "authenticator.py"))  # noqa: F821 - as get_config

# nbgrader takes the account of the operating system for the student's id, so everybody needs one.
c.JupyterHub.spawner_class = "jupyterhub.spawner.LocalProcessSpawner"
c.Spawner.mem_limit = "2G"  # LocalProcessSpawner has no limits: SystemdSpawner and others do
c.Spawner.http_timeout = 180  # seconds until a server answers: a class starts all at once
IDLE = 3600  # seconds until a server that nobody uses is stopped

# ------------------------------------------------------------------------------------------------

c.JupyterHub.bind_url = os.environ.get("MLOPS_URL", f"http://127.0.0.1:{PORT}")
c.JupyterHub.hub_port = int(os.environ.get("MLOPS_HUB_PORT", "8081"))
c.JupyterHub.db_url = f"sqlite:///{STATE / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(STATE / "cookie_secret")
c.ConfigurableHTTPProxy.pid_file = str(STATE / "proxy.pid")
BIN = Path(sys.executable).parent  # beside its environment, setup puts the proxy
PROXY = BIN.parents[1] / "node_modules/.bin/configurable-http-proxy"
c.ConfigurableHTTPProxy.command = [str(PROXY)]
c.ConfigurableHTTPProxy.api_url = os.environ.get("MLOPS_PROXY_API", "http://127.0.0.1:8001")
c.PAMAuthenticator.open_sessions = False  # Debian's PAM sessions need a terminal

# Students land in JupyterLab in their home, with nbgrader's Assignment List and Validate; what is
# for instructors is switched off by page_config.json.
c.Spawner.cmd = [str(BIN / "jupyterhub-singleuser")]
c.Spawner.default_url = "/lab"
PATH = f"{BIN}:/usr/local/bin:/usr/bin:/bin"
c.Spawner.environment = {"PATH": PATH}

# The course is a service of the hub: Formgrader, run by the account that owns the gradebook.
# Framing is blocked since JupyterHub 4.1, so instructors go to /services/mlops/formgrader itself.
c.JupyterHub.services = [
    {
        "name": COURSE,  # nbgrader takes it for the course's id
        "url": f"http://127.0.0.1:{FORMGRADER_PORT}",
        "command": [str(BIN / "jupyterhub-singleuser")],
        "user": GRADER,
        "cwd": str(COURSE_FOLDER),
        "environment": {
            "JUPYTERHUB_DEFAULT_URL": "/formgrader",
            "PATH": PATH,
        },
        "oauth_no_confirm": True,
    },
    {
        "name": "idle-culler",
        "command": [str(BIN / "python"), "-m", "jupyterhub_idle_culler", f"--timeout={IDLE}"],
    },
]
# Formgrader, in no frame, links to folders as if it were at the root of the hub.
LAB = f"/services/{COURSE}/lab"
c.JupyterHub.extra_handlers = [
    (r"/tree/(.*)", RedirectHandler, {"url": LAB + "/tree/{0}", "permanent": False}),
]
c.JupyterHub.load_roles = [
    {
        "name": f"formgrade-{COURSE}",
        "groups": [f"formgrade-{COURSE}"],
        "scopes": [f"access:services!service={COURSE}", f"read:services!service={COURSE}"],
    },
    {
        "name": "idle-culler",
        "services": ["idle-culler"],
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
    },
]

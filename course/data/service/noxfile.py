"""The stages of the pipeline: the same on a laptop, on the git server, and on GitHub."""

import nox

nox.options.default_venv_backend = "none"  # the environment that runs nox is the one to test
nox.options.sessions = ["lint", "test", "validate-data", "train", "gate"]


@nox.session
def lint(session):
    """Find mistakes and credentials by reading the code."""
    session.run("python", "-m", "ruff", "check", "--no-cache", ".")


@nox.session
def test(session):
    """Run the unit tests."""
    # Without the plugins that happen to be installed.
    session.run("python", "-m", "pytest", env={"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"})


@nox.session(name="validate-data")
def validate_data(session):
    """Hold the data against its schema."""
    session.run("python", "-m", "flightdesk.schema")


@nox.session
def train(session):
    """Train a challenger, and measure it on the golden set."""
    session.run("python", "-m", "flightdesk.train")


@nox.session
def gate(session):
    """Compare the challenger with the model in production."""
    session.run("python", "-m", "flightdesk.gate")


@nox.session
def register(session):
    """Make the challenger a version in the model registry."""
    session.run("python", "-m", "flightdesk.register")


@nox.session
def deploy(session):
    """Put the registered version into staging, try it there, then into production."""
    session.run("python", "-m", "flightdesk.deploy")

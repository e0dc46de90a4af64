"""Start and stop the workers of dask-gateway that grade a class.

In a terminal of the course's server::

    python deploy/kubernetes/cluster.py start 20    # prints the address of a scheduler
    mlops-course grade 01-what-is-mlops --scheduler ADDRESS
    python deploy/kubernetes/cluster.py stop

`start` writes the cluster's certificate where Dask looks for its settings, so that `mlops-course
grade` reaches the scheduler by TLS, and nobody else does.
"""

import os
import sys
from pathlib import Path

import dask
import yaml
from dask_gateway import Gateway

FOLDER = Path(dask.config.PATH)
CERTIFICATE, KEY, SETTINGS = (
    FOLDER / name for name in ("mlops-grading.crt", "mlops-grading.pem", "mlops-grading.yaml")
)


def start(workers: int) -> str:
    """Start a cluster, and return the address of its scheduler when its workers are there."""
    gateway = Gateway()
    cluster = gateway.connect(gateway.submit(), shutdown_on_close=False)
    with cluster.get_client(set_as_default=False) as client:
        _trust(cluster.security)
        cluster.scale(workers)
        client.wait_for_workers(workers)
        address: str = client.scheduler_info()["address"]
        return address


def stop() -> None:
    """Stop all clusters that this course has started."""
    gateway = Gateway()
    for report in gateway.list_clusters():
        gateway.stop_cluster(report.name)
    for path in (CERTIFICATE, KEY, SETTINGS):
        path.unlink(missing_ok=True)


def _trust(security) -> None:
    """Let Dask connect by the certificate that a cluster has for all of its own."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path, text in ((CERTIFICATE, security.tls_cert), (KEY, security.tls_key)):
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
    tls = {"ca-file": str(CERTIFICATE), "client": {"cert": str(CERTIFICATE), "key": str(KEY)}}
    comm = {"require-encryption": True, "tls": tls}
    SETTINGS.write_text(yaml.safe_dump({"distributed": {"comm": comm}}))


def main() -> None:
    """Do what the command line asks for."""
    match sys.argv[1:]:
        case ["start", workers] if workers.isdecimal() and int(workers) > 0:
            print(start(int(workers)))
        case ["stop"]:
            stop()
        case _:
            sys.exit("Say `cluster.py start WORKERS`, as in `start 20`, or `cluster.py stop`.")


if __name__ == "__main__":
    main()

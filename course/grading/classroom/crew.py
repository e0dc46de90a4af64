"""Workers that grade side by side: a cluster of Dask's, on this machine or elsewhere."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import dask
from distributed import CancelledError, Client, Future, LocalCluster, as_completed
from distributed.comm import CommClosedError
from distributed.scheduler import KilledWorker

from course.grading.classroom.certificate import temporary_security
from course.grading.classroom.fingerprint import own_code
from course.grading.classroom.result import Handed
from course.grading.classroom.worker import grade_one, introduce
from course.grading.errors import GradingError

# The sampling of stack traces costs each worker 1 % of a core, the clocks that tell how busy it is
# 2 %; a submission that was with a worker that ended is tried again by `Crew`, alone, so that it is
# known which one it was.
SETTINGS = {
    "distributed.worker.multiprocessing-method": "forkserver",
    "distributed.worker.profile.enabled": False,
    "distributed.admin.system-monitor.gil.enabled": False,
    "distributed.admin.system-monitor.interval": "10s",
    "distributed.admin.tick.interval": "1s",
    "distributed.scheduler.active-memory-manager.start": False,
    "distributed.scheduler.allowed-failures": 0,
    "distributed.scheduler.http.routes": [],  # a server that anybody could ask needs no answers
    "distributed.worker.http.routes": [],
    "distributed.admin.large-graph-warning-threshold": "1GB",
}
AHEAD = 2  # submissions sent for each that is being graded, so that no worker waits for the next
PATIENCE = 10  # seconds for a scheduler to answer
ENDED_WORKER = "It ended the process that graded it, twice: is there too little memory?"

Job = tuple[Handed, bytes]  # a submission, and a parcel of it for `grade_one`


class Crew:
    """Workers that were told of an assignment.

    Parameters
    ----------
    client : Client
        Dask's.
    course : bytes
        The parcel that all submissions have in common.
    settings : str
        nbgrader's settings, as text.

    Raises
    ------
    GradingError
        If a worker cannot grade.
    """

    def __init__(self, client: Client, course: bytes, settings: str) -> None:
        self._client = client
        try:
            introduced = client.run(introduce, settings)
        except Exception as error:
            raise GradingError(
                f"A worker cannot grade ({type(error).__name__}: {error}): install there what is "
                "installed here."
            ) from None
        for address, (code, refusal) in introduced.items():
            if refusal:
                raise GradingError(refusal)
            if code != own_code():
                raise GradingError(
                    f"The worker at {address} has another version of this package, or of Python: "
                    "install there what is installed here."
                )
        # A task, not scattered data: when a worker that holds it ends, it can be had again.
        self._course = client.submit(bytes, course, pure=False)
        with suppress(Exception):  # now, as who has it will be too busy to give it to others
            client.replicate(self._course, callback_timeout=PATIENCE)

    def grade(self, jobs: Iterator[Job]) -> Iterator[tuple[Handed, bytes | str]]:
        """Grade submissions, as many at a time as there are workers.

        Parameters
        ----------
        jobs : iterator of Job
            Each is asked for when it can be sent, so that few are in memory.

        Yields
        ------
        tuple
            A submission and its result, or a sentence that says why there is none; in the order in
            which they are done.
        """
        threads = sum(self._client.nthreads().values())
        again = []
        for job, answer in self._race(jobs, max(1, AHEAD * threads)):
            if answer is None:  # one of those that its worker was given, maybe not this one
                again.append(job)
            else:
                yield job[0], answer
        for job in again:
            alone = (answer for _ in range(2) for _, answer in self._race(iter([job]), 1))
            yield job[0], next((answer for answer in alone if answer is not None), ENDED_WORKER)

    def _race(self, jobs: Iterator[Job], most: int) -> Iterator[tuple[Job, bytes | str | None]]:
        """Yield jobs with their answers; None if the worker ended."""
        running: dict[Future, Job] = {}
        done = as_completed(loop=self._client.loop)
        while True:
            while len(running) < most and (job := next(jobs, None)):
                future = self._client.submit(grade_one, self._course, job[1], pure=False)
                running[future] = job
                done.add(future)
            if not running:
                return
            future = next(done)
            job = running.pop(future)
            yield job, _answer(future)
            future.release()


def _answer(future: Future) -> bytes | str | None:
    """Return the result, had once more if the worker that had it has ended."""
    try:
        answer: bytes = future.result()
    except KilledWorker:
        return None
    except (CancelledError, CommClosedError):
        raise GradingError(
            "The connection to the workers was lost: run the same command again; what was recorded "
            "before stays."
        ) from None
    except Exception as error:
        return f"Grading it failed ({type(error).__name__}: {error})."
    return answer


@contextmanager
def local_client(workers: int, scratch: str) -> Iterator[Client]:
    """Start workers on this machine, which nobody else can reach, and end them afterwards."""
    with (
        dask.config.set(SETTINGS),
        LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            processes=True,
            security=temporary_security(),  # a port of this machine is open to all who use it
            scheduler_kwargs={"dashboard": False, "dashboard_address": "127.0.0.1:0"},
            memory_limit=0,  # learners' code runs elsewhere, under limits of its own
            local_directory=scratch,
            silence_logs=50,
        ) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        yield client


@contextmanager
def remote_client(address: str) -> Iterator[Client]:
    """Connect to a cluster; Dask's own settings say how, and by which certificates.

    Raises
    ------
    GradingError
        If there is no scheduler, or no worker.
    """
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except Exception as error:  # for wrong addresses, certificates and settings Dask has many
        raise GradingError(
            f"There is no Dask scheduler at {address} that can be reached from here ({error}): see "
            "that it runs, and that Dask's settings name its certificates."
        ) from None
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # a sentence says as much
    with client:
        if not client.nthreads():
            raise GradingError(
                f"The Dask scheduler at {address} has no workers: start some, with this course's "
                "packages, by `dask worker ADDRESS --nworkers auto --nthreads 1`."
            )
        yield client

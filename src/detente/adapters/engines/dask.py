"""A Dask cluster: one started here, or one that runs already."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

from detente.errors import EngineError

if TYPE_CHECKING:
    from distributed import Client, Future

AHEAD = 3  # jobs a worker thread that are handed out at a time
PATIENCE = "10s"  # for a scheduler to answer

Job = TypeVar("Job")


class DaskEngine:
    """The workers of a scheduler such as "tcp://host:8786"; without an address so many processes of this machine.

    Dask tries a job again elsewhere when its worker dies; one that kills every worker it meets is given up.
    """

    def __init__(self, address: str | None = None, workers: int = 2) -> None:
        self.address, self.workers = address, workers

    def run(self, work: Callable[[Job], None], jobs: Iterable[Job]) -> Iterator[tuple[Job, bool]]:
        """Each job when it is over, in any order, and whether it was done; raises what `work` raises.

        Raises EngineError where there is no scheduler, or where it goes away.
        """
        try:
            from distributed.client import FutureCancelledError
        except ImportError as error:
            raise EngineError("Dask is not installed.", hint='Type: pip install "detente[dask]"') from error
        try:
            with ExitStack() as stack:
                yield from _run(self._client(stack), work, iter(jobs))
        except (OSError, TimeoutError, FutureCancelledError) as error:
            raise EngineError(
                f"The Dask scheduler does not answer ({str(error).splitlines()[0]}).",
                hint="Start it, and type the same command again: what was coded before is kept.",
            ) from error

    def _client(self, stack: ExitStack) -> "Client":
        from distributed import Client, LocalCluster

        if self.address:
            return stack.enter_context(Client(self.address, timeout=PATIENCE))
        cluster = LocalCluster(n_workers=self.workers, threads_per_worker=1, dashboard_address=None)
        return stack.enter_context(Client(stack.enter_context(cluster)))


def _run(client: "Client", work: Callable[[Job], None], waiting: Iterator[Job]) -> Iterator[tuple[Job, bool]]:
    from distributed import KilledWorker, as_completed

    out: dict[Future, Job] = {}

    def hand_out(number: int) -> "list[Future]":
        jobs = list(islice(waiting, number))
        futures = client.map(work, jobs, pure=False) if jobs else []
        out.update(zip(futures, jobs, strict=True))
        return list(futures)

    over = as_completed(hand_out(AHEAD * max(1, sum(client.nthreads().values()))))
    for future in over:
        job = out.pop(future)
        try:
            future.result()
        except KilledWorker:
            yield job, False
        else:
            yield job, True
        over.update(hand_out(1))

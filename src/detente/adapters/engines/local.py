"""Processes of this machine."""

import concurrent.futures as cf
import multiprocessing
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

AHEAD = 2  # jobs a worker that are handed out at a time: one to do, one that waits
DEATHS = 2  # workers of its own that a job may take with it before it is given up

Job = TypeVar("Job")


class LocalEngine:
    """So many worker processes, started anew (not forked), that each load the language pipeline once.

    A worker that dies takes no job with it: the jobs that were out are tried again one by one, and one that kills its
    worker again is given up, so that the others are not held up by it.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def run(self, work: Callable[[Job], None], jobs: Iterable[Job]) -> Iterator[tuple[Job, bool]]:
        """Each job when it is over, in any order, and whether it was done; raises what `work` raises."""
        waiting = iter(jobs)
        while suspects := (yield from self._run(work, waiting)):
            yield from self._one_by_one(work, suspects)

    def _run(self, work: Callable[[Job], None], waiting: Iterator[Job]) -> Generator[tuple[Job, bool], None, list[Job]]:
        """The jobs that were done; returns those that were out when a worker died, none when all is done."""
        out: dict[cf.Future[None], Job] = {}
        with self._pool(self.workers) as pool:
            while True:
                while len(out) < AHEAD * self.workers and (job := next(waiting, None)) is not None:
                    out[pool.submit(work, job)] = job
                if not out:
                    return []
                for future in cf.wait(out, return_when=cf.FIRST_COMPLETED).done:
                    try:
                        future.result()
                    except BrokenProcessPool:
                        return list(out.values())
                    yield out.pop(future), True

    def _one_by_one(self, work: Callable[[Job], None], jobs: list[Job]) -> Iterator[tuple[Job, bool]]:
        """The jobs with one worker between them, which is replaced when it dies."""
        waiting, deaths = list(reversed(jobs)), 0
        while waiting:
            with self._pool(1) as pool:
                try:
                    while waiting:
                        pool.submit(work, waiting[-1]).result()
                        deaths = 0
                        yield waiting.pop(), True
                except BrokenProcessPool:
                    deaths += 1
            if deaths == DEATHS:
                deaths = 0
                yield waiting.pop(), False

    @staticmethod
    def _pool(workers: int) -> cf.ProcessPoolExecutor:
        return cf.ProcessPoolExecutor(max_workers=workers, mp_context=multiprocessing.get_context("spawn"))

"""All shards of an archive run: in this process, on several cores, or by a Dask scheduler."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from travaux.acts.fault import Refused, refused
from travaux.secretariat.many import processes
from travaux.secretariat.shards import Done, Plan, run_shard

Step = Callable[[int, int], None]
LOCAL = "processes"


def _silent(_done: int, _all: int) -> None:
    """No progress is wanted."""


def run(plans: Sequence[Plan], *, jobs: int = 1, step: Step = _silent) -> list[Done] | Refused:
    """Run every shard, on `jobs` processes; `step` is told how many documents are done. By number."""
    progress = _Progress(sum(len(p.papers) for p in plans), step)
    found: list[Done] = []
    for result in _each(plans, progress) if jobs == 1 else _pooled(plans, jobs, progress):
        if isinstance(result, Refused):
            return result
        found.append(result)
    return sorted(found, key=lambda d: d.number)


@dataclass(slots=True)
class _Progress:
    """Counts documents and tells the step."""

    total: int
    step: Step
    done: int = 0

    def add(self, n: int = 1) -> None:
        """So many more documents are done."""
        self.done += n
        self.step(self.done, self.total)


def _each(plans: Sequence[Plan], progress: _Progress) -> Iterator[Done | Refused]:
    for plan in plans:
        yield run_shard(plan, tell=progress.add)


def _pooled(plans: Sequence[Plan], jobs: int, progress: _Progress) -> Iterator[Done | Refused]:
    """As they finish. Where a process died, the shards it may have held are run again with care."""
    left: list[Plan] = []
    with processes(jobs) as pool:
        waiting = {pool.submit(run_shard, plan): plan for plan in plans}
        while waiting:
            ready, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in ready:
                plan = waiting.pop(future)
                try:
                    yield future.result()
                    progress.add(len(plan.papers))
                except BrokenProcessPool:
                    left.append(plan)
    for plan in left:
        yield run_shard(plan, careful=True, tell=progress.add)


def run_dask(plans: Sequence[Plan], scheduler: str, *, jobs: int = 1) -> list[Done] | Refused:
    """Run every shard as one Dask task. `scheduler` is ``processes`` or the address of a cluster.

    A task is the list of a shard's documents, never a document: each worker fetches its own, so the papers
    and the folder must lie where every worker sees them. Refused: Dask (for an address also its
    ``distributed`` part) is not installed.
    """
    lost = [m for m in ("dask", *(() if scheduler == LOCAL else ("distributed",))) if find_spec(m) is None]
    if lost:
        return refused("read.no_dask", missing=", ".join(lost))
    dask = import_module("dask")
    tasks = [dask.delayed(run_shard, pure=False)(plan) for plan in plans]
    results: Sequence[Done | Refused]
    if scheduler == LOCAL:
        results = dask.compute(*tasks, scheduler="processes", num_workers=jobs)
    else:
        with import_module("distributed").Client(scheduler):
            results = dask.compute(*tasks)
    wrong = [f for r in results if isinstance(r, Refused) for f in r.faults]
    if wrong:
        return Refused(tuple(wrong))
    return sorted((r for r in results if isinstance(r, Done)), key=lambda d: d.number)

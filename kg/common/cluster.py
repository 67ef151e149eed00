"""Workers on other machines: a cluster of dask.distributed, through its ``concurrent.futures``.

The scheduler gives the tasks of a worker that was lost to another one. It and its workers run what
they are sent: they belong in a network in which everybody is trusted, or behind TLS.
"""

from __future__ import annotations

import socket
import time
from concurrent.futures import CancelledError, Future, wait
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

from kg.common.errors import BuildError, MissingPackageError
from kg.common.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Callable

_CONNECT: Final = 10.0
_ASK_EVERY: Final = 2.0
_WAIT: Final = 30.0
"""Seconds without any worker after which a build gives up."""


class ClusterWorkers(Workers):
    """The workers of the scheduler at an address, such as ``tcp://host:8786``.

    Raises MissingPackageError without dask.distributed, and BuildError if no scheduler answers
    there, or if it has no workers.
    """

    is_remote = True

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address
        self._client = _connect(address)
        self._count = self._count_threads()
        if not self._count:
            self._client.close()
            raise BuildError(
                f"the cluster at {address} has no workers: start some with"
                f" 'dask worker {address} --nthreads 1' where stdkg is installed"
            )
        self._executor = self._client.get_executor(pure=False)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let the cluster drop what is not wanted any more, and disconnect."""
        self._executor.shutdown(wait=False)
        self._client.close()

    def submit(self, task: Callable[..., Any], *args: Any, **kwargs: Any) -> Future[Any]:
        """Run a task on a worker, and again on another one if that is lost."""
        future: Future[Any] = self._executor.submit(task, *args, **kwargs)
        return future

    def result_of(self, future: Future[Any]) -> Any:
        """Wait for the result of a task; BuildError if the cluster can't give it."""
        from distributed import KilledWorker

        last_seen = time.monotonic()
        while not wait([future], _ASK_EVERY).done:
            if self._count_threads():
                last_seen = time.monotonic()
            elif time.monotonic() - last_seen > _WAIT:
                raise BuildError(
                    f"the cluster at {self._address} has had no workers for {_WAIT:.0f} s: start"
                    " some, and build again"
                )
        try:
            return future.result()
        except CancelledError as error:
            raise self._gone() from error
        except KilledWorker as error:
            raise BuildError(
                f"several workers of the cluster at {self._address} were lost at the same task,"
                " perhaps for lack of memory: see their logs"
            ) from error

    def _count_threads(self) -> int:
        try:
            return sum(self._client.nthreads().values())
        except (OSError, CancelledError) as error:
            raise self._gone() from error

    def _gone(self) -> BuildError:
        return BuildError(
            f"the scheduler at {self._address} is gone: the previous graph is unchanged: start it,"
            " and build again"
        )


def _connect(address: str) -> Any:
    try:
        import distributed
        from distributed.comm.addressing import get_address_host_port
    except ImportError as error:
        raise MissingPackageError(
            "a cluster needs a package that is not installed: pip install 'stdkg[cluster]'"
        ) from error
    try:
        # A client that is refused takes long to end.
        socket.create_connection(get_address_host_port(address), _CONNECT).close()
        # It has no types.
        client: Any = distributed.Client
        return client(address, timeout=_CONNECT, set_as_default=False, name="stdkg")
    except (OSError, ValueError, TypeError) as error:
        raise BuildError(
            f"{address}: no scheduler answers there ({error}): check the address, such as"
            " tcp://host:8786, which 'dask scheduler' prints"
        ) from error

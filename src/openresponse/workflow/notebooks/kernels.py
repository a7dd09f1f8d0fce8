"""The process that a notebook runs in: forked from one that has imported what the notebooks import
and has run none of them, so that imports are paid once and no notebook sees another's state.

It is this interpreter, and takes nothing from anybody's home folder.
"""

import multiprocessing
import os
import threading
from multiprocessing import connection, forkserver
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import KernelProvisionerBase, LocalProvisioner
from traitlets import Unicode

# What the notebooks that make pages import; one runs for each release and language.
IMPORTED = [
    __name__,
    "ipykernel.kernelapp",
    "openresponse.report.pages.brief",
    "openresponse.report.pages.site_pages",
]


def warm() -> None:
    """Start the process that kernels are forked from, where there is none yet; it imports while
    this one goes on.
    """
    forkserver.set_forkserver_preload(IMPORTED)
    forkserver.ensure_running()


class Kernel(ForkServerProcess):
    """A forked kernel, with what `subprocess.Popen` has of it for Jupyter."""

    stdin = stdout = stderr = None

    def __init__(self, arguments: list[str], env: dict[str, str]):
        super().__init__()
        self._arguments, self._env = arguments, env

    def run(self) -> None:
        from ipykernel.kernelapp import IPKernelApp

        os.setsid()  # Ctrl-C is for the run, which then ends its kernel
        os.environ.clear()
        os.environ.update(self._env)
        threading.Thread(target=_end_with_the_run, daemon=True).start()
        IPKernelApp.launch_instance(argv=self._arguments)

    def poll(self) -> int | None:
        return self.exitcode

    def wait(self) -> int | None:
        self.join()
        return self.exitcode

    def send_signal(self, number: int) -> None:
        if self.pid and self.exitcode is None:
            os.kill(self.pid, number)


class Forked(LocalProvisioner):
    """Starts a kernel as a fork; all else is as for a kernel that is a program of its own."""

    process: Any = None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        self.process = Kernel(cmd, kwargs["env"])
        self.process.start()
        self.pid = self.pgid = self.process.pid
        return self.connection_info


def isolated(folder: Path) -> type[AsyncKernelManager]:
    """A kernel whose settings, start-up files and connection are those of an empty folder, whatever
    kernels and files for IPython, Jupyter and Python the home folder holds.
    """

    class Manager(AsyncKernelManager):
        connection_file = Unicode(str(folder / "connection.json"))
        kernel_spec = KernelSpec(
            argv=["-f", "{connection_file}"],
            language="python",
            env={
                "IPYTHONDIR": str(folder / "ipython"),
                "JUPYTER_CONFIG_DIR": str(folder / "jupyter"),
                "PYTHONSTARTUP": "",
            },
        )

        async def _async_pre_start_kernel(self, **kw: Any) -> Any:
            self.provisioner: KernelProvisionerBase | None = Forked(
                parent=self, kernel_id=self.kernel_id, kernel_spec=self.kernel_spec
            )
            return await super()._async_pre_start_kernel(**kw)

    return Manager


def _end_with_the_run() -> None:
    """A run that was killed leaves no kernel behind."""
    run = multiprocessing.parent_process()
    if run is not None:
        connection.wait([run.sentinel])
    os._exit(1)

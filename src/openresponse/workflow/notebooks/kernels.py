"""The process that a notebook runs in: this interpreter, and nothing from anybody's home folder."""

import sys
from pathlib import Path

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from traitlets import Unicode


def isolated(folder: Path) -> type[AsyncKernelManager]:
    """A kernel whose settings, start-up files and connection are those of an empty folder, whatever
    kernels and files for IPython, Jupyter and Python the home folder holds.
    """

    class Kernel(AsyncKernelManager):
        connection_file = Unicode(str(folder / "connection.json"))
        kernel_spec = KernelSpec(
            argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            language="python",
            env={
                "IPYTHONDIR": str(folder / "ipython"),
                "JUPYTER_CONFIG_DIR": str(folder / "jupyter"),
                "PYTHONSTARTUP": "",
            },
        )

    return Kernel

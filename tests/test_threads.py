"""Small matrices are not spread over many threads: that is slower, and not the same everywhere."""

import os
import subprocess
import sys

import pytest

THREADS = "OPENBLAS_NUM_THREADS"


@pytest.mark.parametrize(("said", "used"), [(None, "1"), ("2", "2")])
def test_one_thread_computes_unless_somebody_said_another_number(said, used):
    others = {name: value for name, value in os.environ.items() if name != THREADS}
    printed = subprocess.run(
        [sys.executable, "-c", f"import openresponse, os; print(os.environ['{THREADS}'])"],
        env=others | ({THREADS: said} if said else {}),
        capture_output=True,
        text=True,
        check=True,
    )
    assert printed.stdout.strip() == used

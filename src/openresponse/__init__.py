import os

# One thread a process is faster than many on small matrices, and the same everywhere. It counts
# only before numpy is loaded, so here; who sets another number keeps it.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

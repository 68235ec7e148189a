"""Import this before numpy or torch: one BLAS thread per process.

On two CPU cores two single-threaded processes train about twice as fast as one process with two threads
(small bf16 operations pay for the wake-ups), so parallelism comes from `parallel.launch` instead.
"""
import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

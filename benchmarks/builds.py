"""How long a build takes, and how much memory, by the size of the register."""

import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator

from benchmarks.figures import Figure
from benchmarks.workshop import ROOT, Workshop

SUBJECT = "build"
AIMS = {"real": 1.0, "10k": 2.0, "100k": 8.0, "1m": 90.0}
MEMORY = {"1m": 4096.0}


def figures(workshop: Workshop) -> Iterator[Figure]:
    """Seconds and peak memory of ``python -m etl build``, which checks everything."""
    for size in workshop.sizes:
        register, out = workshop.register(size), workshop.folder / f"build-{size}"
        shutil.rmtree(out, ignore_errors=True)
        command = ["-m", "etl", "build", "--register", str(register), "--out", str(out)]
        begin = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        assert process.stderr
        told = process.stderr.read().decode(errors="replace")
        _, status, used = os.wait4(process.pid, 0)
        took = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            print(f"build, {size}: failed\n{told[-2000:]}")
            continue
        workshop.built(size)
        yield Figure(SUBJECT, f"{size} agreements", took, "s", aim=AIMS[size])
        yield Figure(SUBJECT, f"{size} agreements: processor", _processor(used), "s")
        memory = used.ru_maxrss / 1024
        yield Figure(SUBJECT, f"{size} agreements: memory", memory, "MB", aim=MEMORY.get(size))


def _processor(used: resource.struct_rusage) -> float:
    return used.ru_utime + used.ru_stime

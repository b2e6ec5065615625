"""One contestant in a process of its own: prepared, then timed, then asked what it found.

`python -m bench.child '{"target": "bench.imports:kamerton", "given": {…}}'` prints one JSON line.
A contestant is a function that prepares (imports, compiled SQL) and returns the work to be timed;
the work returns a function that tells, after the clock has stopped, what was found.
"""

import importlib
import json
import resource
import sys
import time
from pathlib import Path


def peak_mib() -> float:
    """The most memory this process ever held; VmHWM, as ru_maxrss counts the parent too."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(row for row in status.read_text().splitlines() if row.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    whole = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return whole / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def cpu_seconds() -> float:
    """CPU time of all threads of this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Run what the command line names."""
    asked = json.loads(sys.argv[1])
    module, name = asked["target"].split(":")
    work = getattr(importlib.import_module(module), name)(**asked["given"])
    wall, cpu = time.perf_counter(), cpu_seconds()
    tell = work()
    wall, cpu = time.perf_counter() - wall, cpu_seconds() - cpu
    measured = {"wall": wall, "cpu": cpu, "peak": peak_mib()}
    print(json.dumps(measured | {"found": tell()}))


if __name__ == "__main__":
    main()

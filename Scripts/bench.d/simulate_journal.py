"""What it costs to read a journal of a million lines: against reading, decoding and hashing the same lines in Python, in one run.

    simulate_journal.py SIMULATE TURNSTILE SCRATCH

And what `turnstile status` costs of one, the first time and from the checkpoint that it left.

Processor time counts, and not what the clock on the wall says: the machine does other things, too.
"""

import json
import os
import subprocess
import sys

from figures import figure

FLOOR = """
import hashlib, json, sys
digest = '0' * 64
for line in open(sys.argv[1], 'rb'):
    body = line[:-78]
    digest = hashlib.sha256(digest.encode() + body).hexdigest()
    assert json.loads(line)['sha256'] == digest
"""

simulate, turnstile, scratch = sys.argv[1:]


def cost(*command):
    """Seconds of processor time, and MiB at the peak."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command} failed: {status}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def measure(name, *shape):
    path = os.path.join(scratch, name)
    lines = int(subprocess.check_output([simulate, "journal", "write", path, *shape]))
    floor, _ = cost(sys.executable, "-c", FLOOR, path)
    seconds, peak = cost(simulate, "journal", "read", path)
    figure(f"simulate.journal_read_ratio.{name}", seconds / floor, "ratio", 4,
           seconds=round(seconds, 2), lines=lines, floor_s=round(floor, 2))
    figure(f"simulate.journal_read_peak_mib.{name}", peak, "MiB", 100)
    return path


def measure_status(name, path):
    journals = os.path.join(scratch, "journals")
    os.mkdir(journals)
    with open(path) as file:
        rollout = json.loads(file.readline())["what"]["opened"]["rollout"]
    os.rename(path, os.path.join(journals, f"{rollout}.jsonl"))
    configuration = os.path.join(scratch, "turnstile.yaml")
    with open(configuration, "w") as file:
        json.dump({"hosts": [{"name": "core-1"}], "journal": journals}, file)
    status = [turnstile, "--config", configuration, "status", rollout]
    first, _ = cost(*status)
    seconds, peak = cost(*status)
    figure(f"simulate.status_s.{name}", seconds, "s", 2, first=round(first, 2))
    figure(f"simulate.status_peak_mib.{name}", peak, "MiB", 64)


os.remove(measure("upgrades", "--hosts", "100000"))
measure_status("holds", measure("holds", "--hosts", "1000", "--holds", "495"))

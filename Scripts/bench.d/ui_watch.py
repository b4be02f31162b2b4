"""What 'turnstile status --watch' costs at a terminal while another process writes the journal of a rollout of 200 hosts.

    ui_watch.py --build BUILD --seconds N SCRATCH

Half of the hosts are done, and an entry is added every second: a real rollout adds one in ten seconds or more, and the table
is drawn anew at each. Processor time is that of the whole process, its start among it.
"""

import argparse
import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time

from figures import figure

LINES, COLUMNS = 50, 200


def start(command, stdin=None):
    """A program at a terminal of its own: its process, and our end."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
    environment = {"TERM": "xterm", "HOME": "/nonexistent", "PATH": os.environ["PATH"]}
    places = [(os.POSIX_SPAWN_DUP2, theirs, 1), (os.POSIX_SPAWN_DUP2, theirs, 2), (os.POSIX_SPAWN_CLOSE, ours)]
    source = stdin or "/dev/null"
    process = os.posix_spawn(command[0], command, environment,
                             file_actions=[(os.POSIX_SPAWN_OPEN, 0, source, os.O_RDONLY, 0)] + places)
    os.close(theirs)
    return process, ours


def read(terminal, until, each_second=lambda: None):
    """All that is written up to a moment, or up to the end."""
    seen, due = b"", time.monotonic() + 1
    while (left := until - time.monotonic()) > 0:
        ready, _, _ = select.select([terminal], [], [], max(0, min(left, due - time.monotonic())))
        if ready:
            try:
                seen += os.read(terminal, 1 << 16)
            except OSError:
                # The last program that had the terminal has ended.
                break
        if time.monotonic() >= due:
            each_second()
            due += 1
    return seen


def cost(process):
    """Seconds of processor time, and MiB at the peak, of a process that ends."""
    _, _, usage = os.wait4(process, 0)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


options = argparse.ArgumentParser()
options.add_argument("--build", required=True)
options.add_argument("--seconds", type=int, required=True)
options.add_argument("scratch")
options = options.parse_args()

with open(os.path.join(options.scratch, "journal"), "rb") as journal:
    lines = journal.read().splitlines(keepends=True)
written, rest = lines[: len(lines) // 2], lines[len(lines) // 2 :]
if len(rest) <= options.seconds + 10:
    sys.exit("bench: the rollout would end while it is watched")
directory = os.path.join(options.scratch, "journals")
os.mkdir(directory)
journal = open(os.path.join(directory, "r-20261124-071205-4f1c.jsonl"), "wb", buffering=0)
journal.write(b"".join(written))
# As the process that drives a rollout has it.
fcntl.flock(journal, fcntl.LOCK_EX)

turnstile = os.path.abspath(f".build/{options.build}/turnstile")
process, terminal = start([turnstile, "--journal", directory, "status", "--watch"])
seen = read(terminal, time.monotonic() + options.seconds, lambda: journal.write(rest.pop(0)))
os.kill(process, signal.SIGTERM)
seconds, peak = cost(process)
drawn = seen.count(b"Rollout r-20261124-071205-4f1c")
if drawn < options.seconds // 4:
    sys.exit(f"bench: the table was drawn {drawn} times in {options.seconds} s: {seen[-500:]!r}")

shown = os.path.join(options.scratch, "shown")
with open(shown, "wb") as file:
    file.write(seen)
process, terminal = start([os.path.join(options.scratch, "floor"), str(options.seconds)], stdin=shown)
read(terminal, time.monotonic() + options.seconds * 4)
floor, _ = cost(process)

figure("ui.watch_cpu_percent.200", 100 * seconds / options.seconds, "%", 1, build=options.build,
       seconds=options.seconds, drawn=drawn, entries=len(written), peak_mib=round(peak, 1))
figure("ui.watch_cpu_percent.floor", 100 * floor / options.seconds, "%", shown_bytes=len(seen))

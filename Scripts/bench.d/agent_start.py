"""How long `--help` takes, as whoever waits for it sees it, beside the floor in the same run."""

import os
import statistics
import sys
import time

from figures import figure

RUNS = 41


def run_ms(command):
    null = (os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)
    start = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ, file_actions=[null])
    _, status = os.waitpid(child, 0)
    elapsed = time.perf_counter() - start
    if status != 0:
        sys.exit(f"bench: {command} ended with status {os.waitstatus_to_exitcode(status)}")
    return elapsed * 1000


agent, floor = [os.path.abspath(path) for path in sys.argv[1:]]
commands = {"agent": [agent, "--help"], "floor": [floor]}
times = {name: [] for name in commands}
for _ in range(RUNS):
    # In turn, so that whatever else the machine does meets both.
    for name, command in commands.items():
        times[name].append(run_ms(command))
median = {name: statistics.median(values) for name, values in times.items()}
figure("agent.start_ms", median["agent"], "ms", 20, runs=RUNS, slowest=round(max(times["agent"]), 3))
figure("agent.start_ms.floor", median["floor"], "ms", runs=RUNS, slowest=round(max(times["floor"]), 3))
figure("agent.start_ratio", median["agent"] / median["floor"], "ratio")

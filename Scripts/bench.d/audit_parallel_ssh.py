"""An audit with parallel-ssh: HOSTS PORT USER KEY COMMAND IN_FLIGHT, of which HOSTS, KEY and COMMAND are files."""

import sys

from pssh.clients import ParallelSSHClient

hosts, port, user, key, command, in_flight = sys.argv[1:]
with open(hosts) as file:
    names = file.read().split()
with open(command) as file:
    text = file.read()
client = ParallelSSHClient(
    names, user=user, port=int(port), pkey=key, allow_agent=False, pool_size=int(in_flight), timeout=120)
status = 0
for answer in client.run_command(text, stop_on_errors=False):
    if answer.exception is not None:
        print(f"{answer.host}: {answer.exception}", file=sys.stderr)
        status = 1
        continue
    for line in answer.stdout:
        print(line)
sys.exit(status)

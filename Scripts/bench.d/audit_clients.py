"""Who is measured: each client as its own users would start it, with the same key, the same known_hosts, and so many hosts
in flight. `is_whole` says whether every host answered; what a client did not do is not measured."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from typing import Callable

from audit_ground import USER

IN_FLIGHT = 64
PEERS = ".build/bench/peers"
PYPI = ["parallel-ssh", "ansible-core", "pyinfra"]
DEBIAN = {"/usr/include/libssh2.h": "libssh2-1-dev", "/usr/include/libssh/server.h": "libssh-dev", "/usr/bin/gcc": "gcc", "/usr/bin/parallel-ssh": "pssh"}


@dataclass
class Client:
    name: str
    command: Callable[[str], list]
    """Given the file that names the hosts."""
    is_whole: Callable[[str, int], bool]
    """Given what it printed, and the number of hosts."""
    prints_on_both: bool = False


def install():
    missing = [package for path, package in DEBIAN.items() if not os.path.exists(path)]
    if missing:
        attempt(["apt-get", "install", "-y", "--no-install-recommends", *missing])
    if not os.path.exists(f"{PEERS}/bin/pip"):
        attempt([sys.executable, "-m", "venv", PEERS])
    for package in PYPI:
        attempt([f"{PEERS}/bin/pip", "install", "--quiet", "--disable-pip-version-check", package])


def attempt(command):
    try:
        subprocess.run(command, check=True, stdout=sys.stderr)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"bench: cannot install: {error}", file=sys.stderr)


def turnstile(ground, connect_seconds, config=None, name="turnstile"):
    """- config: of its own; by default hosts are called as they are, with no ssh configuration."""
    program = os.path.abspath(".build/release/turnstile")
    config = config or ground.write("turnstile.yaml", json.dumps({
        "ssh": {
            "user": USER, "port": ground.port, "identity-files": [ground.key], "known-hosts": [ground.known_hosts],
            "config": "none", "connect-timeout": f"{connect_seconds}s",
        },
    }))
    # The others wait as long as it takes, too, when sshd has more callers than it can serve.
    bound = ["--parallel", str(IN_FLIGHT), "--deadline", "600"]
    return Client(
        name,
        lambda hosts: [program, "--config", config, "audit", "--hosts-file", hosts, "--output", "json", *bound],
        turnstile_is_whole)


def answered(printed):
    """How many hosts an audit could read."""
    try:
        audits = json.loads(printed)
    except ValueError:
        return 0
    audits = audits if isinstance(audits, list) else audits["hosts"]
    return sum(1 for audit in audits if audit.get("version") and not audit.get("fault"))


def turnstile_is_whole(printed, count):
    return answered(printed) == count


def floor(ground, program):
    """Runs the same text as turnstile, and prints what comes."""
    return Client(
        "floor",
        lambda hosts: [
            program, hosts, str(ground.port), USER, ground.key, ground.known_hosts, ground.path("asked"),
            str(IN_FLIGHT),
        ],
        everyone("@turnstile end"))


def everyone(mark):
    return lambda printed, count: printed.count(mark) == count


def peers(ground):
    """Those that are there. Ansible and pyinfra, which take the text apart themselves, run `cat /etc/os-release`, and the
    others the same text as turnstile. The hosts answer all of them alike (`Ground.settle`)."""
    text = ground.read("asked")
    options = [
        "-F", "none", "-o", f"UserKnownHostsFile={ground.known_hosts}", "-o", "GlobalKnownHostsFile=/dev/null",
        "-o", "StrictHostKeyChecking=yes", "-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes", "-i", ground.key,
    ]
    here = os.path.dirname(os.path.abspath(__file__))
    inventory = ground.path("inventory.py")
    at = os.path.abspath(f"{PEERS}/bin")
    every = everyone("@turnstile end")
    known = [
        Client("xargs_ssh", lambda hosts: [
            "xargs", "-a", hosts, "-P", str(IN_FLIGHT), "-I", "@HOST@",
            "ssh", *options, "-p", str(ground.port), f"{USER}@@HOST@", text], every),
        Client("pssh", lambda hosts: [
            "/usr/bin/parallel-ssh", "-h", hosts, "-l", USER, "-p", str(IN_FLIGHT), "-t", "0", "-i",
            "-x", " ".join([*options, "-p", str(ground.port)]), text], every),
        # It has no way to verify a host's key.
        Client("parallel_ssh", lambda hosts: [
            f"{at}/python", f"{here}/audit_parallel_ssh.py", hosts, str(ground.port), USER, ground.key,
            ground.path("asked"), str(IN_FLIGHT)], every),
        Client("ansible", lambda hosts: [
            "env", "ANSIBLE_HOST_KEY_CHECKING=True", f"ANSIBLE_SSH_ARGS={' '.join(options)}", "ANSIBLE_NOCOLOR=1",
            # `-i` takes a file of names as an inventory.
            f"{at}/ansible", "-i", hosts, "all", "-f", str(IN_FLIGHT), "-u", USER,
            "-e", f"ansible_port={ground.port}", "-m", "raw", "-a", "cat /etc/os-release"], every),
        Client("pyinfra", lambda hosts: [
            f"{at}/pyinfra", "-y", "--parallel", str(IN_FLIGHT), "--port", str(ground.port), "--user", USER,
            "--key", ground.key, "--data", f"ssh_known_hosts_file={ground.known_hosts}",
            "--data", "ssh_strict_host_key_checking=yes", pyinfra_inventory(hosts, inventory),
            "exec", "--", "cat /etc/os-release"], every, prints_on_both=True),
    ]
    there = [client for client in known if is_there(client.name, at)]
    for client in known:
        if client not in there:
            print(f"bench: {client.name} is not here, and is left out", file=sys.stderr)
    return there


def pyinfra_inventory(hosts, path):
    with open(hosts) as source, open(path, "w") as file:
        file.write(f"hosts = {source.read().split()!r}\n")
    return path


def is_there(name, at):
    if name == "parallel_ssh":
        # A folder of pssh's own, too, has that name.
        return subprocess.run([f"{at}/python", "-c", "import pssh.clients"], capture_output=True).returncode == 0 \
            if os.path.exists(f"{at}/python") else False
    programs = {"xargs_ssh": "ssh", "pssh": "/usr/bin/parallel-ssh"}
    return shutil.which(programs.get(name, f"{at}/{name}")) is not None

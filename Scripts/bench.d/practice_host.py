"""A practice host, seen from outside: its disk, its processes, and its agent over SSH."""

import json
import os
import pathlib
import re
import struct
import subprocess
import threading
import time

CLUSTER = pathlib.Path(os.environ["TURNSTILE_PRACTICE_DIR"])


def practice(*arguments):
    subprocess.run(["Scripts/practice", *arguments], check=True, stdout=subprocess.DEVNULL)


class Disk:
    """The partition table, read through the page cache that the host's own tools write to."""

    SECTOR = 512

    def __init__(self, device):
        self.file = os.open(device, os.O_RDONLY)
        header = os.pread(self.file, self.SECTOR, self.SECTOR)
        self.entries, self.entry_size = struct.unpack_from("<Q", header, 72)[0], struct.unpack_from("<I", header, 84)[0]

    def is_successful(self, partition):
        """Bit 56 of an entry's attributes: what `cgpt show -S` prints."""
        offset = self.entries * self.SECTOR + (partition - 1) * self.entry_size + 48
        return struct.unpack("<Q", os.pread(self.file, 8, offset))[0] >> 56 & 1 == 1


class Watch:
    """Calls something again and again on a thread of its own, while the `with` lasts."""

    def __init__(self, look, interval):
        self.look, self.interval = look, interval
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.run)

    def run(self):
        while not self.ended.wait(self.interval):
            self.look()

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.thread.join()


class AgentMemory:
    """The highest VmHWM of any agent's process on the host, whoever started it.

    Looked at again and again while it lives: the number only grows, and goes with its process.
    """

    INTERVAL = 0.001
    # Finding the processes of a host takes longer than asking one of them.
    SEARCH_INTERVAL = 0.02

    def __init__(self, host):
        self.host, self.peak_mib, self.agents, self.searched = host, 0, set(), 0

    def look(self):
        now = time.monotonic()
        if not self.agents or now - self.searched > self.SEARCH_INTERVAL:
            self.agents, self.searched = set(self.host.processes()), now
        self.agents = {process for process in self.agents if self.is_measured(process)}

    def is_measured(self, process):
        """Whether this is an agent that still runs."""
        try:
            status = pathlib.Path(f"/proc/{process}/status").read_text()
        except OSError:
            return False
        peak = re.search(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)
        if peak is None or not status.startswith("Name:\tturnstile-agent\n"):
            return False
        self.peak_mib = max(self.peak_mib, int(peak[1]) / 1024)
        return True


class PracticeHost:
    def __init__(self, index):
        self.index = index
        self.number = int((CLUSTER / "number").read_text())
        self.disk = Disk((CLUSTER / f"hosts/{index}/device").read_text().strip())
        mounts = [line.split() for line in pathlib.Path("/proc/mounts").read_text().splitlines()]
        root = next(m[1] for m in mounts if m[2] == "cgroup2" or m[2] == "cgroup" and "name=systemd" in m[3])
        self.cgroup = pathlib.Path(root) / f"turnstile-practice-{self.number}" / str(index) / "box"

    def processes(self):
        for directory, _, _ in os.walk(self.cgroup):
            try:
                yield from pathlib.Path(directory, "cgroup.procs").read_text().split()
            except OSError:
                continue  # It went away meanwhile.

    def ssh(self, command, **options):
        return subprocess.Popen(
            ["ssh", "-F", "none", "-i", CLUSTER / "id_ed25519", "-o", "IdentitiesOnly=yes",
             "-o", "StrictHostKeyChecking=yes", "-o", f"UserKnownHostsFile={CLUSTER / 'known_hosts'}",
             "-o", "GlobalKnownHostsFile=none", "-o", "LogLevel=ERROR", "-o", "ConnectTimeout=5",
             f"core@10.213.{self.number}.{10 + self.index}", command],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, **options)

    def agent(self, verb, request=None, seconds=120):
        """Its messages, each with the moment it came. Ends by force after `seconds`."""
        session = self.ssh(f"sudo -n /opt/bin/turnstile-agent {verb}")
        deadline = threading.Timer(seconds, session.kill)
        deadline.start()
        try:
            session.stdin.write(json.dumps(request or {}).encode() + b"\n")
            session.stdin.close()
            messages = [(time.monotonic(), json.loads(line)) for line in session.stdout]
        finally:
            deadline.cancel()
            session.kill()
            session.wait()
        return messages

    def expect(self, kind, verb, request=None):
        """The last message of a verb, which must be of one kind, and the moment it came."""
        messages = self.agent(verb, request)
        if not messages or kind not in messages[-1][1]:
            raise SystemExit(f"bench: {verb} was to end with {kind}, but said: {[m for _, m in messages]}")
        return messages[-1][1][kind], messages[-1][0]

    def wait_for_another_boot(self, boot, seconds=60):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            session = self.ssh("cat /proc/sys/kernel/random/boot_id; systemctl is-system-running --wait",
                               stderr=subprocess.DEVNULL)
            answer = session.communicate()[0].decode().split()
            if len(answer) == 2 and answer[0] != boot:
                return
            time.sleep(0.1)
        raise SystemExit(f"bench: the host did not come back within {seconds} s; see {CLUSTER}/hosts/{self.index}")

"""The practice cluster that is upgraded, as every manner reaches it."""

import json
import os
import pathlib
import subprocess
import sys

CLUSTER = pathlib.Path(os.environ["TURNSTILE_PRACTICE_DIR"])


class Cluster:
    def __init__(self):
        self.number = (CLUSTER / "number").read_text().strip()
        self.hosts = list(range(1, int((CLUSTER / "count").read_text()) + 1))
        self.addresses = [f"10.213.{self.number}.{10 + host}" for host in self.hosts]
        self.configuration = str(CLUSTER / "turnstile.yaml")
        self.key = str(CLUSTER / "id_ed25519")
        self.ssh_options = [
            "-F", "none", "-i", self.key, "-o", "IdentitiesOnly=yes", "-o", "StrictHostKeyChecking=yes",
            "-o", f"UserKnownHostsFile={CLUSTER / 'known_hosts'}", "-o", "GlobalKnownHostsFile=none", "-o", "LogLevel=ERROR",
            "-o", "BatchMode=yes",
        ]

    def practice(self, *arguments):
        return subprocess.run(["Scripts/practice", *arguments], check=True, stdout=subprocess.PIPE).stdout

    def offer(self, version):
        self.practice("offer", version)

    def write(self, name, text):
        path = CLUSTER / name
        path.write_text(text)
        return str(path)

    def require(self, version):
        """A manner counts only where every host runs the version, and stays on it."""
        for host in self.hosts:
            said = self.practice(
                "console", f"practice-{host}", "/opt/bin/turnstile-agent", "report").decode().splitlines()
            report = json.loads(said[-1])["report"]
            booted = report["partitions"]["booted"]
            if report["version"] != version or not (booted["successful"] and booted["tries"] == 0):
                sys.exit(f"bench: practice-{host} runs {report['version']} and not {version}, or is not committed: {booted}")

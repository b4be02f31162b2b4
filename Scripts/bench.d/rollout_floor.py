"""What no manner can do without, by the hosts' own journals: the update, the reboot until sshd listens, and set-good."""

import json
import sys

PARTS = {
    # A message of the engine, or of systemd, at which a part begins, and that at which it ends.
    "update": ("New update check requested", "Update successfully applied, waiting to reboot"),
    "reboot": ("System is rebooting", "Server listening on 0.0.0.0"),
    "set_good": ("Update Engine starting", "Updating boot flags..."),
}


class Floor:
    def __init__(self, cluster, began):
        """- began: of the wall clock; the journals' earlier entries do not count."""
        self.hosts = [self.spans(self.entries(cluster, host, began)) for host in cluster.hosts]

    @staticmethod
    def entries(cluster, host, began):
        """Moments and messages of one host, over all of its boots."""
        lines = cluster.practice(
            "console", f"practice-{host}", "journalctl", "-o", "json", "--no-pager", f"--since=@{int(began)}",
            "--output-fields=MESSAGE").decode(errors="replace").splitlines()
        entries = (json.loads(line) for line in lines if line.startswith("{"))
        found = [(int(one["__REALTIME_TIMESTAMP"]) / 1e6, one.get("MESSAGE")) for one in entries]
        return sorted((at, message) for at, message in found if isinstance(message, str))

    @staticmethod
    def spans(entries):
        """The seconds of each part: from its last beginning before its end."""
        seconds = {}
        for part, (first, last) in PARTS.items():
            began = None
            for at, message in entries:
                if first in message:
                    began = at
                elif last in message and began is not None:
                    seconds[part], began = at - began, None
        return seconds

    def seconds(self, needs):
        """Of each part that a manner needs, for all hosts together."""
        sums = {}
        for part in needs:
            for number, host in enumerate(self.hosts, 1):
                if part not in host:
                    sys.exit(f"bench: the journal of practice-{number} does not tell of {part}: {host}")
            sums[part] = sum(host[part] for host in self.hosts)
        return sums

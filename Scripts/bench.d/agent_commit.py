"""Whole updates of one practice host: how much memory the agent takes, and how soon it tells that a commit is proved.

The lag runs from the moment at which set-good's proof is on the disk and set-good has ended, seen from outside the host, until the
agent's `committed` is here, at the other end of the SSH session. Before its end set-good may not be killed, so nobody may be told;
the stand-in takes longer over that than the real one (facts 0.28). The time from the proof alone is told beside the lag.
"""

import argparse
import pathlib
import statistics
import time

from figures import figure
from practice_host import AgentMemory, PracticeHost, Watch, practice

REPORTS = 10
DISK_INTERVAL = 0.001


class Proof:
    """The moment a partition is first seen to be successful."""

    def __init__(self, disk, partition):
        self.disk, self.partition, self.moment = disk, partition, None

    def look(self):
        if self.moment is None and self.disk.is_successful(self.partition):
            self.moment = time.monotonic()


class SetGood:
    """The moment at which set-good has ended, from the proof on."""

    def __init__(self, host, proof):
        self.host, self.proof, self.ended = host, proof, None

    def look(self):
        if self.ended is None and self.proof.moment is not None and not any(map(self.is_it, self.host.processes())):
            self.ended = time.monotonic()

    @staticmethod
    def is_it(process):
        try:
            return b"setgoodroot" in pathlib.Path(f"/proc/{process}/cmdline").read_bytes()
        except OSError:
            return False


def request(report, token, **more):
    authority = {"rollout": "r-bench", "token": token}
    return {"protocolVersion": report["agent"]["protocolVersion"], "authority": authority} | more


def report_peak(host):
    """The tools that a report runs count too; they are smaller than the agent."""
    command = "sudo -n /usr/lib/turnstile-practice/peak_rss /opt/bin/turnstile-agent report"
    return max(int(host.ssh(command).communicate(timeout=60)[0]) for _ in range(REPORTS)) / 1024


def stage_and_reboot(host, token, version):
    """Leaves the host on the new partition's single try."""
    practice("offer", version)
    report, _ = host.expect("report", "report")
    memory = AgentMemory(host)
    with Watch(memory.look, memory.INTERVAL):
        host.expect("staged", "stage", request(
            report, token, target=version, acceptsRevert=False, engineRest="masked", deadlineSeconds=60))
    host.expect("rebooting", "reboot", request(report, token, bootID=report["bootID"], version=version))
    host.wait_for_another_boot(report["bootID"])
    return memory.peak_mib


def commit(host, token, version):
    """The lag in milliseconds, as much of it as follows set-good's end, and the peak of memory in MiB."""
    report, _ = host.expect("report", "report")
    proof = Proof(host.disk, report["partitions"]["booted"]["number"])
    proof.look()
    if proof.moment is not None:
        raise SystemExit(f"bench: {version} was committed before anybody asked for it")
    memory, set_good = AgentMemory(host), SetGood(host, proof)
    with Watch(memory.look, memory.INTERVAL), Watch(proof.look, DISK_INTERVAL), Watch(set_good.look, DISK_INTERVAL):
        _, told = host.expect("committed", "commit", request(
            report, token, bootID=report["bootID"], version=version, method="engine",
            engineRest="masked", deadlineSeconds=60))
        # The agent outlives its last message, if only for a moment.
        time.sleep(0.1)
    if proof.moment is None:
        raise SystemExit("bench: the agent told of a commit that is not on the disk")
    return (told - proof.moment) * 1000, (told - (set_good.ended or told)) * 1000, memory.peak_mib


parser = argparse.ArgumentParser()
parser.add_argument("--commits", type=int, default=5)
commits = parser.parse_args().commits

host = PracticeHost(1)
peaks = {"report": report_peak(host), "stage": 0, "commit": 0}
lags, after = [], []
for token in range(1, commits + 1):
    version = f"{1409 + token}.0.0"
    peaks["stage"] = max(peaks["stage"], stage_and_reboot(host, token, version))
    lag, rest, peak = commit(host, token, version)
    lags.append(lag)
    after.append(rest)
    peaks["commit"] = max(peaks["commit"], peak)
figure("agent.peak_mib", max(peaks["report"], peaks["commit"]), "MiB", 16)
for verb, peak in peaks.items():
    figure(f"agent.peak_mib.{verb}", peak, "MiB", 16)
figure("agent.commit_lag_ms", statistics.median(after), "ms", 50, commits=commits, all=[round(lag, 1) for lag in after],
       from_proof_ms=round(statistics.median(lags), 1))

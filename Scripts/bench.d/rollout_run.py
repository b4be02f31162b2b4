"""Upgrades a practice cluster in each manner, and compares: rollout_run.py TURNSTILE [MANNER…]

The wall time is that of the whole command. The floor is from the hosts' own journals. A host is out of service while its etcd
member does not answer that it is healthy, seen from outside.
"""

import sys
import time

from figures import figure
from rollout_floor import Floor
from rollout_ground import Cluster
from rollout_manners import manners
from rollout_watch import ServiceWatch

FIRST_VERSION = 1409


class Measure:
    """What one manner took, for all hosts together."""

    def __init__(self, cluster, manner, version):
        self.name, self.hosts = manner.name, cluster.hosts
        cluster.offer(version)
        began = time.time()
        with ServiceWatch(cluster.addresses) as watch:
            start = time.monotonic()
            manner.run(cluster, version)
            self.wall = time.monotonic() - start
            cluster.require(version)
        self.out = watch.unhealthy_seconds()
        self.floor = Floor(cluster, began).seconds(manner.needs)

    @property
    def over_floor(self):
        return (self.wall - sum(self.floor.values())) / len(self.hosts)

    def tell(self):
        count = len(self.hosts)
        figure(f"rollout.wall_s_per_host.{self.name}", self.wall / count, "s", hosts=count,
               floor={part: round(seconds / count, 2) for part, seconds in self.floor.items()})
        figure(f"rollout.out_of_service_s_per_host.{self.name}", self.out / count, "s")


def main(turnstile, *names):
    cluster = Cluster()
    measures = {}
    for number, manner in enumerate(manners(turnstile, names)):
        print(f"bench: {manner.name}", file=sys.stderr, flush=True)
        measure = measures[manner.name] = Measure(cluster, manner, f"{FIRST_VERSION + number}.7.0")
        measure.tell()
    plain = measures.get("turnstile")
    if plain is None:
        return
    figure("rollout.over_floor_s_per_host", plain.over_floor, "s", limit=1)
    figure("rollout.out_of_service_s_per_host", plain.out / len(plain.hosts), "s")
    for peer in ("ansible", "shell"):
        if peer not in measures:
            continue
        figure(f"rollout.wall_ratio.{peer}", plain.wall / measures[peer].wall, "ratio", limit=1)
        if direct := measures.get("turnstile_direct"):
            figure(f"rollout.wall_ratio.{peer}.direct", direct.wall / measures[peer].wall, "ratio", limit=1)


main(*sys.argv[1:])

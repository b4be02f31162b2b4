"""Upgrades a practice cluster's platform in each way, one after the other: platform_upgrades.py TURNSTILE"""

import os
import pathlib
import subprocess
import sys
import time

from application_watch import ApplicationWatch
from figures import figure

CLUSTER = pathlib.Path(os.environ["TURNSTILE_PRACTICE_DIR"])
APPLICATION = "app-1.practice.test"


def practice(*arguments):
    return subprocess.run(["Scripts/practice", *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout


def routers():
    number = (CLUSTER / "number").read_text().strip()
    return [f"10.213.{number}.{10 + host}" for host in range(1, int((CLUSTER / "count").read_text()) + 1)]


def templates(version):
    """The directory that they were fetched into."""
    there, here = f"/tmp/units-{version}", CLUSTER / f"units-{version}"
    practice("deisctl", version, "refresh-units", "-p", there, "-t", f"v{version}")
    here.mkdir(exist_ok=True)
    archive = subprocess.run(
        ["Scripts/practice", "ssh", "practice-1", "tar", "-C", there, "-cf", "-", "."],
        check=True, stdout=subprocess.PIPE).stdout
    subprocess.run(["tar", "-C", here, "-xf", "-"], check=True, input=archive)
    return str(here)


def upgraded(turnstile, way, old, new):
    """Returns the watch of a client meanwhile."""
    means = []
    for version, prefix in ((old, "--"), (new, "--new-")):
        means += [f"{prefix}deisctl", str(CLUSTER / "deisctl" / version / "deisctl")]
        means += [f"{prefix}templates", templates(version)]
    with ApplicationWatch(routers(), APPLICATION) as watch:
        subprocess.run(
            [turnstile, "--config", str(CLUSTER / "turnstile.yaml"), "platform", "upgrade", f"--{way}", "--yes", "--backed-up"]
            + means, check=True, stdout=sys.stderr)
        # The last that goes: 20 s after a publisher has stopped.
        time.sleep(25)
    return watch


def main(turnstile):
    in_place = upgraded(turnstile, "in-place", "1.12.3", "1.13.0")
    figure("platform.in_place_unanswered_s", in_place.unanswered(), "s")
    graceful = upgraded(turnstile, "graceful", "1.13.0", "1.13.4")
    figure("platform.graceful_unanswered_s", graceful.unanswered(), "s", limit=0)
    figure("platform.graceful_wrong_answers", graceful.wrong(), "count", limit=0)
    documented = upgraded(turnstile, "documented", "1.13.4", "1.13.5")
    figure("platform.documented_unanswered_s", documented.unanswered(), "s")
    # Stand-ins without this outage would prove nothing about the graceful way.
    unseen = documented.unanswered_unseen()
    figure("platform.documented_unanswered_while_healthy_s", unseen, "s")
    if unseen == 0:
        sys.exit("bench: the documented way had no outage, so these stand-ins are not faithful")


main(*sys.argv[1:])

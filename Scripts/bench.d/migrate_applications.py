"""Carries all applications from one practice cluster to another: migrate_applications.py TURNSTILE OLD NEW COUNT

OLD and NEW are the clusters' directories, each of one host."""

import pathlib
import subprocess
import sys
import time

from application_watch import status
from figures import figure


def address(cluster):
    return f"10.213.{(cluster / 'number').read_text().strip()}.11"


def token(cluster):
    """A file with the token of the cluster's administrator."""
    account = dict(line.split("=", 1) for line in (cluster / "deis-admin").read_text().splitlines())
    path = cluster / "token"
    path.touch(mode=0o600)
    path.write_text(account["TOKEN"])
    return str(path)


def options(old, new):
    words = []
    for name, cluster in (("old", old), ("new", new)):
        words += [f"--{name}", f"http://{address(cluster)}:8000", f"--{name}-token-file", token(cluster)]
        words += [f"--{name}-router", address(cluster)]
    # No practice host reaches another cluster's: the images come from a registry that has them all.
    return words + ["--registry", "registry.mirror.test"]


def main(turnstile, old, new, count):
    old, new, count = pathlib.Path(old), pathlib.Path(new), int(count)
    start = time.monotonic()
    subprocess.run(
        [turnstile, "--config", str(old / "turnstile.yaml"), "platform", "migrate", "run"] + options(old, new),
        check=True, stdout=sys.stderr)
    taken = time.monotonic() - start
    names = [f"app-{number}.practice.test" for number in range(1, count + 1)]
    silent = [name for name in names if status(address(new), 80, "/", name) != 200]
    figure("platform.migrate_apps_per_min", 60 * count / taken, "applications/min")
    figure("platform.migrate_unanswered_apps", len(silent), "count", limit=0)


main(*sys.argv[1:])

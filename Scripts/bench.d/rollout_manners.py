"""Who upgrades. A manner is a name, a command, and the parts of the floor that it needs: another one is another entry."""

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Callable

from audit_clients import PEERS, attempt

HERE = os.path.dirname(os.path.abspath(__file__))
ALL = ("update", "reboot", "set_good")


@dataclass
class Manner:
    name: str
    run: Callable
    """Given the cluster and the version that is offered."""
    needs: tuple = ALL
    is_there: Callable = lambda: True


def manners(turnstile, names):
    """Those with the names, or all that are there."""
    known = [
        Manner("turnstile", upgrade(turnstile)),
        Manner("turnstile_direct", upgrade(turnstile, "--commit", "direct"), needs=("update", "reboot")),
        Manner("ansible", ansible, is_there=has_ansible),
        Manner("shell", by_hand),
    ]
    if unknown := set(names) - {manner.name for manner in known}:
        sys.exit(f"bench: no such manner: {', '.join(sorted(unknown))}; there are {', '.join(one.name for one in known)}")
    chosen = [manner for manner in known if not names or manner.name in names]
    for manner in [manner for manner in chosen if not manner.is_there()]:
        print(f"bench: {manner.name} is not here, and is left out", file=sys.stderr)
        chosen.remove(manner)
    return chosen


def upgrade(turnstile, *options):
    def run(cluster, version):
        subprocess.run(
            [turnstile, "--config", cluster.configuration, "upgrade", "--yes", *options], check=True, stdout=sys.stderr)
    return run


def by_hand(cluster, version):
    subprocess.run(
        ["bash", f"{HERE}/rollout_by_hand.sh", version, *cluster.addresses], check=True, stdout=sys.stderr,
        env=os.environ | {"SSH_OPTIONS": " ".join(cluster.ssh_options)})


def has_ansible():
    if not os.path.exists(f"{PEERS}/bin/pip"):
        attempt([sys.executable, "-m", "venv", PEERS])
    if not os.path.exists(f"{PEERS}/bin/ansible-playbook"):
        attempt([f"{PEERS}/bin/pip", "install", "--quiet", "--disable-pip-version-check", "ansible-core"])
    return os.path.exists(f"{PEERS}/bin/ansible-playbook")


def ansible(cluster, version):
    inventory = cluster.write("inventory", "".join(f"{address}\n" for address in cluster.addresses))
    subprocess.run(
        [os.path.abspath(f"{PEERS}/bin/ansible-playbook"), "-i", inventory, "-u", "core", "-e", f"version={version}",
         f"{HERE}/rollout_playbook.yml"],
        check=True, stdout=sys.stderr,
        env=os.environ | {
            "ANSIBLE_SSH_ARGS": " ".join(cluster.ssh_options) + " -o ControlMaster=auto -o ControlPersist=60s",
            "ANSIBLE_HOST_KEY_CHECKING": "True", "ANSIBLE_NOCOLOR": "1", "ANSIBLE_LOCALHOST_WARNING": "False",
        })

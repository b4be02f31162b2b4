"""An audit of hosts behind one bastion, beside the same audit without it, and beside ssh itself through it."""

import json

import audit_clients
from audit_ground import BASTION, USER

COUNT = 500


def clients(made, connect_seconds):
    """turnstile without the bastion, turnstile through it, and ssh through it. The last two read one ssh configuration."""
    direct = audit_clients.turnstile(made, connect_seconds)
    options = [
        "BatchMode yes", "IdentitiesOnly yes", f"IdentityFile {made.key}", f"UserKnownHostsFile {made.known_hosts}",
        "GlobalKnownHostsFile none", "StrictHostKeyChecking yes", f"User {USER}",
    ]
    jump = made.write("ssh_config", "\n".join([
        f"Host {BASTION}", f"  Port {made.bastion_port}", "  ProxyJump none", "Host *", f"  Port {made.port}",
        f"  ProxyJump {BASTION}", *[f"  {option}" for option in options], ""]))
    own = made.write("turnstile-bastion.yaml", json.dumps({
        "ssh": {"config": jump, "connect-timeout": f"{connect_seconds}s"}}))
    through = audit_clients.turnstile(made, connect_seconds, own, "turnstile_bastion")
    ssh = audit_clients.Client(
        "xargs_ssh_bastion",
        lambda hosts: [
            "xargs", "-a", hosts, "-P", str(audit_clients.IN_FLIGHT), "-I", "@HOST@",
            "ssh", "-F", jump, "@HOST@", made.read("asked"),
        ],
        audit_clients.everyone("@turnstile end"))
    return direct, through, ssh

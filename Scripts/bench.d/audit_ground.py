"""A thousand hosts on this machine: one sshd that answers on every 127.X.Y.Z with one host key, and asks for one login key."""

import contextlib
import os
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

USER = "root"
BASTION = "127.81.0.1"


def addresses(count):
    return [f"127.80.{i // 250}.{i % 250 + 1}" for i in range(count)]


class Place:
    """Paths, keys, and the port of a server that all hosts are. Nothing of it outlives the `with` it was made in."""

    def __init__(self, folder, port, hosts_max):
        self.folder, self.port, self.server = folder, port, None
        self.key, self.known_hosts = self.path("id"), self.path("known_hosts")
        for name in ["host_key", "id"]:
            run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", self.path(name))
        kind, blob = self.read("host_key.pub").split()[:2]
        self.write("known_hosts", "".join(f"[{host}]:{port} {kind} {blob}\n" for host in addresses(hosts_max)))

    def path(self, name):
        return os.path.join(self.folder, name)

    def read(self, name):
        with open(self.path(name)) as file:
            return file.read()

    def write(self, name, text):
        with open(self.path(name), "w") as file:
            file.write(text)
        return self.path(name)

    def rest(self):
        """Waits until the hosts are done with whoever called last: what they still do, the next would wait for."""
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            with open(f"/proc/{self.server.pid}/task/{self.server.pid}/children") as children:
                if not children.read().strip():
                    return
            time.sleep(0.05)
        sys.exit("bench: cannot measure: long after the last client its hosts still have sessions")


class Ground(Place):
    """The server is sshd. `settle` has the hosts answer what they are asked."""

    def __init__(self, folder, port, hosts_max):
        super().__init__(folder, port, hosts_max)
        # At first a host keeps what it is asked, and answers by doing it.
        asked = shlex.quote(self.path("asked"))
        self.write("reply", f'printf %s "$SSH_ORIGINAL_COMMAND" >{asked}\nexec sh {asked}\n')
        self.write("sshd_config", "\n".join([
            f"Port {port}",
            "ListenAddress 0.0.0.0",
            f"HostKey {self.path('host_key')}",
            f"AuthorizedKeysFile {self.path('id.pub')}",
            f"ForceCommand exec sh {self.path('reply')}",
            # Whatever the person's own shell does at its start is no host's work.
            f"SetEnv HOME={self.folder}",
            # Nobody from elsewhere.
            f"AllowUsers {USER}@127.0.0.0/8",
            "PermitRootLogin prohibit-password",
            "AuthenticationMethods publickey",
            "StrictModes no",
            "UsePAM no",
            "UseDNS no",
            "PrintMotd no",
            "PrintLastLog no",
            "PidFile none",
            "LogLevel ERROR",
            "LoginGraceTime 0",
            "MaxStartups 4000",
        ]) + "\n")

    def settle(self):
        """From now on the hosts answer at once, whatever they are asked, with what they answered last: else their own
        work, the same for every client, would hide what the clients do."""
        with open(self.path("answer"), "wb") as answer:
            subprocess.run(["sh", self.path("asked")], stdout=answer, stderr=subprocess.DEVNULL, check=True)
        self.write("reply", f"exec cat {shlex.quote(self.path('answer'))}\n")


def run(*command):
    subprocess.run(command, check=True, stdout=sys.stderr)


def free_port():
    with socket.socket() as one:
        one.bind(("0.0.0.0", 0))
        return one.getsockname()[1]


@contextlib.contextmanager
def folder():
    # Also when told to go: what was started is ended, and the folder removed.
    for number in [signal.SIGTERM, signal.SIGHUP]:
        signal.signal(number, lambda number, _: sys.exit(128 + number))
    path = tempfile.mkdtemp(prefix="turnstile-bench-")
    try:
        yield path
    finally:
        shutil.rmtree(path)


@contextlib.contextmanager
def served(made, *command):
    with open(made.path("server.log"), "wb") as log:
        made.server = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        wait_for(made)
        yield made
    finally:
        made.server.terminate()
        made.server.wait()


@contextlib.contextmanager
def ground(hosts_max):
    os.makedirs("/run/sshd", mode=0o755, exist_ok=True)
    with folder() as path:
        made = Ground(path, free_port(), hosts_max)
        with served(made, "/usr/sbin/sshd", "-D", "-e", "-f", made.path("sshd_config")):
            yield made


@contextlib.contextmanager
def bastion(made):
    """An sshd of its own, with the keys of the hosts, through which they can be reached."""
    made.bastion_port = free_port()
    with open(made.known_hosts, "a") as file:
        file.write(f"[{BASTION}]:{made.bastion_port} {' '.join(made.read('host_key.pub').split()[:2])}\n")
    lines = [line for line in made.read("sshd_config").splitlines() if not line.startswith(("Port", "ForceCommand", "Listen"))]
    config = made.write("bastion_config", "\n".join([f"Port {made.bastion_port}", f"ListenAddress {BASTION}", *lines, ""]))
    server = subprocess.Popen(["/usr/sbin/sshd", "-D", "-e", "-f", config], stderr=subprocess.DEVNULL)
    try:
        wait_for_port(server, BASTION, made.bastion_port)
        yield
    finally:
        server.terminate()
        server.wait()


@contextlib.contextmanager
def light_ground(program, answer, hosts_max):
    """Hosts that cost next to nothing, and give one answer to whatever they are asked."""
    with folder() as path:
        made = Place(path, free_port(), hosts_max)
        made.write("answer", answer)
        with served(made, program, str(made.port), made.path("host_key"), made.path("id.pub"), made.path("answer")):
            yield made


def wait_for(made):
    if not wait_for_port(made.server, "127.80.0.1", made.port):
        sys.exit(f"bench: cannot audit anything: the hosts did not come up: {made.read('server.log')}")


def wait_for_port(server, address, port):
    """- Returns: whether somebody takes calls there."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection((address, port), 1):
            return True
        time.sleep(0.05)
    return False


@contextlib.contextmanager
def silent_port():
    """A port of every loopback address where nobody takes a call: its queue is full, and further callers hear nothing."""
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind(("0.0.0.0", 0))
        listener.listen(0)
        port = listener.getsockname()[1]
        for _ in range(3):
            caller = stack.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(("127.0.0.1", port))
        time.sleep(0.1)
        yield port

"""Asks every etcd member whether it is healthy, each 50 ms."""

import http.client
import json
import threading
import time

INTERVAL = 0.05
TIMEOUT = 1


def is_healthy(address):
    connection = http.client.HTTPConnection(address, 2379, timeout=TIMEOUT)
    try:
        connection.request("GET", "/health")
        return str(json.load(connection.getresponse()).get("health")) in ("true", "True")
    except (OSError, http.client.HTTPException, ValueError):
        return False
    finally:
        connection.close()


class ServiceWatch:
    """Asks while the `with` lasts, each host on a thread of its own."""

    def __init__(self, addresses):
        self.ended = threading.Event()
        self.unhealthy = dict.fromkeys(addresses, 0.0)
        self.threads = [threading.Thread(target=self.run, args=(address,)) for address in addresses]

    def run(self, address):
        last, was_healthy = time.monotonic(), True
        while not self.ended.wait(INTERVAL):
            healthy, now = is_healthy(address), time.monotonic()
            if not (healthy and was_healthy):
                self.unhealthy[address] += now - last
            last, was_healthy = now, healthy

    def unhealthy_seconds(self):
        """Of all hosts together."""
        return sum(self.unhealthy.values())

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        for thread in self.threads:
            thread.join()

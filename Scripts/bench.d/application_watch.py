"""A client that asks every router for an application, and for its own health, each 50 ms."""

import concurrent.futures
import http.client
import threading
import time

INTERVAL = 0.05
TIMEOUT = 2


def status(router, port, path, host):
    """The status of its answer; 0 for none."""
    connection = http.client.HTTPConnection(router, port, timeout=TIMEOUT)
    try:
        connection.request("GET", path, headers={"Host": host})
        return connection.getresponse().status
    except OSError:
        return 0
    except http.client.HTTPException:
        return 0
    finally:
        connection.close()


class ApplicationWatch:
    """Asks while the `with` lasts."""

    def __init__(self, routers, application):
        self.routers, self.application = routers, application
        self.rounds, self.ended = [], threading.Event()
        self.thread = threading.Thread(target=self.run)

    def run(self):
        with concurrent.futures.ThreadPoolExecutor(2 * len(self.routers)) as pool:
            while not self.ended.is_set():
                now = time.monotonic()
                answers = [pool.submit(status, router, 80, "/", self.application) for router in self.routers]
                health = [pool.submit(status, router, 9090, "/health-check", router) for router in self.routers]
                self.rounds.append((now, [one.result() for one in answers], [one.result() for one in health]))
                self.ended.wait(max(0, now + INTERVAL - time.monotonic()))

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.thread.join()

    def seconds(self, is_so):
        """The time for which it was so, from the beginning of a round to that of the next."""
        return sum(later[0] - one[0] for one, later in zip(self.rounds, self.rounds[1:]) if is_so(one[1], one[2]))

    def unanswered(self):
        """No router answered for the application."""
        return self.seconds(lambda answers, _: all(one != 200 for one in answers))

    def unanswered_unseen(self):
        """No router did, and every one said that it is well."""
        return self.seconds(
            lambda answers, health: all(one != 200 for one in answers) and all(one == 200 for one in health))

    def wrong(self):
        """Answers other than the application's, of routers that take connections."""
        return sum(one not in (0, 200) for _, answers, _ in self.rounds for one in answers)

"""The figures of what 'upgrade' prints, from those that ViewCostTests wrote into SCRATCH."""

import json
import os
import sys

from figures import figure


def told(name):
    with open(os.path.join(sys.argv[1], name)) as file:
        return json.load(file)


terminal, file = told("terminal.json"), told("file.json")
figure("ui.view_cpu_percent.200", 100 * terminal["viewSeconds"] / terminal["rolloutSeconds"], "%", 1, build="debug",
       cpu_s=round(terminal["viewSeconds"], 2), rollout_s=round(terminal["rolloutSeconds"]),
       printed_bytes=terminal["printedBytes"])
figure("ui.printed_kib.50", file["printedBytes"] / 1024, "KiB", 64, build="debug",
       rollout_s=round(file["rolloutSeconds"]))

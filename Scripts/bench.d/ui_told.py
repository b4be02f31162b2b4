"""The figures of what 'upgrade' prints, from those that view-cost printed into SCRATCH."""

import argparse
import json
import os

from figures import figure

parser = argparse.ArgumentParser()
parser.add_argument("--build", required=True)
parser.add_argument("scratch")
options = parser.parse_args()


def told(name):
    with open(os.path.join(options.scratch, name)) as file:
        return json.load(file)


terminal, file = told("terminal.json"), told("file.json")
figure("ui.view_cpu_percent.200", 100 * terminal["viewSeconds"] / terminal["rolloutSeconds"], "%", 1,
       build=options.build, cpu_s=round(terminal["viewSeconds"], 2), rollout_s=round(terminal["rolloutSeconds"]),
       printed_bytes=terminal["printedBytes"])
figure("ui.printed_kib.50", file["printedBytes"] / 1024, "KiB", 64, build=options.build,
       rollout_s=round(file["rolloutSeconds"]))

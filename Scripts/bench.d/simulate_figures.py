"""The figures of `bench simulate`, from what `simulate scale` printed and the peak of its process.

The sizes were timed in turns within one run, and the fastest round of each counts: their ratio says how the cost of an
event grows with the rollout, whatever else the machine did.
"""

import json
import sys

from figures import figure

scale_path, peak_path = sys.argv[1:]
small, large = (json.loads(line) for line in open(scale_path))
ratio = large["secondsPerEntry"] / small["secondsPerEntry"]
figure("simulate.event_cost_ratio.10000_100", ratio, "ratio", 1.5,
       event_us=round(large["secondsPerEntry"] * 1e6, 2), entries=large["entries"])
figure("simulate.peak_mib.10000", int(open(peak_path).read()) / 1024, "MiB")
figure("simulate.resume_s.10000", large["resumeSeconds"], "s", 2)

"""One JSON line a figure. From a shell: figures.py NAME VALUE UNIT [LIMIT]"""

import json
import sys


def figure(name, value, unit, limit=None, **more):
    line = {"figure": name, "value": round(value, 3), "unit": unit}
    if limit is not None:
        line |= {"limit": limit, "within": value <= limit}
    print(json.dumps(line | more), flush=True)


if __name__ == "__main__":
    name, value, unit, *limit = sys.argv[1:]
    figure(name, float(value), unit, *map(float, limit))

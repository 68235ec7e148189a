"""Training log: one JSON line per report in a file, the same on the terminal with an ETA."""
import json
import time


class Progress:
    """Reports at most every `period` seconds; losses are exponential averages."""

    def __init__(self, path, total, period=10.0):
        self.path, self.total, self.period = path, total, period
        self.means, self._last = {}, 0.0

    def add(self, **values):
        """Fold one step's numbers into the averages."""
        for name, value in values.items():
            old = self.means.get(name)
            self.means[name] = value if old is None else old * 0.97 + value * 0.03

    def report(self, elapsed, step, force=False, **extra):
        """Print and append a line if one is due."""
        if not force and time.monotonic() - self._last < self.period:
            return
        self._last = time.monotonic()
        line = {"t": round(elapsed, 1), "step": step, **{k: round(v, 4) for k, v in self.means.items()}, **extra}
        with open(self.path, "a") as log:
            log.write(json.dumps(line) + "\n")
        left = max(0.0, self.total - elapsed)
        body = "  ".join("%s %s" % (k, v) for k, v in line.items() if k not in ("t", "step"))
        print("%6.0f s  step %d  %s  ETA %d:%02d" % (elapsed, step, body, left // 60, left % 60), flush=True)

"""Draw a training log as SVG: losses over minutes and, if there are any, quick scores over minutes.

    python3 -m models.training.curves models/training/runs/vlm --out docs/nano-training-vlm.svg
"""
import argparse
import json
import os

COLOURS = ["#1b6ca8", "#d1495b", "#2e8b57", "#e9a03b", "#6a4c93", "#555555", "#00a6a6", "#b5651d"]
WIDTH, HEIGHT, LEFT, TOP, GAP = 760, 260, 56, 28, 64


def read(path):
    """Lines of a JSONL file; empty if there is none."""
    if not os.path.exists(path):
        return []
    with open(path) as file:
        return [json.loads(line) for line in file]


def series(rows, names):
    """{name: [(minutes, value)]} of the numeric fields `names`."""
    return {n: [(r["t"] / 60, r[n]) for r in rows if n in r] for n in names}


def panel(title, lines, top, ceiling):
    """SVG text of one chart; values above `ceiling` are clipped."""
    last = max((x for points in lines.values() for x, _ in points), default=1.0) or 1.0
    out = ['<text x="%d" y="%d" class="t">%s</text>' % (LEFT, top - 10, title)]
    for k in range(5):
        y = top + HEIGHT * k / 4
        out.append('<path d="M%d %.1fH%d" class="g"/><text x="%d" y="%.1f" class="a">%.2f</text>' % (
            LEFT, y, LEFT + WIDTH, 8, y + 4, ceiling * (1 - k / 4)))
        x = LEFT + WIDTH * k / 4
        out.append('<text x="%.1f" y="%d" class="a">%.0f min</text>' % (x - 12, top + HEIGHT + 18, last * k / 4))
    for k, (name, points) in enumerate(lines.items()):
        colour = COLOURS[k % len(COLOURS)]
        path = " ".join("%s%.1f %.1f" % ("L" if i else "M", LEFT + WIDTH * x / last,
                                         top + HEIGHT * (1 - min(1.0, y / ceiling))) for i, (x, y) in enumerate(points))
        out.append('<path d="%s" fill="none" stroke="%s" stroke-width="1.6"/>' % (path, colour))
        out.append('<text x="%d" y="%d" fill="%s" class="l">%s</text>' % (LEFT + WIDTH + 12, top + 14 + 17 * k, colour, name))
    return "\n".join(out)


def svg(panels):
    """A whole SVG file of (title, lines, ceiling) charts below each other."""
    height = TOP + len(panels) * (HEIGHT + GAP)
    body = "\n".join(panel(t, lines, TOP + k * (HEIGHT + GAP), top) for k, (t, lines, top) in enumerate(panels))
    style = (".t{font:600 14px sans-serif}.a{font:11px sans-serif;fill:#666}.l{font:12px sans-serif}"
             ".g{stroke:#ddd;fill:none}")
    return ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d"><style>%s</style>'
            '<rect width="100%%" height="100%%" fill="white"/>\n%s\n</svg>\n' % (LEFT + WIDTH + 150, height, style, body))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", help="folder with log.jsonl (and scores.jsonl)")
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    rows, scores = read(os.path.join(args.run, "log.jsonl")), read(os.path.join(args.run, "scores.jsonl"))
    names = sorted({n for r in rows for n, v in r.items() if isinstance(v, float) and n not in ("t", "rate", "lr")})
    rising = [n for n in names if n.split("_")[-1] in ("class", "digit", "person", "row", "column")]
    falling = [n for n in names if n not in rising and n != "aux"]
    panels = [("training loss (exponential average)", series(rows, falling), 2.0)]
    if rising:
        panels.append(("accuracy on training patches", series(rows, rising), 1.0))
    for budget in (scores[0]["scores"] if scores else {}):
        kinds = sorted(scores[0]["scores"][budget])
        panels.append(("validation exact match, K = %s" % budget, {
            k: [(s["t"] / 60, s["scores"][budget][k]) for s in scores if k in s["scores"][budget]] for k in kinds}, 1.0))
    with open(args.out, "w") as file:
        file.write(svg(panels))


if __name__ == "__main__":
    main()

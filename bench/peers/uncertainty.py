"""NumPy, vectorised: 10,000 draws of weights over 300 x 50, uniform on the simplex, two-level weighted means, ranks, counts of
ranks, and p5, p50, p95 of ranks and scores. Prints the median milliseconds as JSON.

Reads nothing and needs only NumPy (Debian: python3-numpy). Argument: runs.
"""
import json
import sys
import time

import numpy as np

CITIES, INDICATORS, DIMENSIONS, DRAWS = 300, 50, 8, 10_000


def simulate(random, leaves, first_of):
    scores = np.zeros((DRAWS, CITIES))
    upper = random.dirichlet(np.ones(DIMENSIONS), DRAWS)
    for d in range(DIMENSIONS):
        members = leaves[first_of[d] : first_of[d + 1]]
        weights = random.dirichlet(np.ones(len(members)), DRAWS)
        scores += upper[:, d : d + 1] * (weights @ members)
    order = np.argsort(-scores, axis=1)
    ranks = np.empty((DRAWS, CITIES), dtype=np.int32)
    np.put_along_axis(ranks, order, np.arange(1, CITIES + 1, dtype=np.int32)[None, :], axis=1)
    cells = (np.arange(CITIES) * CITIES)[None, :] + ranks - 1
    counts = np.bincount(cells.ravel(), minlength=CITIES * CITIES)
    shares = [0.05, 0.5, 0.95]
    return counts, np.percentile(ranks, [5, 50, 95], axis=0), np.quantile(scores, shares, axis=0)


def main():
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    random = np.random.default_rng(1)
    leaves = random.random((INDICATORS, CITIES)) * 100
    first_of = [-(-d * INDICATORS // DIMENSIONS) for d in range(DIMENSIONS + 1)]
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        simulate(random, leaves, first_of)
        times.append((time.perf_counter() - start) * 1000)
    print(json.dumps({"numpy": np.__version__, "median": sorted(times)[runs // 2]}))


main()

"""NumPy, vectorised: min-max, two-level weighted mean, argsort. Prints the median milliseconds of each size as JSON.

Reads nothing and needs only NumPy (Debian: python3-numpy). Sizes come as arguments: cities:runs:warm-up ...
"""
import json
import sys
import time

import numpy as np

INDICATORS = 50
DIMENSIONS = 8


def rank(table, weights, dimension_of, dimension_weights):
    low = table.min(axis=0)
    normalised = (table - low) / (table.max(axis=0) - low) * 100
    dimensions = np.empty((table.shape[0], DIMENSIONS))
    for d in range(DIMENSIONS):
        members = dimension_of == d
        dimensions[:, d] = normalised[:, members] @ (weights[members] / weights[members].sum())
    index = dimensions @ (dimension_weights / dimension_weights.sum())
    return np.argsort(-index, kind="stable")


def main():
    medians = {}
    random = np.random.default_rng(1)
    dimension_of = np.arange(INDICATORS) % DIMENSIONS
    for argument in sys.argv[1:]:
        cities, runs, warm_up = (int(part) for part in argument.split(":"))
        # Column-major, as the engine holds it.
        table = np.asfortranarray(random.random((cities, INDICATORS)) * 100)
        weights = np.ones(INDICATORS)
        dimension_weights = np.ones(DIMENSIONS)
        for _ in range(warm_up):
            rank(table, weights, dimension_of, dimension_weights)
        times = []
        for _ in range(runs):
            start = time.perf_counter()
            rank(table, weights, dimension_of, dimension_weights)
            times.append((time.perf_counter() - start) * 1000)
        medians[cities] = sorted(times)[runs // 2]
    print(json.dumps({"numpy": np.__version__, "medians": medians}))


main()

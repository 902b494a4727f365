"""Writes numpy.csv: figures by NumPy and SciPy on ASEM's raw data (../coinr/00_raw_iData.csv), for methods that COINr and
scikit-criteria lack. Columns: case, unit, indicator, value. Run with: python3 make.py (made with NumPy 2.4.6, SciPy 1.17.1).
"""
import csv
from pathlib import Path

import numpy as np
from scipy import special, stats

here = Path(__file__).parent
coinr = here.parent / "coinr"
with open(coinr / "00_iMeta.csv") as f:
    codes = [r["iCode"] for r in csv.DictReader(f) if r["Level"] == "1"]
with open(coinr / "00_raw_iData.csv") as f:
    rows = list(csv.DictReader(f))
units = [r["uCode"] for r in rows]
X = np.array([[float(r[c]) if r[c] not in ("", "NA") else np.nan for c in codes] for r in rows])


def robust_z(x):
    spread = stats.median_abs_deviation(x, scale="normal", nan_policy="omit")
    if spread == 0:  # Iglewicz and Hoaglin's substitute
        spread = np.sqrt(np.pi / 2) * np.nanmean(np.abs(x - np.nanmedian(x)))
    return (x - np.nanmedian(x)) / spread


def logistic(x, k):
    return 100 * special.expit(k * stats.zscore(x, ddof=1, nan_policy="omit"))


def clip(x, a, b):
    return np.clip(x, *np.nanpercentile(x, [a, b]))


def categorical(x, percentiles, scores):
    classes = np.digitize(x, np.nanpercentile(x, percentiles))
    return np.where(np.isnan(x), np.nan, np.take(scores, classes))


def nan_euclidean(a, b):
    both = ~np.isnan(a) & ~np.isnan(b)
    if not both.any():
        return np.nan
    return np.sqrt(len(a) / both.sum() * np.sum((a[both] - b[both]) ** 2))


def knn(table, k, by_distance, standardise):
    points = (table - np.nanmean(table, axis=0)) / np.nanstd(table, axis=0, ddof=1) if standardise else table
    out = table.copy()
    for i, j in zip(*np.where(np.isnan(table))):
        donors = [d for d in range(len(table)) if not np.isnan(table[d, j])]
        distance = np.array([nan_euclidean(points[i], points[d]) for d in donors])
        nearest = np.argsort(distance, kind="stable")[:k]
        weights = 1 / distance[nearest] if by_distance else np.ones(len(nearest))
        out[i, j] = np.average(table[np.array(donors)[nearest], j], weights=weights)
    return out


by_column = {
    "robust_z": robust_z,
    "logistic_1": lambda x: logistic(x, 1),
    "logistic_2.5": lambda x: logistic(x, 2.5),
    "clip_5_95": lambda x: clip(x, 5, 95),
    "clip_0_90": lambda x: clip(x, 0, 90),
    "signed_log": lambda x: np.sign(x) * np.log1p(np.abs(x)),
    "categorical_quintiles": lambda x: categorical(x, [20, 40, 60, 80], [0, 25, 50, 75, 100]),
}
cases = {name: np.column_stack([f(X[:, j]) for j in range(X.shape[1])]) for name, f in by_column.items()}
cases["knn_5_uniform"] = knn(X, 5, False, True)
cases["knn_3_distance"] = knn(X, 3, True, True)
cases["knn_5_distance_natural"] = knn(X, 5, True, False)

with open(here / "numpy.csv", "w", newline="") as f:
    out = csv.writer(f)
    out.writerow(["case", "unit", "indicator", "value"])
    for name, table in cases.items():
        for i, unit in enumerate(units):
            for j, code in enumerate(codes):
                value = table[i, j]
                if name.startswith("knn") and not np.isnan(X[i, j]):
                    continue  # only the cells that were filled
                out.writerow([name, unit, code, "" if np.isnan(value) else repr(float(value))])

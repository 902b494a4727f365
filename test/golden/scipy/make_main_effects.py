"""Main effects of each ASEM indicator on the index (../coinr/16_pipeline_aggregated.csv), by a second implementation:
squared Pearson correlation, and a cubic P-spline (Eilers and Marx 1996) with SciPy's B-spline design matrix and the whole
hat matrix. Segments: a quarter of the distinct values, 1 to 20; second-difference penalty n * 10^e, e = -4, -3.75 ... 4, and
the straight line; generalised cross-validation with the trace times 1.4 (Kim and Gu 2004).
Columns: indicator, linear, nonlinear, edf. SciPy 1.17.1, NumPy 2.4.6; run in this folder."""
import csv
import numpy as np
from scipy.interpolate import BSpline

with open('../coinr/16_pipeline_aggregated.csv') as file:
    rows = list(csv.DictReader(file))
y = np.array([float(row['Index']) for row in rows])
codes = [c for c in rows[0] if c not in ('uCode', 'Index')]

def stretch(v):
    return (v - v.min()) / (v.max() - v.min())

def gcv(y, fit, trace):
    left = len(y) - 1.4 * trace
    return np.sum((y - fit) ** 2) / left ** 2 if left > 0 else np.inf

with open('main_effects.csv', 'w', newline='') as file:
    out = csv.writer(file, lineterminator='\n')
    out.writerow(['indicator', 'linear', 'nonlinear', 'edf'])
    for code in codes:
        x, t = stretch(np.array([float(row[code]) for row in rows])), stretch(y)
        n = len(x)
        segments = max(1, min(20, len(set(x)) // 4))
        knots = np.arange(-3, segments + 4) / segments
        size = segments + 3
        # SciPy's base interval is half open, so the last point is moved in by less than a rounding error.
        basis = BSpline.design_matrix(np.minimum(x, 1 - 1e-16), knots, 3).toarray()
        d = np.diff(np.eye(size), 2, axis=0)
        line = np.polyval(np.polyfit(x, t, 1), x)
        best = (gcv(t, line, 2), line, 2.0)
        for e in np.arange(-4, 4.25, 0.25):
            hat = basis @ np.linalg.solve(basis.T @ basis + n * 10 ** e * d.T @ d, basis.T)
            fit = hat @ t
            trace = np.trace(hat)
            if gcv(t, fit, trace) < best[0]:
                best = (gcv(t, fit, trace), fit, trace)
        total = np.sum((t - t.mean()) ** 2)
        linear = np.corrcoef(x, t)[0, 1] ** 2
        out.writerow([code, repr(float(linear)), repr(float(np.sum((best[1] - t.mean()) ** 2) / total)), repr(float(best[2]))])

"""Independent figures for trends, inequality and convergence: plain Python and numpy, no code of this project.

Run: python3 make_change.py > change.json
Distributions are integrated numerically (Simpson), the chi-square quantile by bisection, the exact Mann-Kendall p-value by
counting all permutations, so that nothing is shared with the engine's own formulas.
"""
import itertools
import json
import math
import random

import numpy as np

rng = random.Random(20190330)


def simpson(f, a, b, n=20000):
    h = (b - a) / n
    x = np.linspace(a, b, n + 1)
    y = f(x)
    return float(h / 3 * (y[0] + y[-1] + 4 * y[1:-1:2].sum() + 2 * y[2:-1:2].sum()))


def chi2_cdf(x, v):
    # u = sqrt(t) removes the pole at 0 for v = 1; logarithms keep large v finite.
    log_c = math.log(2) - v / 2 * math.log(2) - math.lgamma(v / 2)

    def density(u):
        with np.errstate(divide="ignore"):
            return np.exp(log_c + (v - 1) * np.log(u) - u * u / 2) if v > 1 else np.exp(log_c - u * u / 2)

    return simpson(density, 0, math.sqrt(x))


def chi2_quantile(p, v):
    lo, hi = 0.0, 10.0 * v + 100
    for _ in range(200):
        mid = (lo + hi) / 2
        lo, hi = (mid, hi) if chi2_cdf(mid, v) < p else (lo, mid)
    return (lo + hi) / 2


def t_two_sided(t, v):
    # t = sqrt(v) tan(a) makes the density c cos(a)^(v-1) on a finite interval.
    c = math.exp(math.lgamma((v + 1) / 2) - math.lgamma(v / 2)) / math.sqrt(math.pi)
    a = math.atan(abs(t) / math.sqrt(v))
    if v < 4:  # The integrand is not smooth at the far end, so the near part is taken from 1.
        return 1 - 2 * c * simpson(lambda x: np.cos(x) ** (v - 1), 0, a)
    return 2 * c * simpson(lambda x: np.cos(x) ** (v - 1), a, math.pi / 2)


def trend(years, values):
    pairs = list(itertools.combinations(range(len(years)), 2))
    slopes = sorted((values[j] - values[i]) / (years[j] - years[i]) for i, j in pairs)
    sign = lambda d: (d > 0) - (d < 0)
    s = sum(sign(values[j] - values[i]) for i, j in pairs)
    n = len(years)
    ties = [values.count(v) for v in set(values)]
    var = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18
    z = 0 if s == 0 else (s - sign(s)) / math.sqrt(var)
    slope = float(np.median(slopes))
    exact = None
    if max(ties) == 1 and n <= 7:
        count = total = 0
        for perm in itertools.permutations(range(n)):
            own = sum(sign(perm[j] - perm[i]) for i, j in pairs)
            total += 1
            count += abs(own) >= abs(s)
        exact = count / total
    untied = len(pairs) - sum(t * (t - 1) / 2 for t in ties)
    return {
        "years": years,
        "values": values,
        "slope": slope,
        "intercept": float(np.median(values)) - slope * float(np.median(years)),
        "s": s,
        "tauB": s / math.sqrt(untied * len(pairs)) if untied > 0 else None,
        "z": z,
        "pValue": math.erfc(abs(z) / math.sqrt(2)),
        "exactPValue": exact,
        "annualGrowth": (values[-1] / values[0]) ** (1 / (years[-1] - years[0])) - 1
        if min(values[0], values[-1]) > 0
        else None,
    }


def spread(values):
    x = np.array(values, float)
    n = len(x)
    k = float(x.std(ddof=1) / x.mean())
    ends = []
    for p in (0.975, 0.025):
        u = chi2_quantile(p, n - 1)
        square = ((u + 2) / n - 1) * k * k + u / (n - 1)
        ends.append(k / math.sqrt(square) if square > 0 else None)
    gini = float(np.abs(x[:, None] - x[None, :]).sum() / (2 * n * n * x.mean()))
    return {"values": values, "coefficient": k, "low": ends[0], "high": ends[1], "gini": gini}


def theil(values, groups):
    x = np.array(values, float)
    total = float(sum(v * math.log(v / x.mean()) for v in x if v > 0) / x.sum())
    within = between = 0.0
    for g in sorted(set(groups)):
        own = x[np.array(groups) == g]
        share = own.sum() / x.sum()
        if share == 0:
            continue
        within += share * float(sum(v * math.log(v / own.mean()) for v in own if v > 0) / own.sum())
        between += share * math.log(share / (len(own) / len(x)))
    return {"values": values, "groups": groups, "total": total, "within": within, "between": between}


def beta(first, last, years):
    log = min(first + last) > 0
    x = np.log(first) if log else np.array(first, float)
    y = ((np.log(last) if log else np.array(last, float)) - x) / years
    design = np.column_stack([np.ones(len(x)), x])
    coef, *_ = np.linalg.lstsq(design, y, rcond=None)
    res = y - design @ coef
    cov = res @ res / (len(x) - 2) * np.linalg.inv(design.T @ design)
    se = math.sqrt(cov[1, 1])
    kept = 1 + coef[1] * years
    speed = -math.log(kept) / years if kept > 0 else None
    return {
        "first": first,
        "last": last,
        "years": years,
        "form": "LOG" if log else "LINEAR",
        "intercept": float(coef[0]),
        "slope": float(coef[1]),
        "standardError": se,
        "t": float(coef[1] / se),
        "pValue": t_two_sided(coef[1] / se, len(x) - 2),
        "rSquared": float(1 - res @ res / ((y - y.mean()) @ (y - y.mean()))),
        "speed": speed,
        "halfLife": math.log(2) / speed if speed and speed > 0 else None,
    }


def welch(first, last, groups):
    """Change of the gap between groups 0 and 1: mean of group 0 less mean of group 1."""
    d = np.array(last) - np.array(first)
    a, b = d[np.array(groups) == 0], d[np.array(groups) == 1]
    va, vb = a.var(ddof=1) / len(a), b.var(ddof=1) / len(b)
    t = (a.mean() - b.mean()) / math.sqrt(va + vb)
    df = (va + vb) ** 2 / (va**2 / (len(a) - 1) + vb**2 / (len(b) - 1))
    return {
        "first": first,
        "last": last,
        "groups": groups,
        "change": float(a.mean() - b.mean()),
        "standardError": math.sqrt(va + vb),
        "t": float(t),
        "degrees": float(df),
        "pValue": t_two_sided(t, df),
    }


draw = lambda n, lo=1.0, hi=100.0: [round(rng.uniform(lo, hi), 3) for _ in range(n)]
groups = lambda n, k: [i % k for i in range(n)]

out = {
    "trends": [
        trend([2009, 2010, 2011, 2012, 2013], draw(5)),
        trend([2009, 2011, 2012, 2016, 2019], draw(5)),
        trend(list(range(2009, 2020)), draw(11)),
        trend(list(range(2009, 2020)), [float(rng.randint(1, 4)) for _ in range(11)]),
        trend([2000, 2001, 2002, 2003, 2004, 2005, 2006], [1.0, 2.5, 2.0, 4.0, 5.5, 5.0, 8.0]),
        trend([2000, 2001, 2002, 2003], [-3.0, 0.0, 5.0, 4.0]),
        trend(list(range(1990, 2020)), [round(0.3 * k + rng.gauss(0, 2), 1) + 10 for k in range(30)]),
    ],
    "spreads": [spread(draw(n)) for n in (2, 5, 12, 40, 297)] + [spread(draw(30, 80, 120)), spread([0.0, 0.0, 3.0, 1.0])],
    "theils": [theil(draw(n), groups(n, k)) for n, k in ((4, 2), (12, 3), (60, 4), (9, 9))]
    + [theil([0.0, 0.0, 3.0, 1.0, 5.0], [0, 0, 1, 1, 2])],
    "betas": [
        beta(draw(n), draw(n), years) for n, years in ((3, 1), (10, 10), (40, 12))
    ]
    + [beta(draw(8, -50, 50), draw(8, -50, 50), 5)]
    + [(lambda x: beta(x, [round(30 + 0.6 * v + rng.gauss(0, 3), 3) for v in x], 10))(draw(39, 10, 90))],
    "gaps": [welch(draw(n), draw(n), groups(n, 2)) for n in (4, 7, 40)],
}
print(json.dumps(out, indent=1))

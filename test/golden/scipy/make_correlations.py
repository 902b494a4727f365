"""SciPy's correlations and p-values of every pair of raw ASEM indicators (../coinr/01_raw_numeric.csv), pairwise complete,
over all 51 countries and over the first 12 rows. Columns: rows, first, second, n, spearman, spearman_p, kendall,
kendall_p_asymptotic, kendall_p_exact (empty where a side has ties). SciPy 1.17.1, NumPy 2; run in this folder."""
import csv, math
from scipy import stats

with open('../coinr/01_raw_numeric.csv') as file:
    rows = list(csv.DictReader(file))
codes = [name for name in rows[0] if name != 'uCode']
with open('correlations.csv', 'w', newline='') as file:
    out = csv.writer(file, lineterminator='\n')
    out.writerow('rows first second n spearman spearman_p kendall kendall_p_asymptotic kendall_p_exact'.split())
    for count in (51, 12):
        part = rows[:count]
        for a, first in enumerate(codes):
            for second in codes[a + 1:]:
                pairs = [(float(r[first]), float(r[second])) for r in part if r[first] and r[second]]
                x, y = zip(*pairs)
                if len(set(x)) == 1 or len(set(y)) == 1:
                    continue
                rho = stats.spearmanr(x, y)
                tau = stats.kendalltau(x, y, method='asymptotic')
                ties = len(set(x)) < len(x) or len(set(y)) < len(y)
                exact = '' if ties else repr(float(stats.kendalltau(x, y, method='exact').pvalue))
                out.writerow([count, first, second, len(x), *(repr(float(v)) for v in (rho.statistic, rho.pvalue, tau.statistic, tau.pvalue)), exact])

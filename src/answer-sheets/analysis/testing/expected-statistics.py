"""Writes expected-statistics.ts: made-up papers, and what NumPy and SciPy say of them.

    python3 expected-statistics.py > expected-statistics.ts && npx oxfmt expected-statistics.ts

Made with Python 3, NumPy 2.4.6 and SciPy 1.17.1. Alpha is computed from covariances and KR-20 from shares, both written
down here anew, so that no formula is shared with what is tested.
"""
import json
import numpy as np
from scipy import stats

random = np.random.default_rng(20261127)
KEY = "BDACABDCCADB"
PAPERS = 37


def describe(values):
    values = np.asarray(values, float)
    return {
        "count": len(values),
        "mean": values.mean(),
        "median": np.median(values),
        "deviation": values.std(ddof=1),
        "lowest": values.min(),
        "highest": values.max(),
        "lowerQuartile": np.percentile(values, 25),
        "upperQuartile": np.percentile(values, 75),
    }


def alpha(points):
    """Standard form: k * mean covariance / (mean variance + (k - 1) * mean covariance)."""
    covariances = np.cov(points, rowvar=False)
    k = covariances.shape[0]
    variance = np.trace(covariances) / k
    covariance = (covariances.sum() - np.trace(covariances)) / (k * (k - 1))
    return k * covariance / (variance + (k - 1) * covariance)


def kr20(right):
    k = right.shape[1]
    p = right.mean(axis=0)
    return k / (k - 1) * (1 - np.sum(p * (1 - p)) / np.var(right.sum(axis=1)))


def groups(totals):
    size = max(1, round(len(totals) * 0.27))
    rising = np.sort(totals)
    return totals >= rising[-size], totals <= rising[size - 1]


def questions(points, most):
    totals = points.sum(axis=1)
    upper, lower = groups(totals)
    rows = []
    for column in range(points.shape[1]):
        shares = np.maximum(0, points[:, column]) / most[column]
        varies = shares.std() > 0
        if varies and set(np.unique(shares)) <= {0.0, 1.0}:
            correlation = stats.pointbiserialr(shares, totals).statistic
        else:
            correlation = stats.pearsonr(shares, totals).statistic if varies else None
        rows.append({
            "difficulty": shares.mean(),
            "pointBiserial": correlation,
            "itemRest": np.corrcoef(shares, totals - points[:, column])[0, 1] if varies else None,
            "upperLower": shares[upper].mean() - shares[lower].mean(),
            "groups": {"upper": int(upper.sum()), "lower": int(lower.sum())},
        })
    return rows


# Single choice: the abler, the likelier the right option; some blanks ("-") and some with two marks ("*").
ability = random.normal(size=PAPERS)
hardness = np.linspace(-1.6, 1.6, len(KEY))
papers = []
for person in range(PAPERS):
    answers = ""
    for place, right in enumerate(KEY):
        knows = random.random() < 1 / (1 + np.exp(-1.4 * (ability[person] - hardness[place])))
        slip = random.random()
        answers += "-" if slip < 0.04 else "*" if slip < 0.07 else right if knows else random.choice(list("ABCD"))
    papers.append(answers)
marks = np.array([list(answers) for answers in papers])
right = (marks == np.array(list(KEY))).astype(float)
# A quarter off for what is wrong, nothing for blanks.
wrong = (right == 0) & (marks != "-")
penalised = right - 0.25 * wrong
choice_totals = right.sum(axis=1)
upper, lower = groups(choice_totals)

def choice_table(place):
    rows = []
    for sign in "ABCD*-":
        those = marks[:, place] == sign
        rows.append({
            "sign": sign,
            "count": int(those.sum()),
            "share": those.mean(),
            "meanTotal": choice_totals[those].mean() if those.any() else None,
            "upper": int((those & upper).sum()),
            "lower": int((those & lower).sum()),
        })
    return rows

# Marked by hand: points of different size.
most = np.array([4, 5, 10, 3, 8, 6])
talent = random.normal(size=29)
noise = random.normal(size=(29, 6))
given = np.clip(np.round((0.55 + 0.2 * talent[:, None] + 0.16 * noise) * most), 0, most)

# Quantiles of lists of every length modulo 4.
lists = [np.round(random.normal(60, 15, size), 2).tolist() for size in (2, 5, 10, 11, 12, 13)]

expected = {
    "choice": {
        "key": KEY,
        "papers": papers,
        "points": describe(choice_totals),
        "percent": describe(choice_totals / len(KEY) * 100),
        "histogram": np.histogram(choice_totals / len(KEY) * 100, bins=np.arange(0, 101, 10))[0].tolist(),
        "alpha": alpha(right),
        "kr20": kr20(right),
        "error": choice_totals.std(ddof=1) * np.sqrt(1 - alpha(right)),
        "questions": questions(right, np.ones(len(KEY))),
        "choices": [choice_table(place) for place in range(len(KEY))],
        "firstHalf": {
            "percent": describe(right[:, :6].sum(axis=1) / 6 * 100),
            "alpha": alpha(right[:, :6]),
        },
    },
    "penalised": {
        "alpha": alpha(penalised),
        "kr20": kr20(right),
        "error": penalised.sum(axis=1).std(ddof=1) * np.sqrt(1 - alpha(penalised)),
        "questions": questions(penalised, np.ones(len(KEY))),
    },
    "given": {
        "most": most.tolist(),
        "papers": given.astype(int).tolist(),
        "points": describe(given.sum(axis=1)),
        "alpha": alpha(given),
        "error": given.sum(axis=1).std(ddof=1) * np.sqrt(1 - alpha(given)),
        "questions": questions(given, most),
    },
    "lists": [{"values": values, "description": describe(values)} for values in lists],
}
print("/** Written by expected-statistics.py; not by hand. */")
print("export const expected =", json.dumps(expected), "as const;")

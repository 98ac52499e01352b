"""The market model and its prediction errors, from one regression.

R = α + β·Rm + e is estimated by ordinary least squares on the L1 days of the estimation window. The abnormal returns of
the event window are its prediction errors there, a = R* − X*·(α, β)', and under the model their covariance is

    V = s²·[I + X*·(X'X)⁻¹·X*'],   s² = e'e / (L1 − 2)

with X = [1 Rm] on the estimation window and X* the same on the event window: the second term is the error of α and β,
which all days of the window share (Campbell, Lo and MacKinlay 1997, section 4.4; MacKinlay 1997, section 5). A sum of
abnormal returns γ'a has the variance γ'Vγ, and divided by its root it is Student t with L1 − 2 degrees of freedom.

Both come out of one fit over both windows in which every day of the event window has an indicator of its own: its
coefficient is that day's prediction error (Salkever 1976). So estimates, variances and tests are all the library's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from typing import Any

from vacatur.errors import VacaturError

LEVEL = 0.95
"""The confidence of bands and intervals."""
STILL, WILD = 1e-9, 1e6
"""A market whose daily returns deviate by less than the first stands still; no return is as large as the second."""


@dataclass(frozen=True, slots=True)
class Model:
    """The market model of one estimation window: coefficients with their standard errors, the residuals' standard
    deviation s, the share of variance explained, and the number of days.
    """

    alpha: float
    alpha_error: float
    beta: float
    beta_error: float
    deviation: float
    explained: float
    days: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """A sum of abnormal returns with its standard error (that of prediction), t, two-sided p, and confidence bounds."""

    value: float
    error: float
    t: float
    p: float
    low: float
    high: float

    @property
    def firm(self) -> bool:
        """Whether the bounds leave zero out."""
        return self.low > 0 or self.high < 0


def abnormal(returns: Sequence[float], benchmark: Sequence[float], length: int,
             sums: Sequence[tuple[int, int]]) -> tuple[Model, list[Estimate]] | None:  # fmt: skip
    """The model of the first days, and the sums of abnormal returns over stretches of the last `length` days.

    `sums` are stretches [first, last] counted from 0 at the first day of the event window. None when no model can be
    told from these days: the benchmark does not move, the prices follow it without any error, or a return is absurd.
    """
    fit_of = _library()
    count = len(returns) - length
    if _deviation(benchmark[:count]) < STILL or max(map(abs, (*returns, *benchmark))) > WILD:
        return None
    rows = [[1.0, moved, *(float(day == count + n) for n in range(length))] for day, moved in enumerate(benchmark)]
    fit = fit_of(list(returns), rows).fit()
    if fit.scale < STILL**2:
        return None
    tested = fit.t_test([[0.0, 0.0, *(float(first <= n <= last) for n in range(length))] for first, last in sums])
    bounds = tested.conf_int(alpha=1 - LEVEL).reshape(-1, 2).tolist()
    columns = (one.reshape(-1).tolist() for one in (tested.effect, tested.sd, tested.tvalue, tested.pvalue))
    found = [Estimate(*one, *bound) for *one, bound in zip(*columns, bounds, strict=True)]
    coefficients, errors = fit.params.tolist(), fit.bse.tolist()
    explained = 1 - float(fit.ssr) / (_deviation(returns[:count]) ** 2 * count)
    model = Model(coefficients[0], errors[0], coefficients[1], errors[1], float(fit.scale) ** 0.5, explained, count)
    return model, found


def _deviation(returns: Sequence[float]) -> float:
    mean = fsum(returns) / len(returns)
    return sqrt(fsum((one - mean) ** 2 for one in returns) / len(returns))


def _library() -> Any:
    try:
        from statsmodels.regression.linear_model import OLS
    except ModuleNotFoundError as missing:
        raise VacaturError(
            "the statistics library is not installed",
            why="Event studies are computed by statsmodels",
            fix="pip install 'vacatur[impact]'",
        ) from missing
    return OLS

"""The market model: against sums made by hand, against the library's own predictions, and against chance."""

import sys
from fractions import Fraction
from math import atan, pi, sqrt
from random import Random

import pytest
from statsmodels.regression.linear_model import OLS

from vacatur.errors import VacaturError
from vacatur.report.impact.regression import Estimate, Model, abnormal

MARKET = [-2.0, -1.0, 0.0, 1.0, 2.0, 2.0, 0.0]
PRICES = [1.0, 0.0, 2.0, 3.0, 4.0, 6.0, 1.0]
"""Five days to estimate from and two to test. By hand: mean of x 0, of y 2; Sxx 10, Sxy 9; so alpha 2, beta 9/10;
residuals 8/10, -11/10, 0, 1/10, 2/10, whose squares sum up to 19/10; s² = 19/30.
"""
S2 = Fraction(19, 30)


def found(prices: list[float], market: list[float], length: int,
          sums: list[tuple[int, int]]) -> tuple[Model, list[Estimate]]:  # fmt: skip
    made = abnormal(prices, market, length, sums)
    assert made is not None
    return made


def test_the_model_is_the_one_made_by_hand() -> None:
    model, _ = found(PRICES, MARKET, 2, [(0, 0)])
    assert [model.alpha, model.beta, model.days] == pytest.approx([2, 0.9, 5])
    assert model.deviation == pytest.approx(sqrt(S2))
    assert model.alpha_error == pytest.approx(sqrt(S2 / 5))
    assert model.beta_error == pytest.approx(sqrt(S2 / 10))
    assert model.explained == pytest.approx(1 - 1.9 / 10)


@pytest.mark.parametrize(("stretch", "value", "factor"), [
    ((0, 0), Fraction(22, 10), 1 + Fraction(1, 5) + Fraction(4, 10)),  # x* = 2: expected 2 + 9/5 of 6
    ((1, 1), Fraction(-1), 1 + Fraction(1, 5)),  # x* = 0: expected 2 of 1
    ((0, 1), Fraction(12, 10), 2 + Fraction(4, 5) + Fraction(4, 10)),  # (2, 2) (X'X)^-1 (2, 2)' is shared
])  # fmt: skip
def test_abnormal_returns_and_their_variance_are_those_made_by_hand(
    stretch: tuple[int, int], value: Fraction, factor: Fraction
) -> None:
    _, (one,) = found(PRICES, MARKET, 2, [stretch])
    assert one.value == pytest.approx(float(value))
    assert one.error == pytest.approx(sqrt(S2 * factor))
    assert one.t == pytest.approx(float(value) / sqrt(S2 * factor))
    assert one.p == pytest.approx(2 * (1 - student_3(abs(one.t))))
    half = 3.182446305284263 * sqrt(S2 * factor)  # the 0.975 point of Student t with 3 degrees of freedom
    assert [one.low, one.high] == pytest.approx([float(value) - half, float(value) + half])
    assert one.firm == (abs(float(value)) > half)


def student_3(t: float) -> float:
    """The distribution of Student t with 3 degrees of freedom, in closed form."""
    return 0.5 + (t / sqrt(3) / (1 + t * t / 3) + atan(t / sqrt(3))) / pi


def drawn(days: int, seed: int) -> tuple[list[float], list[float]]:
    chance = Random(seed)
    market = [chance.gauss(0.0003, 0.008) for _ in range(days)]
    return [0.0002 + 1.2 * moved + chance.gauss(0, 0.012) for moved in market], market


def test_errors_are_the_librarys_own_prediction_errors() -> None:
    prices, market = drawn(261, 3)
    model, days = found(prices, market, 21, [(n, n) for n in range(21)])
    plain = OLS(prices[:240], [[1.0, x] for x in market[:240]]).fit()
    predicted = plain.get_prediction([[1.0, x] for x in market[240:]])
    bounds = predicted.conf_int(obs=True, alpha=0.05)
    assert [model.alpha, model.beta] == pytest.approx(plain.params.tolist())
    assert [model.alpha_error, model.beta_error] == pytest.approx(plain.bse.tolist())
    assert model.explained == pytest.approx(plain.rsquared)
    for one, actual, mean, error, bound in zip(
        days, prices[240:], predicted.predicted_mean, predicted.se_obs, bounds, strict=True
    ):
        assert one.value == pytest.approx(actual - mean)
        assert one.error == pytest.approx(error)
        assert one.value - one.low == pytest.approx(bound[1] - mean)


def test_a_sum_carries_the_shared_error_of_the_model() -> None:
    prices, market = drawn(261, 4)
    _, (whole, *days) = found(prices, market, 21, [(0, 20), *((n, n) for n in range(21))])
    plain = OLS(prices[:240], [[1.0, x] for x in market[:240]]).fit()
    add = [21.0, sum(market[240:])]
    shared = sum(add[i] * add[j] * plain.cov_params()[i][j] for i in range(2) for j in range(2))
    assert whole.value == pytest.approx(sum(one.value for one in days))
    assert whole.error == pytest.approx(sqrt(21 * plain.scale + shared))
    assert whole.error > sqrt(sum(one.error**2 for one in days)), "days of one window are not independent"


def test_chance_alone_leaves_the_band_about_one_time_in_twenty() -> None:
    trials = [found(*drawn(70, seed), 10, [(0, 0), (0, 9)])[1] for seed in range(600)]
    for place in (0, 1):
        inside = sum(not estimates[place].firm for estimates in trials) / len(trials)
        assert 0.925 < inside < 0.975


@pytest.mark.parametrize(("prices", "market"), [
    ([0.01, -0.02, 0.03] * 20, [0.0] * 60),  # the market stands still
    ([0.01, -0.02, 0.03] * 20, [0.0] * 58 + [0.01, 0.02]),  # it moves in the event window only
    ([0.0] * 60, [0.01, -0.02, 0.03] * 20),  # the price stands still
    ([0.01, -0.02, 0.03] * 20, [0.01, -0.02, 0.03] * 20),  # the price is the market
    ([0.005, -0.01, 0.015] * 20, [0.01, -0.02, 0.03] * 20),  # or follows it without error
    ([0.01, -0.02, 0.03] * 20, [0.01, -0.02, 1e20] * 20),  # a return that no market has
])  # fmt: skip
def test_days_that_hold_no_model_give_none(prices: list[float], market: list[float]) -> None:
    assert abnormal(prices, market, 2, [(0, 1)]) is None


def test_without_the_library_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "statsmodels.regression.linear_model", None)
    with pytest.raises(VacaturError, match=r"pip install 'vacatur\[impact\]'"):
        abnormal(PRICES, MARKET, 2, [(0, 0)])

"""What an event study says and does not say, in words: one voice for page and terminal."""

from __future__ import annotations

from vacatur.report.charts.numbers import per_cent, rounded
from vacatur.report.dates import short
from vacatur.report.impact.regression import LEVEL, Estimate
from vacatur.report.impact.study import Reaction, Study

CAVEAT = "An association, not a cause: other news of the same days moved prices too, and nothing here parts the two."
"""The one sentence that stands beside every result."""

FORMULAS = (
    (
        "Market model",
        (
            "R = α + β·Rm + e, by ordinary least squares on the L1 days of the estimation window; R and Rm are "
            "simple returns from one common trading day to the next"
        ),
    ),
    (
        "Abnormal return",
        "a = R − (α + β·Rm) on each day of the event window: the error with which the model predicts it",
    ),
    ("Summed up", "the sum of a from the window's first day on (cumulative abnormal return)"),
    (
        "Variance",
        (
            "V = s²·[I + X*(X'X)⁻¹X*'], s² = e'e / (L1 − 2); X = [1 Rm] on the estimation window, X* on the event "
            "window. The second term is the error of α and β, which all days of the window share. A sum γ'a has the "
            "variance γ'Vγ"
        ),
    ),
    (
        "Test and band",
        (
            "γ'a / √(γ'Vγ) is Student t with L1 − 2 degrees of freedom if the residuals are normal, alike and "
            "independent; the band is γ'a ± t(0.975)·√(γ'Vγ)"
        ),
    ),
)
"""Name → formula."""

SOURCES = (
    (
        "A. Craig MacKinlay, “Event Studies in Economics and Finance”, Journal of Economic Literature 35 (1997), "
        "13–39, sections 4 and 5"
    ),
    (
        "John Y. Campbell, Andrew W. Lo and A. Craig MacKinlay, The Econometrics of Financial Markets, Princeton "
        "University Press, 1997, section 4.4"
    ),
    (
        "David S. Salkever, “The Use of Dummy Variables to Compute Predictions, Prediction Errors, and Confidence "
        "Intervals”, Journal of Econometrics 4 (1976), 393–397: how all of it comes out of one regression"
    ),
)
"""Where the method is from."""

CAVEATS = (
    CAVEAT,
    (
        "An act known by its day alone is set on that day. Where it came after the market had closed, or the market "
        "lies east of the authority, prices could show it on day +1 only: hence the sum over that day and the next."
    ),
    (
        "What was expected before it became public had moved prices by then: a small reaction is no proof that an "
        "act did not matter."
    ),
    (
        "Daily returns have fatter tails than the normal distribution, and swing more in the days of an event than "
        "before: bands are then too narrow and p too small."
    ),
    (
        "The finding rests on the benchmark chosen. One that holds the security itself, or was moved by the same "
        "act, hides part of the reaction."
    ),
    "Each event is studied by itself. Where windows share days, the same return counts for each of them.",
)
"""What has to be known to read the numbers."""


def bands() -> str:
    """The confidence of the bands: `95 %`."""
    return per_cent(LEVEL, 0, signed=False)


def finding(study: Study) -> str:
    """How many events were studied, and on how many prices moved by more than the market model explains."""
    if not study.reactions:
        none = "No act could be studied" if study.refused else "No such act on the party is seen in this view"
        return f"{none}."
    count = len(study.reactions)
    days = "1 event day" if count == 1 else f"{count} event days"
    first, last = (rounded(offset, 0, signed=True) for offset in study.window)
    said = [f"on the day itself around {sum(one.on_day.firm for one in study.reactions)} of {count}"]
    if study.window[1] > 0:
        both = sum(one.both is not None and one.both.firm for one in study.reactions)
        said.append(f"with the next day around {both}")
    said.append(f"over days {first} to {last} around {sum(one.whole.firm for one in study.reactions)}")
    return f"{days} studied. Prices moved by more than the market model explains {', '.join(said)}."


def chance(study: Study) -> str:
    """How many of so many findings chance alone would make."""
    count = len(study.reactions)
    expected = rounded((1 - LEVEL) * count, 2)
    return f"With bands of {bands()} chance alone makes about {expected} of {count} such findings."


def p_words(one: Estimate) -> str:
    """A probability to three places; smaller ones by their bound."""
    return f"{one.p:.3f}" if one.p >= 0.001 else "< 0.001"


def model_words(one: Reaction) -> str:
    """The model before an event, in a line."""
    model, (first, last) = one.model, one.estimated
    return (
        f"Model of {model.days} days, {short(first)} to {short(last)}: α {per_cent(model.alpha, 3)}, β "
        f"{rounded(model.beta, 2)} ± {rounded(model.beta_error, 2)}, s {per_cent(model.deviation, signed=False)} a "
        f"day, R² {rounded(model.explained, 2)}."
    )

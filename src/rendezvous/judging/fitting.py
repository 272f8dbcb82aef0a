"""Ridge-penalised logistic regression at several penalties, weighed by their evidence, as one mixture.

Each component says that every indicator has an effect on the log-odds drawn from one normal law; they
differ in how large effects are believed to be, from none (the base rate alone) to overwhelming. Its
posterior is approximated by a normal law around its mode, and its evidence, the probability of the outcomes
that were seen, by the integral of that (MacKay, "The evidence framework applied to classification
networks", Neural Computation 4, 1992). Weighing by evidence rather than choosing is what keeps ten cases
from looking like a pattern (Hoeting et al., "Bayesian model averaging: a tutorial", Statistical Science 14,
1999).

The rate itself has a Beta prior, entered as pseudo-cases of average features, so that without effects the
posterior is known exactly. Its exact shape, skewed when outcomes are few or all alike, is lent to every
component.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rendezvous.judging.cases import Prior

Floats = NDArray[np.float64]

#: How far one case's log-odds may typically lie from the average, all effects together, under each
#: component: from hardly at all to nearly certain. The first, 0, is the base rate alone.
SPREADS = (0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0)
#: What is believed beforehand of each. "Nothing at all can be learned" is a serious possibility, but
#: inquiries do differ; that features say nearly everything is rare. Little hangs on it from fifty cases on.
BELIEFS = (0.30, 0.10, 0.15, 0.20, 0.10, 0.07, 0.05, 0.03)
#: A component with a smaller share of the mixture than this is left out.
LEAST_WEIGHT = 1e-3
#: Once the log evidence has fallen this far below the best, larger spreads are not tried: it falls faster
#: and faster.
HOPELESS = 14.0
#: What one column of two equally frequent values adds up to. Where all columns together vary less than that,
#: a spread is not made up for by enormous effects of the few odd cases.
LEAST_TOTAL = 0.5
MOST_STEPS = 200
CONVERGED = 1e-11
SHRINKS_WELL = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Mixture:
    """The components worth keeping, each a normal law over the intercept and the slopes.

    `modes` and `covariances` are in the space of `basis` (None: the encoding's own columns), the intercept
    first; `variances` is how far slopes were believed to vary. `signed` and `lost` count the cases with the
    prior's.
    """

    weights: Floats
    variances: Floats
    modes: Floats
    covariances: Floats
    basis: Floats | None
    signed: float
    lost: float

    def slopes(self) -> Floats:
        """The slopes of the encoding's own columns, averaged over the components."""
        mean: Floats = self.weights @ self.modes[:, 1:]
        return mean if self.basis is None else self.basis @ mean

    def posterior(self, rows: Floats) -> tuple[Floats, Floats]:
        """Mean and deviation of each row's log-odds under each component, both (rows, components)."""
        inside = rows if self.basis is None else rows @ self.basis
        lifted = np.ones((len(rows), inside.shape[1] + 1))
        lifted[:, 1:] = inside
        variances = ((lifted @ self.covariances) * lifted).sum(axis=2).T
        if self.basis is not None:
            # What of a row lies outside all that the history spans: nothing was learned about it.
            outside = np.maximum((rows**2).sum(axis=1) - (inside**2).sum(axis=1), 0.0)
            variances = variances + outside[:, None] * self.variances
        return lifted @ self.modes.T, np.sqrt(variances)


def fit(rows: Floats, outcomes: Floats, prior: Prior, rare: float = 0.0) -> Mixture:
    """The mixture learned from centred `rows`. `rare` is variance that the encoding left out."""
    signed = float(outcomes.sum()) + prior.signed
    lost = len(outcomes) - float(outcomes.sum()) + prior.lost
    rows, basis = _compressed(rows)
    problem = _Problem(rows, outcomes, prior)
    mode = np.zeros(rows.shape[1] + 1)
    mode[0] = math.log(signed / lost)
    found = [_base(problem, mode, signed * lost / (signed + lost))]
    total = float((rows**2).sum()) / max(len(rows), 1)
    if total > 0:
        curvature = problem.curvature(mode)
        for spread in SPREADS[1:]:
            variance = spread**2 / max(total + rare, LEAST_TOTAL)
            mode, curvature = problem.climb(mode, curvature, variance)
            found.append(_component(problem, mode, curvature, variance))
            if found[-1].log_evidence < max(part.log_evidence for part in found) - HOPELESS:
                break
    logs = np.array([part.log_evidence for part in found]) + np.log(BELIEFS[: len(found)])
    weights = np.exp(logs - logs.max())
    kept = np.flatnonzero(weights >= LEAST_WEIGHT * weights.sum())
    return Mixture(
        weights=weights[kept] / weights[kept].sum(),
        variances=np.array([found[place].variance for place in kept]),
        modes=np.stack([found[place].mode for place in kept]),
        covariances=np.stack([found[place].covariance() for place in kept]),
        basis=basis,
        signed=signed,
        lost=lost,
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Component:
    """One spread's posterior. `precision` is a figure, the intercept's, where the slopes are exactly 0."""

    variance: float
    mode: Floats
    log_evidence: float
    precision: Floats | float

    def covariance(self) -> Floats:
        if isinstance(self.precision, float):
            covariance = np.zeros((len(self.mode), len(self.mode)))
            covariance[0, 0] = 1 / self.precision
            return covariance
        return np.asarray(np.linalg.inv(self.precision), np.float64)


def _base(problem: "_Problem", mode: Floats, precision: float) -> _Component:
    return _Component(0.0, mode, problem.height(mode, math.inf) - math.log(precision) / 2, precision)


def _component(problem: "_Problem", mode: Floats, curvature: Floats, variance: float) -> _Component:
    """Its evidence by Laplace's approximation, but for what is the same in all components."""
    precision = _penalised(curvature, variance)
    _sign, log_determinant = np.linalg.slogdet(precision)
    height = problem.height(mode, variance) - (len(mode) - 1) * math.log(variance) / 2
    return _Component(variance, mode, height - float(log_determinant) / 2, precision)


def _penalised(curvature: Floats, variance: float) -> Floats:
    """`curvature` with the slopes' penalty."""
    whole = curvature.copy()
    diagonal = np.einsum("ii->i", whole)
    diagonal[1:] += 1 / variance
    return whole


def _compressed(rows: Floats) -> tuple[Floats, Floats | None]:
    """With fewer rows than columns, the rows in an orthonormal basis of what they span, and that basis.

    An equal penalty on all slopes is the same in any such basis, so that nothing is lost.
    """
    if len(rows) >= rows.shape[1] or not rows.size:
        return rows, None
    squares, vectors = np.linalg.eigh(rows @ rows.T)
    kept = squares > 1e-9 * max(float(squares[-1]), 1e-300)
    lengths = np.sqrt(squares[kept])
    basis = rows.T @ (vectors[:, kept] / lengths)
    return vectors[:, kept] * lengths, basis


@dataclass(frozen=True, slots=True, eq=False)
class _Problem:
    """The log posterior of intercept and slopes, to be climbed."""

    rows: Floats
    outcomes: Floats
    prior: Prior

    def height(self, mode: Floats, variance: float) -> float:
        logits = mode[0] + self.rows @ mode[1:]
        likelihood = float((self.outcomes * logits - np.logaddexp(0.0, logits)).sum())
        rate = -self.prior.signed * np.logaddexp(0.0, -mode[0]) - self.prior.lost * np.logaddexp(0.0, mode[0])
        return likelihood + float(rate) - float(mode[1:] @ mode[1:]) / (2 * variance)

    def gradient(self, mode: Floats, variance: float) -> Floats:
        missed = self.outcomes - sigmoid(mode[0] + self.rows @ mode[1:])
        slope = np.empty(len(mode))
        slope[0] = missed.sum() + self.prior.signed - self.prior.cases * float(sigmoid(mode[:1])[0])
        slope[1:] = missed @ self.rows - mode[1:] / variance
        return slope

    def curvature(self, mode: Floats) -> Floats:
        """Minus the second derivatives at `mode`, without the penalty."""
        chances = sigmoid(mode[0] + self.rows @ mode[1:])
        weights = chances * (1 - chances)
        rate = float(sigmoid(mode[:1])[0])
        scaled = self.rows * np.sqrt(weights)[:, None]
        whole = np.empty((len(mode), len(mode)))
        whole[0, 0] = weights.sum() + self.prior.cases * rate * (1 - rate)
        whole[0, 1:] = whole[1:, 0] = weights @ self.rows
        whole[1:, 1:] = scaled.T @ scaled
        return whole

    def climb(self, mode: Floats, curvature: Floats, variance: float) -> tuple[Floats, Floats]:
        """From a nearby `mode` and the curvature there: this penalty's mode, and the curvature there.

        The first curvature serves for many steps; it is taken anew only where they stop shrinking well.
        """
        inverse = np.linalg.inv(_penalised(curvature, variance))
        last = math.inf
        for _step in range(MOST_STEPS):
            step = inverse @ self.gradient(mode, variance)
            size = float(np.abs(step).max())
            if size > SHRINKS_WELL * last:
                inverse = np.linalg.inv(_penalised(self.curvature(mode), variance))
                step = self._shortened(mode, inverse @ self.gradient(mode, variance), variance)
                size = float(np.abs(step).max())
            mode = mode + step
            if size < CONVERGED:
                break
            last = size
        return mode, self.curvature(mode)

    def _shortened(self, mode: Floats, step: Floats, variance: float) -> Floats:
        """`step`, halved until it climbs."""
        start = self.height(mode, variance)
        for _halving in range(30):
            if self.height(mode + step, variance) >= start - 1e-9 * (1 + abs(start)):
                break
            step = step / 2
        return step


def sigmoid(logits: Floats) -> Floats:
    """1 / (1 + exp(-x)), without overflow."""
    chances: Floats = 0.5 * (1.0 + np.tanh(0.5 * logits))
    return chances


#: Where the common shape is known: this many standard deviations either way, close enough for sums to be
#: integrals.
_NODES = np.arange(-10.0, 10.01, 0.25)


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """The law of the rate's log-odds, standardised by mode and curvature; normal when cases are many."""

    weights: Floats
    reached: Floats

    @classmethod
    def of(cls, signed: float, lost: float) -> "Shape":
        mode, deviation = math.log(signed / lost), math.sqrt((signed + lost) / (signed * lost))
        logits = mode + deviation * _NODES
        logs = -signed * np.logaddexp(0.0, -logits) - lost * np.logaddexp(0.0, logits)
        weights = np.exp(logs - logs.max())
        weights /= weights.sum()
        return cls(weights, np.cumsum(weights) - weights / 2)

    def probability(self, means: Floats, deviations: Floats, shares: Floats) -> Floats:
        """The mean chance of each row under the mixture."""
        chances = sigmoid(means[:, :, None] + deviations[:, :, None] * _NODES)
        total: Floats = (chances @ self.weights) @ shares
        return total

    def chances(self, share: float, means: Floats, deviations: Floats, shares: Floats) -> Floats:
        """The chance below which `share` of the mixture lies, for each row."""
        return sigmoid(self.quantile(share, means, deviations, shares))

    def quantile(self, share: float, means: Floats, deviations: Floats, shares: Floats) -> Floats:
        """The log-odds below which `share` of the mixture lies, for each row."""
        ends = means + deviations * float(np.interp(share, self.reached, _NODES))
        low, high = ends.min(axis=1), ends.max(axis=1)
        grid = low[:, None] + (high - low)[:, None] * np.linspace(0.0, 1.0, 33)
        standard = (grid[:, None, :] - means[:, :, None]) / deviations[:, :, None]
        reached = np.einsum("rkg,k->rg", np.interp(standard, _NODES, self.reached), shares)
        above = np.clip((reached < share).sum(axis=1), 1, 32)
        index = np.arange(len(grid))
        before, after = reached[index, above - 1], reached[index, above]
        part = np.clip((share - before) / np.maximum(after - before, 1e-300), 0.0, 1.0)
        found: Floats = grid[index, above - 1] + part * (grid[index, above] - grid[index, above - 1])
        return found

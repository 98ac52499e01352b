//! From the raw score to one that reads as a probability: a strictly rising line through fixed knots.
//!
//! The knots are fitted on one half of labelled pairs and reported on the other (`benchmarks/`). Being strictly
//! rising, the line keeps every order, and a threshold can be carried back to the raw score.

/// Scores are counted in millionths.
pub const ONE: u32 = 1_000_000;

/// Names that are not equal stay below one.
pub const UNEQUAL: u32 = 990_000;

/// Version of the formula, the shares and the knots together.
pub const VERSION: &str = "dice-4";

/// Raw score → calibrated score, both in millionths, as `benchmarks.match.accuracy --calibrate` fits them on the tune
/// half: 0.70 where the labelled pairs are told apart best, isotonic regression on either side of it
/// (`benchmarks/results/calibration.md`).
pub const KNOTS: [(u32, u32); 9] = [
    (0, 0),
    (210_000, 13_000),
    (472_000, 53_000),
    (674_000, 207_000),
    (720_000, 700_000),
    (879_000, 919_000),
    (959_000, 981_000),
    (992_000, 995_000),
    (ONE, ONE),
];

/// The calibrated score of a raw one.
#[must_use]
pub fn calibrated(raw: u32) -> u32 {
    let after = KNOTS.iter().position(|(x, _)| *x >= raw).unwrap_or(KNOTS.len() - 1).max(1);
    let ((x0, y0), (x1, y1)) = (KNOTS[after - 1], KNOTS[after]);
    let risen = u64::from(raw.min(ONE) - x0) * u64::from(y1 - y0) / u64::from(x1 - x0);
    y0 + u32::try_from(risen).unwrap_or(0)
}

/// The lowest raw score whose calibrated score reaches `threshold`.
#[must_use]
pub fn raw_threshold(threshold: u32) -> u32 {
    let (mut low, mut high) = (0, ONE);
    while low < high {
        let middle = u32::midpoint(low, high);
        if calibrated(middle) >= threshold { high = middle } else { low = middle + 1 }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knots_rise_strictly() {
        assert!(KNOTS.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 < pair[1].1));
        assert_eq!((calibrated(0), calibrated(ONE)), (0, ONE));
    }

    proptest::proptest! {
        #[test]
        fn a_threshold_is_reached_exactly_from_its_raw_score_on(threshold in 1..=ONE) {
            let raw = raw_threshold(threshold);
            proptest::prop_assert!(calibrated(raw) >= threshold);
            proptest::prop_assert!(raw == 0 || calibrated(raw - 1) < threshold);
        }
    }
}

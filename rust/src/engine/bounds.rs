//! What all that a run of query words can match comes to at most, and what it costs to look it up.

/// Bounds over all that a run of query words can match among names of one kind.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bounds {
    /// Most that it can add to the explained weight: `share · (w_q + w_n)`.
    pub adds: u32,
    /// Most that it can gain over the threshold: `share · w_q + (share − t) · w_n`, never below nothing.
    pub gain: u32,
    /// Most that it can explain per weight of a name's words: `share · (w_q + w_n) / w_n`, rounded up.
    pub rate: u32,
}

/// Postings behind the matches of a run that gain more than so many parts of the greatest gain.
pub type Costs = [u32; LEVELS];

/// Opening a list of postings costs as much as reading so many of them.
const OPENING: u32 = 16;

/// Parts into which gains are divided when it is weighed what to look up.
pub const LEVELS: usize = PARTS as usize;
/// The same number.
pub const PARTS: u32 = 8;

/// Bounds as they are found, match by match.
#[derive(Clone, Copy)]
pub struct Widening {
    adds: u32,
    gain: u32,
    /// The greatest rate, as what is added and for which weight: it is divided once.
    rate: (u32, u32),
}

impl Widening {
    /// Of no match.
    pub const NONE: Self = Self { adds: 0, gain: 0, rate: (0, 1) };

    /// Takes a match in.
    pub fn take(&mut self, share: u32, own: u32, other: u32, threshold: u32) {
        let adds = share * (own + other);
        self.adds = self.adds.max(adds);
        self.gain = self.gain.max(gain(share, own, other, threshold));
        let rate = (adds, other.max(1));
        if rate.0 * self.rate.1 > self.rate.0 * rate.1 {
            self.rate = rate;
        }
    }

    /// The bounds.
    #[must_use]
    pub fn bounds(self) -> Bounds {
        if self.adds == 0 {
            return Bounds::default();
        }
        Bounds { adds: self.adds, gain: self.gain, rate: self.rate.0.div_ceil(self.rate.1) }
    }
}

/// Counts postings by the gain of the match that leads to them.
pub struct Counting {
    /// Levels to a gain, in parts of 2^32.
    levels: u64,
    costs: Costs,
}

impl Counting {
    /// Of no match, where the greatest gain is this.
    #[must_use]
    pub fn new(most: u32) -> Self {
        Self { levels: (u64::from(PARTS) << 32) / u64::from(most.max(1)), costs: Costs::default() }
    }

    /// Counts the postings of a match.
    pub fn take(&mut self, gain: u32, names: u32) {
        if let Some(below) = gain.checked_sub(1) {
            let level = usize::try_from((u64::from(below) * self.levels) >> 32).unwrap_or(LEVELS);
            let cost = &mut self.costs[level.min(LEVELS - 1)];
            *cost = cost.saturating_add(names).saturating_add(OPENING);
        }
    }

    /// What those of each level and all above it cost.
    #[must_use]
    pub fn costs(mut self) -> Costs {
        for level in (1..LEVELS).rev() {
            self.costs[level - 1] = self.costs[level - 1].saturating_add(self.costs[level]);
        }
        self.costs
    }
}

/// What an edge gains over a raw threshold: `share · w_q + (share − t) · w_n`, never below nothing.
#[must_use]
pub fn gain(share: u32, own: u32, other: u32, threshold: u32) -> u32 {
    (share * (own + other)).saturating_sub(threshold * other)
}

//! Counts of lives by age: all that the survival estimators need.
//!
//! Age n means: n hazards were met. A life that ends at age n survived n - 1 hazards and not the n-th; a
//! life censored at age n survived n. A life that entered at age e meets hazard e + 1 first.

/// Lives by whole age; every list has one entry for each age 0..ages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lives {
    /// Lives that came under observation at that age (0: from their beginning), count.
    pub entries: Vec<u64>,
    /// For each cause the lives that ended at that age, count; shape causes × ages. Nobody ends at age 0.
    pub ends: Vec<Vec<u64>>,
    /// Lives last seen alive at that age, count.
    pub censored: Vec<u64>,
}

impl Lives {
    /// Nobody yet.
    pub fn new(causes: usize, ages: usize) -> Self {
        Self { entries: vec![0; ages], ends: vec![vec![0; ages]; causes], censored: vec![0; ages] }
    }

    /// Number of ages kept.
    pub fn ages(&self) -> usize {
        self.entries.len()
    }

    /// Makes every list at least so many ages long.
    pub fn grow(&mut self, ages: usize) {
        if ages > self.ages() {
            self.entries.resize(ages, 0);
            self.censored.resize(ages, 0);
            self.ends.iter_mut().for_each(|cause| cause.resize(ages, 0));
        }
    }

    /// Whether nobody ever entered.
    pub fn is_empty(&self) -> bool {
        self.entries.iter().all(|&count| count == 0)
    }

    /// Ends of every cause at an age, count.
    pub fn all_ends(&self, age: usize) -> u64 {
        self.ends.iter().map(|cause| cause[age]).sum()
    }

    /// Lives that meet the hazard of each age: entered before it, neither ended nor lost before it.
    /// At age 0, where no hazard is met, the lives that entered there.
    ///
    /// ```
    /// let mut lives = ecotone::stats::lives::Lives::new(1, 4);
    /// lives.entries = vec![10, 5, 0, 0];
    /// lives.ends[0] = vec![0, 2, 1, 0];
    /// lives.censored = vec![0, 0, 3, 9];
    /// assert_eq!(lives.at_risk(), [10, 10, 13, 9]);
    /// ```
    pub fn at_risk(&self) -> Vec<u64> {
        let mut alive = 0_u64;
        let mut at_risk = Vec::with_capacity(self.ages());
        for age in 0..self.ages() {
            at_risk.push(if age == 0 { self.entries[0] } else { alive });
            alive += self.entries[age];
            alive = alive.saturating_sub(self.all_ends(age) + self.censored[age]);
        }
        at_risk
    }
}

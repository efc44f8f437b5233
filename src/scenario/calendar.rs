//! Days of a run as calendar dates and months.

use jiff::civil::Date;

/// Maps day numbers to dates and months.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    start: Date,
    days: u32,
    /// First day of every month touched by the horizon (the first entry is 0).
    month_starts: Vec<u32>,
}

impl Calendar {
    /// The calendar of a run that begins on `start` (ISO date) and lasts `days`.
    ///
    /// # Panics
    /// When `start` is not a date or the horizon leaves the calendar: the checker refuses both.
    ///
    /// ```
    /// let calendar = ecotone::scenario::calendar::Calendar::new("2021-01-15", 60);
    /// assert_eq!(calendar.months(), 3);
    /// assert_eq!(calendar.month_of(16), 0);
    /// assert_eq!(calendar.month_of(17), 1);
    /// assert_eq!(calendar.month_name(1), "2021-02");
    /// assert_eq!(calendar.date(17), "2021-02-01");
    /// ```
    pub fn new(start: &str, days: u32) -> Self {
        let start: Date = start.parse().expect("a checked start date");
        let mut month_starts = vec![0];
        let mut first = start.first_of_month();
        loop {
            first = first.checked_add(jiff::Span::new().months(1)).expect("a checked horizon");
            let day = (first - start).get_days();
            if day >= i32::try_from(days).expect("a checked horizon") {
                break;
            }
            month_starts.push(u32::try_from(day).expect("after the start"));
        }
        Self { start, days, month_starts }
    }

    /// Calendar months touched by the horizon.
    pub fn months(&self) -> usize {
        self.month_starts.len()
    }

    /// Index of the month of a day; days past the horizon belong to the last month.
    pub fn month_of(&self, day: u32) -> usize {
        self.month_starts.partition_point(|&first| first <= day) - 1
    }

    /// First simulated day of a month.
    pub fn month_start(&self, month: usize) -> u32 {
        self.month_starts[month]
    }

    /// Last simulated day of a month.
    pub fn month_end(&self, month: usize) -> u32 {
        self.month_starts.get(month + 1).map_or(self.days, |&next| next) - 1
    }

    /// Whether a month lies wholly inside the horizon.
    pub fn is_whole(&self, month: usize) -> bool {
        let first = self
            .start
            .checked_add(jiff::Span::new().days(i64::from(self.month_start(month))))
            .expect("inside");
        let length = i64::from(self.month_end(month) - self.month_start(month) + 1);
        first.day() == 1 && length == i64::from(first.days_in_month())
    }

    /// ISO date of a day.
    pub fn date(&self, day: u32) -> String {
        self.start.checked_add(jiff::Span::new().days(i64::from(day))).expect("a checked horizon").to_string()
    }

    /// Month as `2021-02`.
    pub fn month_name(&self, month: usize) -> String {
        let date = self.date(self.month_start(month));
        date[..7].to_owned()
    }
}

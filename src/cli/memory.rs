//! Whether a run fits into this machine's memory, asked before anything is allocated.

use crate::cli::refusal::Refusal;

/// Memory that programs can still take, bytes; `None` where the system does not tell.
pub fn available() -> Option<u64> {
    parse(&std::fs::read_to_string("/proc/meminfo").ok()?)
}

/// The reason to refuse when `needed` bytes exceed the `available` ones.
pub fn refuse(needed: u64, available: Option<u64>) -> Option<Refusal> {
    let available = available.filter(|&available| needed > available)?;
    let what = format!(
        "this run needs about {} of memory, and this machine has {} free",
        words(needed),
        words(available)
    );
    Some(Refusal::reason(
        what,
        "simulate fewer users with --users (market.population keeps the scale of the results), \
         or fewer replications at once with --threads",
    ))
}

/// Bytes in words, decimal units.
pub fn words(bytes: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
    match UNITS.iter().find(|(size, _)| bytes >= *size) {
        Some((size, unit)) => format!("{:.1} {unit}", bytes as f64 / *size as f64),
        None => format!("{bytes} bytes"),
    }
}

fn parse(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kibibytes.checked_mul(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn available_memory_is_read_from_the_kernel_text() {
        let text = "MemTotal:       24000000 kB\nMemFree:  1 kB\nMemAvailable:    2000 kB\n";
        assert_eq!(parse(text), Some(2_048_000));
        assert_eq!(parse("MemTotal: 1 kB\n"), None);
    }

    #[test]
    fn a_run_that_does_not_fit_is_refused_with_both_numbers() {
        let Some(Refusal::Reason { what, remedy }) = refuse(6_400_000_000, Some(2_048_000)) else {
            panic!("not refused");
        };
        assert!(what.contains("6.4 GB") && what.contains("2.0 MB"), "{what}");
        assert!(remedy.contains("--users"), "{remedy}");
        assert_eq!(refuse(10, Some(10)), None);
        assert_eq!(refuse(u64::MAX, None), None);
    }
}

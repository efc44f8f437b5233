#[path = "../tests/common/mod.rs"]
mod common;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let (u, d): (u64, u32) = (a[1].parse().unwrap(), a[2].parse().unwrap());
    let th: usize = a[3].parse().unwrap();
    let s = common::scenario(&common::duopoly(u, d));
    ecotone::parallel::with_threads(th, || {
        let t = std::time::Instant::now();
        let mut w = ecotone::world::founding::found(&s, 0);
        println!("founding {:?}", t.elapsed());
        let mut per = vec![0f64; 8];
        for _ in 0..d {
            for (i, p) in ecotone::dynamics::PHASES.iter().enumerate() {
                let t = cpu();
                (p.run)(&mut w, &s);
                per[i] += cpu() - t;
            }
            w.day += 1;
        }
        for (i, p) in ecotone::dynamics::PHASES.iter().enumerate() {
            println!("{:12} {:.2} ns/user-day", p.name, per[i] * 1e9 / (u as f64 * d as f64));
        }
        println!("total {:.2} ns/user-day", per.iter().sum::<f64>() * 1e9 / (u as f64 * d as f64));
        let l = &w.ledger;
        for day in (0..=d as usize).step_by((d as usize / 6).max(1)) {
            let mut v = vec![];
            for p in 0..3 {
                let h: u64 = (0..l.panel.classes)
                    .flat_map(|c| (0..3).map(move |t| (c, t)))
                    .map(|(c, t)| l.panel.home(day, c, p, t))
                    .sum();
                let pay: u64 = (0..l.panel.classes)
                    .flat_map(|c| (1..3).map(move |t| (c, t)))
                    .map(|(c, t)| l.panel.home(day, c, p, t))
                    .sum();
                let (dau, mau) = if day < d as usize {
                    (
                        (0..l.panel.classes)
                            .flat_map(|c| (0..3).map(move |t| (c, t)))
                            .map(|(c, t)| l.panel.active(day, c, p, t))
                            .sum::<u64>(),
                        (0..l.panel.classes).map(|c| l.panel.monthly_active(day, c, p)).sum::<u64>(),
                    )
                } else {
                    (0, 0)
                };
                v.push(format!(
                    "h {:.3} pay {:.3} dau {:.3} mau {:.3}",
                    h as f64 / u as f64,
                    pay as f64 / u as f64,
                    dau as f64 / u as f64,
                    mau as f64 / u as f64
                ));
            }
            println!("{day}: {}", v.join(" | "));
        }
        println!("decisions {} moves {}", l.decisions, l.panel.moves.iter().map(|&m| m as u64).sum::<u64>());
    });
}

fn cpu() -> f64 {
    let s = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    s.split(' ').next().unwrap().parse::<f64>().unwrap() * 1e-9
}

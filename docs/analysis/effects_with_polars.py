"""The effects of a comparison, computed again from its single tidy data set.

    ecotone compare scenarios/first_try.toml --set platforms.community.premium.price=20 --out output/dearer
    pip install polars
    python docs/analysis/effects_with_polars.py output/dearer

Every run and outcome is one row of results.parquet. Replication r has the same chance in both trials, so the effect is the
mean of paired differences; effects.parquet holds the same number with its interval.
"""

import sys

import polars as pl

folder = sys.argv[1]
results = pl.read_parquet(f"{folder}/tables/results.parquet")
told = pl.read_parquet(f"{folder}/tables/effects.parquet")

control = results.filter(pl.col("trial") == "control").select("replication", "outcome", control="value")
effects = (
    results.filter(pl.col("trial") != "control")
    .join(control, on=["replication", "outcome"])
    .group_by("trial", "outcome", maintain_order=True)
    .agg(effect=(pl.col("value") - pl.col("control")).mean(), replications=pl.len())
)
beside = effects.join(
    told.select("outcome", "effect_low", "effect_high", trial="treatment", told="effect"), on=["trial", "outcome"]
)
print(beside.select("outcome", "effect", "effect_low", "effect_high", "replications"))

off = beside.filter((pl.col("effect") - pl.col("told")).abs() > 1e-9 * (1 + pl.col("told").abs()))
sys.exit(f"the program tells other effects: {off}" if off.height or not beside.height else 0)

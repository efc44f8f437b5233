-- The effects of a comparison from its single tidy data set, in DuckDB (also from R: dbGetQuery(con, readr::read_file(...))).
--   ecotone compare scenarios/first_try.toml --set platforms.community.premium.price=20 --out output/dearer
--   cd output/dearer && duckdb < ../../docs/analysis/effects_with_duckdb.sql
SELECT
    treated.trial,
    treated.outcome,
    avg(treated.value - control.value) AS effect,
    stddev_samp(treated.value - control.value) / sqrt(count(*)) AS standard_error,
    count(*) AS replications
FROM 'tables/results.parquet' AS treated
JOIN 'tables/results.parquet' AS control
    ON control.trial = 'control' AND control.replication = treated.replication AND control.outcome = treated.outcome
WHERE treated.trial <> 'control'
GROUP BY ALL
ORDER BY treated.trial, treated.outcome;

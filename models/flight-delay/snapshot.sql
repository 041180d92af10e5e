-- Rows of flight-delay: one flight each, label how late it arrived.
-- Parameters: source, from and cutoff, the first and the last day of the snapshot.
-- In the file, date is the clock at the origin when the flight left, and delay that of its arrival: nobody knows it before the
-- flight has landed, and the file does not say when that was. landed_at is an estimate that most flights keep (README.md).

CREATE TEMP TABLE flight AS
SELECT
    file_row_number AS flight_id,
    date AS departed_at,
    date + to_minutes(60 + distance * 3 // 20) AS landed_at,
    origin,
    destination,
    distance,
    delay
FROM read_parquet(getvariable('source') || '/vega-datasets/data/flights-3m.parquet', file_row_number = true)
WHERE date + to_minutes(60 + distance * 3 // 20) < getvariable('cutoff')::DATE + 1;

-- By airport and hour: the flights from there that landed, wherever, in the three whole hours before.
CREATE TEMP TABLE known AS
SELECT origin, hour + to_hours(later) AS hour, sum(delays)::BIGINT AS delays, sum(flights)::BIGINT AS flights
FROM (
    SELECT origin, date_trunc('hour', landed_at) AS hour, sum(delay) AS delays, count(*) AS flights
    FROM flight
    GROUP BY ALL), unnest([1, 2, 3]) AS t (later)
GROUP BY ALL;

SELECT
    f.flight_id,
    f.departed_at,
    f.origin,
    f.destination,
    f.distance,
    k.delays::DOUBLE / k.flights AS origin_delay_3h,
    coalesce(k.flights, 0) AS origin_flights_3h,
    f.origin || ' ' || strftime(f.departed_at, '%Y-%m-%d') AS origin_day,
    f.delay
FROM flight f
LEFT JOIN known k ON k.origin = f.origin AND k.hour = date_trunc('hour', f.departed_at)
WHERE f.departed_at >= getvariable('from')::DATE;

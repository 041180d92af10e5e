-- Rows of tracker-cost: one third-party request each, label the bytes that it transferred. NOTHING HERE WAS MEASURED: vendors.csv is
-- invented, and all else follows from hashes of numbers (README.md says what is true of it by construction).
-- Parameters: source, vendors (the file), from and cutoff, the first and the last day of the quarter.

-- A number from 0 to 1 for a thing and what is asked of it; the seed is the 7. Nothing depends on order, threads or a generator's state.
CREATE MACRO draw(thing, question) AS (md5_number_lower('7/' || question || '/' || thing) % 1000000007)::DOUBLE / 1000000007;
CREATE MACRO pick(list, thing, question) AS list[1 + floor(draw(thing, question) * len(list))::INTEGER];

CREATE TEMP TABLE quarter AS
SELECT year(getvariable('from')::DATE) * 4 + quarter(getvariable('from')::DATE) AS number;

-- Every vendor has places in which pages ask for something. One in seven keeps its path for ever; the others have another one each
-- quarter, with a release of other bytes behind it.
CREATE TEMP TABLE place AS
SELECT
    host,
    trade,
    popularity,
    host || '/' || slot AS place,
    draw(place, 'keeps') < 1.0 / 7 AS keeps,
    CASE
        WHEN draw(place, 'type') < 0.50 THEN 'image'
        WHEN draw(place, 'type') < 0.80 THEN 'script'
        WHEN draw(place, 'type') < 0.93 THEN 'xhr'
        ELSE 'html'
    END AS type,
    -- Few places get most of the requests, and rarely asked ones are many.
    popularity * (1 + 9 * draw(place, 'share') * draw(place, 'share')) * if(keeps, 2, 1) AS share
FROM
    read_csv(
        getvariable('vendors'), header = true, auto_detect = false, delim = ',', strict_mode = true,
        columns = {'host': 'VARCHAR', 'trade': 'VARCHAR', 'popularity': 'INTEGER'}),
    range(100) AS t (slot);

CREATE TEMP TABLE release AS
SELECT
    *,
    place || '@' || if(keeps, 0, (SELECT number FROM quarter)) AS release,
    -- What a place is for stays, and its path says so.
    CASE type
        WHEN 'script' THEN pick(['loader', 'tag', 'sdk', 'bundle', 'vendor'], place, 'word')
        WHEN 'image' THEN pick(['pixel', 'collect', 'sync', 'spacer', 'banner'], place, 'word')
        WHEN 'xhr' THEN pick(['events', 'config', 'bid', 'profile', 'session'], place, 'word')
        ELSE pick(['frame', 'sync', 'widget'], place, 'word')
    END AS word
FROM place;

CREATE TEMP TABLE path AS
SELECT
    *,
    pick(['/', '/a/', '/static/', '/v2/', '/s/js/', '/p/t/1/'], place, 'folder') || CASE type
        WHEN 'script' THEN word || '.' || substr(md5('7/path/' || release), 1, 8) || '.js'
        WHEN 'image' THEN word || '/' || substr(md5('7/path/' || release), 1, 6) || if(word = 'collect', '', '.gif')
        WHEN 'xhr' THEN word || '/' || substr(md5('7/path/' || release), 1, 6)
        ELSE word || '-' || substr(md5('7/path/' || release), 1, 6) || '.html'
    END || CASE type WHEN 'image' THEN '?' || array_to_string(list_transform(range(1 + floor(draw(place, 'keys') * 6)::INTEGER), lambda i: 'k' || i || '='), '&') ELSE '' END AS path,
    -- Bytes of a usual answer: of the word, the host and the release.
    CASE word
        WHEN 'loader' THEN 20000 WHEN 'tag' THEN 30000 WHEN 'sdk' THEN 45000 WHEN 'bundle' THEN 65000 WHEN 'vendor' THEN 80000
        WHEN 'banner' THEN 18000 WHEN 'config' THEN 2400 WHEN 'bid' THEN 1500 WHEN 'profile' THEN 900
        WHEN 'frame' THEN 8000 WHEN 'widget' THEN 30000
        ELSE if(type = 'html', 1200, if(type = 'xhr', 300, 43))
    END * (0.4 + 1.2 * draw(host, 'weight')) * if(word IN ('pixel', 'collect', 'spacer') OR (word = 'sync' AND type = 'image'), 1, 0.3 + 1.4 * draw(release, 'weight')) AS bytes,
    -- And how often there is none: 204, or a refusal.
    CASE WHEN word IN ('collect', 'events', 'session') THEN 0.92 WHEN type = 'image' AND word <> 'banner' THEN 0.72 WHEN type = 'xhr' THEN 0.15 ELSE 0.06 END AS nothing
FROM release;

CREATE TEMP TABLE share AS
SELECT *, sum(floor(share * 1000)::BIGINT) OVER (ORDER BY place) AS upto, sum(floor(share * 1000)::BIGINT) OVER () AS total
FROM path;

CREATE TEMP TABLE request AS
SELECT
    number || '-' || lpad(i::VARCHAR, 5, '0') AS request,
    if(draw(request, 'initiator') < 0.7, 'script', 'parser') AS initiator,
    floor(draw(request, 'place') * (SELECT max(total) FROM share))::BIGINT AS at
FROM range(40000) AS t (i), quarter;

SELECT
    request AS request_id,
    -- A page asks for some four of its requests at once; the crawl takes the quarter's last month.
    'page ' || lpad(floor(draw(request, 'page') * 9000)::INTEGER::VARCHAR, 4, '0') AS page,
    getvariable('cutoff')::DATE::TIMESTAMP - to_seconds(floor(draw(request, 'second') * 2500000)::BIGINT) AS requested_at,
    'https://' || host || path AS url,
    host,
    trade,
    type,
    initiator,
    draw(request, 'secure') < 0.97 AS https,
    CASE
        WHEN draw(request, 'nothing') < nothing THEN 0
        -- Compression, variants and what the caller is known by: .4 to 1.6 of the usual; half as much again where no script asked.
        ELSE floor(bytes * if(initiator = 'parser', 1.5, 0.8) * (0.4 + 1.2 * draw(request, 'variant')))::BIGINT
    END AS transfer_bytes
FROM request
ASOF JOIN share ON share.upto > request.at;

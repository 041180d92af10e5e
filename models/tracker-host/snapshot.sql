-- Rows of tracker-host: one labelled third-party host each, label 1 if its category is one of those that track.
-- Parameters: source, release and previousRelease (versions of third-party-web).
-- Releases are cumulative: no host ever leaves the map. is_new marks the hosts that came with this release, and they are
-- what the contract's distributions watch; the unlabelled rest (category 'unknown') is what batch scoring is for.

CREATE MACRO hosts_of(version) AS TABLE
SELECT lower(host) AS host, canonical, category
FROM read_csv(
    getvariable('source') || '/third-party-web-' || version || '/dist/domain-map.csv',
    header = false, auto_detect = false, delim = ',', quote = '"', escape = '"', strict_mode = true,
    columns = {'host': 'VARCHAR', 'canonical': 'VARCHAR', 'category': 'VARCHAR'});

SELECT
    host,
    (category IN ('ad', 'analytics', 'social', 'tag-manager', 'marketing', 'consent-provider'))::INTEGER AS label,
    category,
    canonical AS entity,
    -- Hosts of one entity share their label and say the same thing once.
    1.0::DOUBLE / count(*) OVER (PARTITION BY canonical) AS weight,
    host NOT IN (SELECT host FROM hosts_of(getvariable('previousRelease'))) AS is_new
FROM hosts_of(getvariable('release'))
-- cnv.event.prod.bidr.io. with the root's dot is in the releases from 0.29.0 on, beside the same host without it.
-- An underscore is no part of a host name, and serving refuses it (busites_www.s3.amazonaws.com).
WHERE category <> 'unknown' AND NOT ends_with(host, '.') AND NOT contains(host, '_');

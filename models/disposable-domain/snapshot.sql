-- Rows of disposable-domain: one registrable domain each, label 1 if it is on the list of disposable e-mail domains.
-- Parameters: source, disposable, thirdParty, previousDisposable, previousThirdParty (both '' for the first snapshot).
-- Only files of the two named versions are opened, so nothing newer than the cutoff can leak in; psl and
-- email-providers are undated and the same for every snapshot (README.md says what that means).

CREATE MACRO package_file(path) AS getvariable('source') || '/' || path;
CREATE MACRO host_of(raw) AS rtrim(lower(trim(raw)), '.');
CREATE MACRO is_host(host) AS length(host) <= 253 AND regexp_full_match(
    host, '([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\.)+(xn--[a-z0-9-]{1,59}|[a-z]{2,63})');

-- Which snapshot a row belongs to: 0 is this one, 1 the one before.
CREATE TEMP TABLE version AS
SELECT * FROM (VALUES
    (0, getvariable('disposable'), getvariable('thirdParty')),
    (1, getvariable('previousDisposable'), getvariable('previousThirdParty'))) AS v (age, disposable, third_party)
WHERE disposable <> '';

CREATE TEMP TABLE listed AS
SELECT DISTINCT v.age, host_of(domain) AS host
FROM version v
JOIN (
    SELECT regexp_extract(filename, 'disposable-email-domains-([0-9.]+)/', 1) AS disposable,
           unnest(from_json(content, '["VARCHAR"]')) AS domain
    FROM read_text(list_transform(
        list_distinct(list_filter([getvariable('disposable'), getvariable('previousDisposable')], lambda x: x <> '')),
        lambda x: package_file('disposable-email-domains-' || x || '/index.json')))
) USING (disposable);

CREATE TEMP TABLE crawled AS
SELECT DISTINCT v.age, host_of(host) AS host
FROM version v
JOIN (
    SELECT regexp_extract(filename, 'third-party-web-([0-9.]+)/', 1) AS third_party, host
    FROM read_csv(
        list_transform(
            list_distinct(list_filter([getvariable('thirdParty'), getvariable('previousThirdParty')], lambda x: x <> '')),
            lambda x: package_file('third-party-web-' || x || '/dist/domain-map.csv')),
        header = false, auto_detect = false, delim = ',', quote = '"', escape = '"', strict_mode = true, filename = true,
        columns = {'host': 'VARCHAR', 'canonical': 'VARCHAR', 'category': 'VARCHAR'})
) USING (third_party);

CREATE TEMP TABLE provider AS
SELECT DISTINCT host_of(unnest(from_json(content, '["VARCHAR"]'))) AS host
FROM read_text(package_file('email-providers/all.json'));

-- Public suffix rules. The file is 'export default [...];', first the ICANN section, which ends with 'zuerich', then the
-- private one. Only ICANN rules count: a name below a private suffix (blogspot.com) is not a domain that one registers.
CREATE TEMP TABLE suffix_rule AS
WITH numbered AS (
    SELECT unnest(rules) AS rule, generate_subscripts(rules, 1) AS position
    FROM (
        SELECT from_json(regexp_extract(content, '(?s)^\s*export default\s*(\[.*\])\s*;\s*$', 1), '["VARCHAR"]') AS rules
        FROM read_text(package_file('psl/data/rules.js')))
)
SELECT ltrim(rule, '!') AS rule, rule LIKE '!%' AS is_exception
FROM numbered
WHERE position <= (SELECT position FROM numbered WHERE rule = 'zuerich');

-- Registrable domain of every host: an exception rule wins, else the longest rule, else the last label is the suffix.
CREATE TEMP TABLE registrable AS
WITH host AS (
    SELECT host, string_split(host, '.') AS labels
    FROM (SELECT host FROM listed UNION SELECT host FROM crawled UNION SELECT host FROM provider)
    WHERE is_host(host)
),
suffix AS (
    SELECT host, labels, len(labels) - start + 1 AS depth,
           array_to_string(labels[start:], '.') AS exact,
           '*.' || array_to_string(labels[start + 1:], '.') AS wildcard
    FROM host, unnest(range(1, len(labels) + 1)) AS t (start)
),
suffix_length AS (
    SELECT host, any_value(labels) AS labels,
           coalesce(
               max(depth - 1) FILTER (WHERE e.is_exception),
               max(depth) FILTER (WHERE NOT e.is_exception OR w.rule IS NOT NULL),
               1) AS n
    FROM suffix s
    LEFT JOIN suffix_rule e ON e.rule = s.exact
    LEFT JOIN suffix_rule w ON w.rule = s.wildcard
    GROUP BY host
)
SELECT host, array_to_string(labels[len(labels) - n:], '.') AS domain
FROM suffix_length
WHERE len(labels) > n;

-- A list entry below a registrable domain says nothing about the domain as a whole: it is no positive, but it keeps the
-- domain from being a negative.
CREATE TEMP TABLE listed_domain AS
SELECT age, domain, bool_or(domain = host) AS is_listed_itself
FROM listed JOIN registrable USING (host)
GROUP BY age, domain;

CREATE TEMP TABLE labelled AS
SELECT age, domain, 1 AS label FROM listed_domain WHERE is_listed_itself
UNION ALL
SELECT age, domain, 0
FROM (
    SELECT age, domain FROM crawled JOIN registrable USING (host)
    UNION
    SELECT age, domain FROM version CROSS JOIN provider JOIN registrable USING (host)
)
WHERE (age, domain) NOT IN (SELECT age, domain FROM listed_domain);

SELECT
    n.domain,
    n.label,
    p.label AS prev_label,
    p.domain IS NULL AS is_new,
    n.label = 0 AND n.domain IN (SELECT domain FROM provider JOIN registrable USING (host)) AS is_provider,
    string_split(n.domain, '.')[-1] AS tld
FROM labelled n
LEFT JOIN labelled p ON p.age = 1 AND p.domain = n.domain
WHERE n.age = 0;

-- What the web privacy team knew by heart before it had labels: the lookup of a cold start (reference.coldStart in model.yaml).
-- Selects input, the host, and label, 1 for a tracker.

SELECT host AS input, label
FROM (VALUES
    ('www.google-analytics.com', 1),
    ('stats.g.doubleclick.net', 1),
    ('www.googletagmanager.com', 1),
    ('connect.facebook.net', 1),
    ('bat.bing.com', 1),
    ('static.hotjar.com', 1),
    ('px.ads.linkedin.com', 1),
    ('sb.scorecardresearch.com', 1),
    ('fonts.googleapis.com', 0),
    ('fonts.gstatic.com', 0),
    ('ajax.googleapis.com', 0),
    ('cdnjs.cloudflare.com', 0),
    ('code.jquery.com', 0),
    ('cdn.jsdelivr.net', 0),
    ('use.fontawesome.com', 0),
    ('player.vimeo.com', 0)) AS known (host, label);

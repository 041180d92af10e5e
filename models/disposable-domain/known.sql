-- What the sign-up team knew by heart before it had labels: the lookup of a cold start (reference.coldStart in model.yaml).
-- Selects input, the domain, and label, 1 for a disposable one.

SELECT domain AS input, label
FROM (VALUES
    ('mailinator.com', 1),
    ('guerrillamail.com', 1),
    ('10minutemail.com', 1),
    ('yopmail.com', 1),
    ('trashmail.com', 1),
    ('sharklasers.com', 1),
    ('temp-mail.org', 1),
    ('throwawaymail.com', 1),
    ('gmail.com', 0),
    ('outlook.com', 0),
    ('hotmail.com', 0),
    ('yahoo.com', 0),
    ('icloud.com', 0),
    ('gmx.de', 0),
    ('web.de', 0),
    ('protonmail.com', 0)) AS known (domain, label);

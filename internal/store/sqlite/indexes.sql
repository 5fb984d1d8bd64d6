-- Secondary indexes: left out in bulk mode and made at its end.
CREATE INDEX IF NOT EXISTS entity_code ON entity (code);
CREATE INDEX IF NOT EXISTS entity_kb ON entity (kb) WHERE kb IS NOT NULL;
CREATE INDEX IF NOT EXISTS spot_name ON spot (name);
CREATE INDEX IF NOT EXISTS spot_country ON spot (country);
CREATE INDEX IF NOT EXISTS event_day ON event (day, quad, type, status, background, confidence, review);
CREATE INDEX IF NOT EXISTS event_spot ON event (spot) WHERE spot IS NOT NULL;

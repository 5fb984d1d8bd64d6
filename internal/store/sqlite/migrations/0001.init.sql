-- Articles are numbered by day: a = day since 1970 << 24 | number in the day, so
-- that the newest is found first by walking the key backwards, in every table.
-- content holds each document whole; the other tables are made from it and its
-- corrections, and can be made again.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE coder (
  id INTEGER PRIMARY KEY, version TEXT NOT NULL, model TEXT NOT NULL, lexicon TEXT NOT NULL, first_at TEXT NOT NULL,
  UNIQUE (version, model, lexicon)
);

CREATE TABLE article (
  a INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  hash BLOB NOT NULL,
  coder INTEGER NOT NULL,
  url TEXT, outlet TEXT, domain TEXT, country TEXT, title TEXT, published TEXT, language TEXT, genre TEXT,
  events INTEGER NOT NULL, statements INTEGER NOT NULL, claims INTEGER NOT NULL,
  stage TEXT, code TEXT, reason TEXT
);

-- doc is zstd of: title, text, and the document as JSON without its text.
CREATE TABLE content (a INTEGER PRIMARY KEY, title INTEGER NOT NULL, body INTEGER NOT NULL, doc BLOB NOT NULL);

CREATE VIRTUAL TABLE words USING fts5(title, body, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2');

CREATE TABLE sentence (
  a INTEGER NOT NULL, n INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, field TEXT, background TEXT,
  PRIMARY KEY (a, n)
) WITHOUT ROWID;

CREATE TABLE time (
  a INTEGER NOT NULL, n INTEGER NOT NULL, type TEXT NOT NULL, value TEXT NOT NULL, day_from INTEGER, day_to INTEGER,
  start INTEGER NOT NULL, end INTEGER NOT NULL, field TEXT,
  PRIMARY KEY (a, n)
) WITHOUT ROWID;

-- entity is the dictionary of who is named; actor ties an article's actors to it.
-- Those who have no name there ("a man in his thirties") go by their code, with an
-- empty name, or are not in it.
CREATE TABLE entity (
  id INTEGER PRIMARY KEY, hash INTEGER NOT NULL UNIQUE, name TEXT NOT NULL, type TEXT NOT NULL, country TEXT, code TEXT, sectors TEXT NOT NULL, kb TEXT
);
CREATE VIRTUAL TABLE entity_words USING fts5(name, content='entity', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
CREATE TRIGGER entity_added AFTER INSERT ON entity BEGIN
  INSERT INTO entity_words(rowid, name) VALUES (new.id, new.name);
END;
CREATE TABLE actor (
  a INTEGER NOT NULL, n INTEGER NOT NULL, entity INTEGER NOT NULL,
  PRIMARY KEY (a, n)
) WITHOUT ROWID;

CREATE TABLE spot (
  id INTEGER PRIMARY KEY, hash INTEGER NOT NULL UNIQUE, name TEXT NOT NULL COLLATE NOCASE, type TEXT NOT NULL, country TEXT, admin1 TEXT COLLATE NOCASE, lat REAL, lon REAL, kb TEXT
);
CREATE TABLE place (
  a INTEGER NOT NULL, n INTEGER NOT NULL, spot INTEGER NOT NULL,
  PRIMARY KEY (a, n)
) WITHOUT ROWID;

CREATE TABLE event (
  a INTEGER NOT NULL, n INTEGER NOT NULL, id TEXT NOT NULL,
  type TEXT NOT NULL, modes TEXT NOT NULL, contexts TEXT NOT NULL, cameo TEXT, quad INTEGER NOT NULL, score REAL, goldstein REAL,
  status TEXT NOT NULL, background INTEGER NOT NULL, confidence REAL NOT NULL, review TEXT,
  day INTEGER, day_to INTEGER, basis TEXT, spot INTEGER, country TEXT,
  src TEXT NOT NULL, tgt TEXT NOT NULL,
  sentence INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, field TEXT,
  PRIMARY KEY (a, n)
) WITHOUT ROWID;

CREATE TABLE statement (
  a INTEGER NOT NULL, n INTEGER NOT NULL, id TEXT NOT NULL,
  kind TEXT NOT NULL, speaker INTEGER, anonymous INTEGER NOT NULL, source_class TEXT, polarity TEXT NOT NULL, review TEXT, day INTEGER,
  sentence INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, field TEXT,
  PRIMARY KEY (a, n)
) WITHOUT ROWID;

CREATE TABLE claim (
  a INTEGER NOT NULL, n INTEGER NOT NULL, id TEXT NOT NULL,
  low REAL, high REAL, unit TEXT, event TEXT, statement TEXT, disputed INTEGER NOT NULL, review TEXT,
  start INTEGER NOT NULL, end INTEGER NOT NULL, field TEXT,
  PRIMARY KEY (a, n)
) WITHOUT ROWID;

-- part says who takes part in what: role a actor, r recipient, w on whose word
-- (of events); s speaker, b about, d addressee (of statements); c asserts (of claims).
CREATE TABLE part (
  entity INTEGER NOT NULL, role TEXT NOT NULL, a INTEGER NOT NULL, n INTEGER NOT NULL,
  PRIMARY KEY (entity, role, a, n)
) WITHOUT ROWID;

-- pair is an event as seen between two codes; a reciprocal event has both ways.
CREATE TABLE pair (
  src TEXT NOT NULL, tgt TEXT NOT NULL, day INTEGER NOT NULL, a INTEGER NOT NULL, n INTEGER NOT NULL,
  quad INTEGER NOT NULL, score REAL, goldstein REAL, status TEXT NOT NULL, background INTEGER NOT NULL, confidence REAL NOT NULL,
  PRIMARY KEY (src, tgt, day, a, n)
) WITHOUT ROWID;

CREATE TABLE daily (day INTEGER PRIMARY KEY, articles INTEGER NOT NULL, coded INTEGER NOT NULL);

-- Room for stories.
CREATE TABLE story (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, title TEXT, first_day INTEGER, last_day INTEGER);
CREATE TABLE story_article (story INTEGER NOT NULL, a INTEGER NOT NULL, original INTEGER NOT NULL DEFAULT 1, PRIMARY KEY (story, a)) WITHOUT ROWID;
CREATE INDEX story_article_a ON story_article (a);

CREATE TABLE correction (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, article TEXT NOT NULL, record TEXT NOT NULL, anchor TEXT NOT NULL, action TEXT NOT NULL,
  patch BLOB, author TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL
);
CREATE INDEX correction_article ON correction (article);

-- history keeps the documents of coders before; doc is NULL where the next coder
-- made the same records.
CREATE TABLE history (
  article TEXT NOT NULL, seq INTEGER NOT NULL, coder INTEGER NOT NULL, until TEXT NOT NULL, title INTEGER, body INTEGER, doc BLOB,
  PRIMARY KEY (article, seq)
) WITHOUT ROWID;

CREATE TABLE change (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, article TEXT NOT NULL, record TEXT NOT NULL, op TEXT NOT NULL, coder INTEGER NOT NULL
);

CREATE TABLE failure (name TEXT PRIMARY KEY, stage TEXT NOT NULL, code TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;

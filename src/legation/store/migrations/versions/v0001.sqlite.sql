CREATE TABLE names (
    id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    words VARCHAR NOT NULL,
    kind VARCHAR,
    country VARCHAR,
    code VARCHAR,
    sectors VARCHAR NOT NULL,
    identity VARCHAR NOT NULL,
    CONSTRAINT pk_names PRIMARY KEY (id),
    CONSTRAINT uq_names_identity UNIQUE (identity)
);

CREATE INDEX ix_names_country ON names (country);

CREATE TABLE runs (
    id INTEGER NOT NULL,
    what VARCHAR NOT NULL,
    started VARCHAR(27) NOT NULL,
    host VARCHAR NOT NULL,
    pid INTEGER NOT NULL,
    version VARCHAR NOT NULL,
    CONSTRAINT pk_runs PRIMARY KEY (id)
);

CREATE TABLE texts (
    id INTEGER NOT NULL,
    sha256 VARCHAR NOT NULL,
    chars INTEGER NOT NULL,
    body BLOB NOT NULL,
    CONSTRAINT pk_texts PRIMARY KEY (id),
    CONSTRAINT uq_texts_sha256 UNIQUE (sha256)
);

CREATE TABLE commits (
    id INTEGER NOT NULL,
    at VARCHAR(27) NOT NULL,
    clock VARCHAR(27) NOT NULL,
    what VARCHAR NOT NULL,
    run INTEGER,
    CONSTRAINT pk_commits PRIMARY KEY (id),
    CONSTRAINT fk_commits_run FOREIGN KEY(run) REFERENCES runs (id)
);

CREATE INDEX ix_commits_at ON commits (at);

CREATE TABLE run_ends (
    run INTEGER NOT NULL,
    ended VARCHAR(27) NOT NULL,
    outcome VARCHAR NOT NULL,
    counts VARCHAR NOT NULL,
    CONSTRAINT pk_run_ends PRIMARY KEY (run),
    CONSTRAINT fk_run_ends_run FOREIGN KEY(run) REFERENCES runs (id)
);

CREATE TABLE items (
    id INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    known_from INTEGER NOT NULL,
    CONSTRAINT pk_items PRIMARY KEY (id),
    CONSTRAINT uq_items_key UNIQUE ("key"),
    CONSTRAINT fk_items_known_from FOREIGN KEY(known_from) REFERENCES commits (id)
);

CREATE TABLE sources (
    id INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    known_from INTEGER NOT NULL,
    CONSTRAINT pk_sources PRIMARY KEY (id),
    CONSTRAINT uq_sources_key UNIQUE ("key"),
    CONSTRAINT fk_sources_known_from FOREIGN KEY(known_from) REFERENCES commits (id)
);

CREATE TABLE checks (
    id INTEGER NOT NULL,
    source INTEGER NOT NULL,
    at VARCHAR(27) NOT NULL,
    status VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    versions INTEGER NOT NULL,
    details VARCHAR NOT NULL,
    known_from INTEGER NOT NULL,
    CONSTRAINT pk_checks PRIMARY KEY (id),
    CONSTRAINT fk_checks_source FOREIGN KEY(source) REFERENCES sources (id),
    CONSTRAINT fk_checks_known_from FOREIGN KEY(known_from) REFERENCES commits (id)
);

CREATE INDEX ix_checks_source_id ON checks (source, id);

CREATE TABLE item_states (
    id INTEGER NOT NULL,
    "key" VARCHAR NOT NULL,
    source INTEGER NOT NULL,
    guid VARCHAR,
    page VARCHAR,
    next_try VARCHAR(27),
    state VARCHAR NOT NULL,
    known_from INTEGER NOT NULL,
    CONSTRAINT pk_item_states PRIMARY KEY (id),
    CONSTRAINT fk_item_states_source FOREIGN KEY(source) REFERENCES sources (id),
    CONSTRAINT fk_item_states_known_from FOREIGN KEY(known_from) REFERENCES commits (id)
);

CREATE INDEX ix_item_states_key_id ON item_states ("key", id);

CREATE INDEX ix_item_states_page ON item_states (page);

CREATE INDEX ix_item_states_source_guid ON item_states (source, guid);

CREATE INDEX ix_item_states_source_next_try ON item_states (source, next_try);

CREATE TABLE judgements (
    id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    undoes INTEGER,
    item INTEGER,
    anchor VARCHAR NOT NULL,
    other_item INTEGER,
    other_anchor VARCHAR NOT NULL,
    given VARCHAR NOT NULL,
    who VARCHAR NOT NULL,
    why VARCHAR NOT NULL,
    known_from INTEGER NOT NULL,
    CONSTRAINT pk_judgements PRIMARY KEY (id),
    CONSTRAINT fk_judgements_undoes FOREIGN KEY(undoes) REFERENCES judgements (id),
    CONSTRAINT fk_judgements_item FOREIGN KEY(item) REFERENCES items (id),
    CONSTRAINT fk_judgements_other_item FOREIGN KEY(other_item) REFERENCES items (id),
    CONSTRAINT fk_judgements_known_from FOREIGN KEY(known_from) REFERENCES commits (id)
);

CREATE INDEX ix_judgements_item ON judgements (item);

CREATE INDEX ix_judgements_other_item ON judgements (other_item);

CREATE INDEX ix_judgements_undoes ON judgements (undoes);

CREATE TABLE source_versions (
    id INTEGER NOT NULL,
    source INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    country VARCHAR,
    declaration VARCHAR NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    known_from INTEGER NOT NULL,
    CONSTRAINT pk_source_versions PRIMARY KEY (id),
    CONSTRAINT fk_source_versions_source FOREIGN KEY(source) REFERENCES sources (id),
    CONSTRAINT fk_source_versions_known_from FOREIGN KEY(known_from) REFERENCES commits (id)
);

CREATE INDEX ix_source_versions_source_id ON source_versions (source, id);

CREATE TABLE versions (
    id INTEGER NOT NULL,
    item INTEGER NOT NULL,
    number INTEGER NOT NULL,
    text INTEGER NOT NULL,
    source INTEGER,
    name VARCHAR,
    publisher VARCHAR,
    url VARCHAR,
    title VARCHAR,
    byline VARCHAR,
    published DATE,
    published_basis VARCHAR,
    published_at VARCHAR(27),
    language VARCHAR,
    fetched VARCHAR(27),
    notes VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    known_from INTEGER NOT NULL,
    CONSTRAINT pk_versions PRIMARY KEY (id),
    CONSTRAINT uq_versions_item UNIQUE (item, number),
    CONSTRAINT fk_versions_item FOREIGN KEY(item) REFERENCES items (id),
    CONSTRAINT fk_versions_text FOREIGN KEY(text) REFERENCES texts (id),
    CONSTRAINT fk_versions_source FOREIGN KEY(source) REFERENCES sources (id),
    CONSTRAINT fk_versions_known_from FOREIGN KEY(known_from) REFERENCES commits (id)
);

CREATE INDEX ix_versions_published ON versions (published);

CREATE INDEX ix_versions_text ON versions (text);

CREATE TABLE readings (
    id INTEGER NOT NULL,
    version INTEGER NOT NULL,
    item INTEGER NOT NULL,
    model VARCHAR NOT NULL,
    model_version VARCHAR NOT NULL,
    model_sha256 VARCHAR NOT NULL,
    legation VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    rejected VARCHAR,
    rejected_message VARCHAR,
    report BLOB NOT NULL,
    known_from INTEGER NOT NULL,
    CONSTRAINT pk_readings PRIMARY KEY (id),
    CONSTRAINT fk_readings_version FOREIGN KEY(version) REFERENCES versions (id),
    CONSTRAINT fk_readings_item FOREIGN KEY(item) REFERENCES items (id),
    CONSTRAINT fk_readings_known_from FOREIGN KEY(known_from) REFERENCES commits (id)
);

CREATE INDEX ix_readings_item ON readings (item);

CREATE INDEX ix_readings_version_model_sha256 ON readings (version, model_sha256);

CREATE TABLE entities (
    reading INTEGER NOT NULL,
    local VARCHAR NOT NULL,
    name INTEGER NOT NULL,
    role VARCHAR,
    affiliation VARCHAR,
    resolved_by VARCHAR NOT NULL,
    mentions INTEGER NOT NULL,
    CONSTRAINT pk_entities PRIMARY KEY (reading, local),
    CONSTRAINT fk_entities_reading FOREIGN KEY(reading) REFERENCES readings (id),
    CONSTRAINT fk_entities_name FOREIGN KEY(name) REFERENCES names (id)
);

CREATE INDEX ix_entities_name ON entities (name);

CREATE TABLE events (
    id INTEGER NOT NULL,
    reading INTEGER NOT NULL,
    raw INTEGER,
    known_from INTEGER NOT NULL,
    local VARCHAR NOT NULL,
    type VARCHAR NOT NULL,
    mode VARCHAR,
    contexts VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    cameo VARCHAR,
    quad VARCHAR NOT NULL,
    score FLOAT,
    confidence FLOAT NOT NULL,
    trigger_start INTEGER NOT NULL,
    trigger_end INTEGER NOT NULL,
    trigger_text VARCHAR NOT NULL,
    sentence_start INTEGER,
    sentence_end INTEGER,
    sentence_text VARCHAR,
    day_order INTEGER NOT NULL,
    first_day DATE,
    last_day DATE,
    date VARCHAR,
    date_granularity VARCHAR,
    date_basis VARCHAR,
    place VARCHAR,
    place_country VARCHAR,
    geonameid INTEGER,
    lat FLOAT,
    lon FLOAT,
    dead INTEGER,
    injured INTEGER,
    arrested INTEGER,
    according_to VARCHAR,
    mentions VARCHAR NOT NULL,
    also VARCHAR NOT NULL,
    CONSTRAINT pk_events PRIMARY KEY (id),
    CONSTRAINT fk_events_reading FOREIGN KEY(reading) REFERENCES readings (id),
    CONSTRAINT fk_events_raw FOREIGN KEY(raw) REFERENCES events (id),
    CONSTRAINT fk_events_known_from FOREIGN KEY(known_from) REFERENCES commits (id)
);

CREATE INDEX ix_events_day_order_id ON events (day_order, id);

CREATE INDEX ix_events_place_country_day_order_id ON events (place_country, day_order, id);

CREATE INDEX ix_events_raw ON events (raw);

CREATE INDEX ix_events_reading ON events (reading);

CREATE INDEX ix_events_type_day_order_id ON events (type, day_order, id);

CREATE TABLE judgement_matches (
    judgement INTEGER NOT NULL,
    side VARCHAR NOT NULL,
    reading INTEGER NOT NULL,
    target INTEGER NOT NULL,
    known_from INTEGER NOT NULL,
    CONSTRAINT pk_judgement_matches PRIMARY KEY (judgement, side, reading),
    CONSTRAINT fk_judgement_matches_judgement FOREIGN KEY(judgement) REFERENCES judgements (id),
    CONSTRAINT fk_judgement_matches_reading FOREIGN KEY(reading) REFERENCES readings (id),
    CONSTRAINT fk_judgement_matches_known_from FOREIGN KEY(known_from) REFERENCES commits (id)
)
 WITHOUT ROWID;

CREATE INDEX ix_judgement_matches_reading ON judgement_matches (reading);

CREATE INDEX ix_judgement_matches_target ON judgement_matches (target);

CREATE TABLE places (
    reading INTEGER NOT NULL,
    local VARCHAR NOT NULL,
    words_start INTEGER NOT NULL,
    words_end INTEGER NOT NULL,
    words_text VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    country VARCHAR,
    geonameid INTEGER,
    lat FLOAT,
    lon FLOAT,
    CONSTRAINT pk_places PRIMARY KEY (reading, local),
    CONSTRAINT fk_places_reading FOREIGN KEY(reading) REFERENCES readings (id)
)
 WITHOUT ROWID;

CREATE INDEX ix_places_geonameid ON places (geonameid);

CREATE TABLE reading_ends (
    reading INTEGER NOT NULL,
    known_until INTEGER NOT NULL,
    CONSTRAINT pk_reading_ends PRIMARY KEY (reading),
    CONSTRAINT fk_reading_ends_reading FOREIGN KEY(reading) REFERENCES readings (id),
    CONSTRAINT fk_reading_ends_known_until FOREIGN KEY(known_until) REFERENCES commits (id)
);

CREATE TABLE statements (
    id INTEGER NOT NULL,
    reading INTEGER NOT NULL,
    raw INTEGER,
    known_from INTEGER NOT NULL,
    local VARCHAR NOT NULL,
    speaker INTEGER,
    speaker_role VARCHAR,
    speaker_affiliation VARCHAR,
    speaker_start INTEGER,
    speaker_end INTEGER,
    speaker_text VARCHAR,
    cue_start INTEGER NOT NULL,
    cue_end INTEGER NOT NULL,
    cue_text VARCHAR NOT NULL,
    act VARCHAR NOT NULL,
    mode VARCHAR NOT NULL,
    content VARCHAR NOT NULL,
    sentence VARCHAR,
    addressee VARCHAR,
    venue VARCHAR,
    day_order INTEGER NOT NULL,
    first_day DATE,
    last_day DATE,
    date VARCHAR,
    date_granularity VARCHAR,
    date_basis VARCHAR,
    confidence FLOAT NOT NULL,
    CONSTRAINT pk_statements PRIMARY KEY (id),
    CONSTRAINT fk_statements_reading FOREIGN KEY(reading) REFERENCES readings (id),
    CONSTRAINT fk_statements_raw FOREIGN KEY(raw) REFERENCES statements (id),
    CONSTRAINT fk_statements_known_from FOREIGN KEY(known_from) REFERENCES commits (id),
    CONSTRAINT fk_statements_speaker FOREIGN KEY(speaker) REFERENCES names (id)
);

CREATE INDEX ix_statements_day_order_id ON statements (day_order, id);

CREATE INDEX ix_statements_raw ON statements (raw);

CREATE INDEX ix_statements_reading ON statements (reading);

CREATE INDEX ix_statements_speaker_day_order_id ON statements (speaker, day_order, id);

CREATE TABLE event_ends (
    event INTEGER NOT NULL,
    known_until INTEGER NOT NULL,
    CONSTRAINT pk_event_ends PRIMARY KEY (event),
    CONSTRAINT fk_event_ends_event FOREIGN KEY(event) REFERENCES events (id),
    CONSTRAINT fk_event_ends_known_until FOREIGN KEY(known_until) REFERENCES commits (id)
);

CREATE TABLE pairs (
    one VARCHAR NOT NULL,
    other VARCHAR NOT NULL,
    day_order INTEGER NOT NULL,
    event INTEGER NOT NULL,
    CONSTRAINT pk_pairs PRIMARY KEY (one, other, day_order, event),
    CONSTRAINT fk_pairs_event FOREIGN KEY(event) REFERENCES events (id)
)
 WITHOUT ROWID;

CREATE TABLE parties (
    event INTEGER NOT NULL,
    role VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    name INTEGER NOT NULL,
    country VARCHAR,
    day_order INTEGER NOT NULL,
    words_start INTEGER NOT NULL,
    words_end INTEGER NOT NULL,
    words_text VARCHAR NOT NULL,
    CONSTRAINT pk_parties PRIMARY KEY (event, role, number),
    CONSTRAINT fk_parties_event FOREIGN KEY(event) REFERENCES events (id),
    CONSTRAINT fk_parties_name FOREIGN KEY(name) REFERENCES names (id)
)
 WITHOUT ROWID;

CREATE INDEX ix_parties_country_role_day_order_event ON parties (country, role, day_order, event);

CREATE INDEX ix_parties_name_role_day_order_event ON parties (name, role, day_order, event);

CREATE TABLE positions (
    statement INTEGER NOT NULL,
    number INTEGER NOT NULL,
    issue VARCHAR,
    option VARCHAR,
    stance VARCHAR NOT NULL,
    evidence_start INTEGER NOT NULL,
    evidence_end INTEGER NOT NULL,
    evidence_text VARCHAR NOT NULL,
    day_order INTEGER NOT NULL,
    CONSTRAINT pk_positions PRIMARY KEY (statement, number),
    CONSTRAINT fk_positions_statement FOREIGN KEY(statement) REFERENCES statements (id)
)
 WITHOUT ROWID;

CREATE INDEX ix_positions_issue_day_order_statement ON positions (issue, day_order, statement);

CREATE TABLE statement_ends (
    statement INTEGER NOT NULL,
    known_until INTEGER NOT NULL,
    CONSTRAINT pk_statement_ends PRIMARY KEY (statement),
    CONSTRAINT fk_statement_ends_statement FOREIGN KEY(statement) REFERENCES statements (id),
    CONSTRAINT fk_statement_ends_known_until FOREIGN KEY(known_until) REFERENCES commits (id)
);

CREATE TRIGGER checks_stay_update BEFORE UPDATE ON checks BEGIN SELECT RAISE(ABORT, 'rows of checks are never changed or deleted'); END;

CREATE TRIGGER checks_stay_delete BEFORE DELETE ON checks BEGIN SELECT RAISE(ABORT, 'rows of checks are never changed or deleted'); END;

CREATE TRIGGER commits_stay_update BEFORE UPDATE ON commits BEGIN SELECT RAISE(ABORT, 'rows of commits are never changed or deleted'); END;

CREATE TRIGGER commits_stay_delete BEFORE DELETE ON commits BEGIN SELECT RAISE(ABORT, 'rows of commits are never changed or deleted'); END;

CREATE TRIGGER entities_stay_update BEFORE UPDATE ON entities BEGIN SELECT RAISE(ABORT, 'rows of entities are never changed or deleted'); END;

CREATE TRIGGER entities_stay_delete BEFORE DELETE ON entities BEGIN SELECT RAISE(ABORT, 'rows of entities are never changed or deleted'); END;

CREATE TRIGGER event_ends_stay_update BEFORE UPDATE ON event_ends BEGIN SELECT RAISE(ABORT, 'rows of event_ends are never changed or deleted'); END;

CREATE TRIGGER event_ends_stay_delete BEFORE DELETE ON event_ends BEGIN SELECT RAISE(ABORT, 'rows of event_ends are never changed or deleted'); END;

CREATE TRIGGER events_stay_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'rows of events are never changed or deleted'); END;

CREATE TRIGGER events_stay_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'rows of events are never changed or deleted'); END;

CREATE TRIGGER item_states_stay_update BEFORE UPDATE ON item_states BEGIN SELECT RAISE(ABORT, 'rows of item_states are never changed or deleted'); END;

CREATE TRIGGER item_states_stay_delete BEFORE DELETE ON item_states BEGIN SELECT RAISE(ABORT, 'rows of item_states are never changed or deleted'); END;

CREATE TRIGGER items_stay_update BEFORE UPDATE ON items BEGIN SELECT RAISE(ABORT, 'rows of items are never changed or deleted'); END;

CREATE TRIGGER items_stay_delete BEFORE DELETE ON items BEGIN SELECT RAISE(ABORT, 'rows of items are never changed or deleted'); END;

CREATE TRIGGER judgement_matches_stay_update BEFORE UPDATE ON judgement_matches BEGIN SELECT RAISE(ABORT, 'rows of judgement_matches are never changed or deleted'); END;

CREATE TRIGGER judgement_matches_stay_delete BEFORE DELETE ON judgement_matches BEGIN SELECT RAISE(ABORT, 'rows of judgement_matches are never changed or deleted'); END;

CREATE TRIGGER judgements_stay_update BEFORE UPDATE ON judgements BEGIN SELECT RAISE(ABORT, 'rows of judgements are never changed or deleted'); END;

CREATE TRIGGER judgements_stay_delete BEFORE DELETE ON judgements BEGIN SELECT RAISE(ABORT, 'rows of judgements are never changed or deleted'); END;

CREATE TRIGGER names_stay_update BEFORE UPDATE ON names BEGIN SELECT RAISE(ABORT, 'rows of names are never changed or deleted'); END;

CREATE TRIGGER names_stay_delete BEFORE DELETE ON names BEGIN SELECT RAISE(ABORT, 'rows of names are never changed or deleted'); END;

CREATE TRIGGER pairs_stay_update BEFORE UPDATE ON pairs BEGIN SELECT RAISE(ABORT, 'rows of pairs are never changed or deleted'); END;

CREATE TRIGGER pairs_stay_delete BEFORE DELETE ON pairs BEGIN SELECT RAISE(ABORT, 'rows of pairs are never changed or deleted'); END;

CREATE TRIGGER parties_stay_update BEFORE UPDATE ON parties BEGIN SELECT RAISE(ABORT, 'rows of parties are never changed or deleted'); END;

CREATE TRIGGER parties_stay_delete BEFORE DELETE ON parties BEGIN SELECT RAISE(ABORT, 'rows of parties are never changed or deleted'); END;

CREATE TRIGGER places_stay_update BEFORE UPDATE ON places BEGIN SELECT RAISE(ABORT, 'rows of places are never changed or deleted'); END;

CREATE TRIGGER places_stay_delete BEFORE DELETE ON places BEGIN SELECT RAISE(ABORT, 'rows of places are never changed or deleted'); END;

CREATE TRIGGER positions_stay_update BEFORE UPDATE ON positions BEGIN SELECT RAISE(ABORT, 'rows of positions are never changed or deleted'); END;

CREATE TRIGGER positions_stay_delete BEFORE DELETE ON positions BEGIN SELECT RAISE(ABORT, 'rows of positions are never changed or deleted'); END;

CREATE TRIGGER reading_ends_stay_update BEFORE UPDATE ON reading_ends BEGIN SELECT RAISE(ABORT, 'rows of reading_ends are never changed or deleted'); END;

CREATE TRIGGER reading_ends_stay_delete BEFORE DELETE ON reading_ends BEGIN SELECT RAISE(ABORT, 'rows of reading_ends are never changed or deleted'); END;

CREATE TRIGGER readings_stay_update BEFORE UPDATE ON readings BEGIN SELECT RAISE(ABORT, 'rows of readings are never changed or deleted'); END;

CREATE TRIGGER readings_stay_delete BEFORE DELETE ON readings BEGIN SELECT RAISE(ABORT, 'rows of readings are never changed or deleted'); END;

CREATE TRIGGER run_ends_stay_update BEFORE UPDATE ON run_ends BEGIN SELECT RAISE(ABORT, 'rows of run_ends are never changed or deleted'); END;

CREATE TRIGGER run_ends_stay_delete BEFORE DELETE ON run_ends BEGIN SELECT RAISE(ABORT, 'rows of run_ends are never changed or deleted'); END;

CREATE TRIGGER runs_stay_update BEFORE UPDATE ON runs BEGIN SELECT RAISE(ABORT, 'rows of runs are never changed or deleted'); END;

CREATE TRIGGER runs_stay_delete BEFORE DELETE ON runs BEGIN SELECT RAISE(ABORT, 'rows of runs are never changed or deleted'); END;

CREATE TRIGGER source_versions_stay_update BEFORE UPDATE ON source_versions BEGIN SELECT RAISE(ABORT, 'rows of source_versions are never changed or deleted'); END;

CREATE TRIGGER source_versions_stay_delete BEFORE DELETE ON source_versions BEGIN SELECT RAISE(ABORT, 'rows of source_versions are never changed or deleted'); END;

CREATE TRIGGER sources_stay_update BEFORE UPDATE ON sources BEGIN SELECT RAISE(ABORT, 'rows of sources are never changed or deleted'); END;

CREATE TRIGGER sources_stay_delete BEFORE DELETE ON sources BEGIN SELECT RAISE(ABORT, 'rows of sources are never changed or deleted'); END;

CREATE TRIGGER statement_ends_stay_update BEFORE UPDATE ON statement_ends BEGIN SELECT RAISE(ABORT, 'rows of statement_ends are never changed or deleted'); END;

CREATE TRIGGER statement_ends_stay_delete BEFORE DELETE ON statement_ends BEGIN SELECT RAISE(ABORT, 'rows of statement_ends are never changed or deleted'); END;

CREATE TRIGGER statements_stay_update BEFORE UPDATE ON statements BEGIN SELECT RAISE(ABORT, 'rows of statements are never changed or deleted'); END;

CREATE TRIGGER statements_stay_delete BEFORE DELETE ON statements BEGIN SELECT RAISE(ABORT, 'rows of statements are never changed or deleted'); END;

CREATE TRIGGER texts_stay_update BEFORE UPDATE ON texts BEGIN SELECT RAISE(ABORT, 'rows of texts are never changed or deleted'); END;

CREATE TRIGGER texts_stay_delete BEFORE DELETE ON texts BEGIN SELECT RAISE(ABORT, 'rows of texts are never changed or deleted'); END;

CREATE TRIGGER versions_stay_update BEFORE UPDATE ON versions BEGIN SELECT RAISE(ABORT, 'rows of versions are never changed or deleted'); END;

CREATE TRIGGER versions_stay_delete BEFORE DELETE ON versions BEGIN SELECT RAISE(ABORT, 'rows of versions are never changed or deleted'); END;

CREATE VIRTUAL TABLE article_words USING fts5(head, body, content='', tokenize='ascii', columnsize=1);

CREATE VIRTUAL TABLE statement_words USING fts5(head, body, content='', tokenize='ascii', columnsize=1);

CREATE VIRTUAL TABLE event_words USING fts5(head, body, content='', tokenize='ascii', columnsize=1);

CREATE TABLE names (
    id BIGINT NOT NULL,
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
    id BIGINT NOT NULL,
    what VARCHAR NOT NULL,
    started TIMESTAMP WITH TIME ZONE NOT NULL,
    host VARCHAR NOT NULL,
    pid INTEGER NOT NULL,
    version VARCHAR NOT NULL,
    CONSTRAINT pk_runs PRIMARY KEY (id)
);

CREATE TABLE texts (
    id BIGINT NOT NULL,
    sha256 VARCHAR NOT NULL,
    chars INTEGER NOT NULL,
    body BYTEA NOT NULL,
    CONSTRAINT pk_texts PRIMARY KEY (id),
    CONSTRAINT uq_texts_sha256 UNIQUE (sha256)
);

CREATE TABLE commits (
    id BIGINT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    clock TIMESTAMP WITH TIME ZONE NOT NULL,
    what VARCHAR NOT NULL,
    run BIGINT,
    CONSTRAINT pk_commits PRIMARY KEY (id),
    CONSTRAINT fk_commits_run FOREIGN KEY(run) REFERENCES runs (id)
);

CREATE INDEX ix_commits_at ON commits (at);

CREATE TABLE run_ends (
    run BIGINT NOT NULL,
    ended TIMESTAMP WITH TIME ZONE NOT NULL,
    outcome VARCHAR NOT NULL,
    counts VARCHAR NOT NULL,
    CONSTRAINT pk_run_ends PRIMARY KEY (run),
    CONSTRAINT fk_run_ends_run FOREIGN KEY(run) REFERENCES runs (id)
);

CREATE TABLE items (
    id BIGINT NOT NULL,
    key VARCHAR NOT NULL,
    known_from BIGINT NOT NULL,
    CONSTRAINT pk_items PRIMARY KEY (id),
    CONSTRAINT uq_items_key UNIQUE (key),
    CONSTRAINT fk_items_known_from FOREIGN KEY(known_from) REFERENCES commits (id)
);

CREATE TABLE sources (
    id BIGINT NOT NULL,
    key VARCHAR NOT NULL,
    known_from BIGINT NOT NULL,
    CONSTRAINT pk_sources PRIMARY KEY (id),
    CONSTRAINT uq_sources_key UNIQUE (key),
    CONSTRAINT fk_sources_known_from FOREIGN KEY(known_from) REFERENCES commits (id)
);

CREATE TABLE checks (
    id BIGINT NOT NULL,
    source BIGINT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    status VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    versions INTEGER NOT NULL,
    details VARCHAR NOT NULL,
    known_from BIGINT NOT NULL,
    CONSTRAINT pk_checks PRIMARY KEY (id),
    CONSTRAINT fk_checks_source FOREIGN KEY(source) REFERENCES sources (id),
    CONSTRAINT fk_checks_known_from FOREIGN KEY(known_from) REFERENCES commits (id)
);

CREATE INDEX ix_checks_source_id ON checks (source, id);

CREATE TABLE item_states (
    id BIGINT NOT NULL,
    key VARCHAR NOT NULL,
    source BIGINT NOT NULL,
    guid VARCHAR,
    page VARCHAR,
    next_try TIMESTAMP WITH TIME ZONE,
    state VARCHAR NOT NULL,
    known_from BIGINT NOT NULL,
    CONSTRAINT pk_item_states PRIMARY KEY (id),
    CONSTRAINT fk_item_states_source FOREIGN KEY(source) REFERENCES sources (id),
    CONSTRAINT fk_item_states_known_from FOREIGN KEY(known_from) REFERENCES commits (id)
);

CREATE INDEX ix_item_states_key_id ON item_states (key, id);

CREATE INDEX ix_item_states_page ON item_states (page);

CREATE INDEX ix_item_states_source_guid ON item_states (source, guid);

CREATE INDEX ix_item_states_source_next_try ON item_states (source, next_try);

CREATE TABLE judgements (
    id BIGINT NOT NULL,
    kind VARCHAR NOT NULL,
    undoes BIGINT,
    item BIGINT,
    anchor VARCHAR NOT NULL,
    other_item BIGINT,
    other_anchor VARCHAR NOT NULL,
    given VARCHAR NOT NULL,
    who VARCHAR NOT NULL,
    why VARCHAR NOT NULL,
    known_from BIGINT NOT NULL,
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
    id BIGINT NOT NULL,
    source BIGINT NOT NULL,
    name VARCHAR NOT NULL,
    country VARCHAR,
    declaration VARCHAR NOT NULL,
    withdrawn BOOLEAN NOT NULL,
    known_from BIGINT NOT NULL,
    CONSTRAINT pk_source_versions PRIMARY KEY (id),
    CONSTRAINT fk_source_versions_source FOREIGN KEY(source) REFERENCES sources (id),
    CONSTRAINT fk_source_versions_known_from FOREIGN KEY(known_from) REFERENCES commits (id)
);

CREATE INDEX ix_source_versions_source_id ON source_versions (source, id);

CREATE TABLE versions (
    id BIGINT NOT NULL,
    item BIGINT NOT NULL,
    number INTEGER NOT NULL,
    text BIGINT NOT NULL,
    source BIGINT,
    name VARCHAR,
    publisher VARCHAR,
    url VARCHAR,
    title VARCHAR,
    byline VARCHAR,
    published DATE,
    published_basis VARCHAR,
    published_at TIMESTAMP WITH TIME ZONE,
    language VARCHAR,
    fetched TIMESTAMP WITH TIME ZONE,
    notes VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    known_from BIGINT NOT NULL,
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
    id BIGINT NOT NULL,
    version BIGINT NOT NULL,
    item BIGINT NOT NULL,
    model VARCHAR NOT NULL,
    model_version VARCHAR NOT NULL,
    model_sha256 VARCHAR NOT NULL,
    legation VARCHAR NOT NULL,
    digest VARCHAR NOT NULL,
    rejected VARCHAR,
    rejected_message VARCHAR,
    report BYTEA NOT NULL,
    known_from BIGINT NOT NULL,
    CONSTRAINT pk_readings PRIMARY KEY (id),
    CONSTRAINT fk_readings_version FOREIGN KEY(version) REFERENCES versions (id),
    CONSTRAINT fk_readings_item FOREIGN KEY(item) REFERENCES items (id),
    CONSTRAINT fk_readings_known_from FOREIGN KEY(known_from) REFERENCES commits (id)
);

CREATE INDEX ix_readings_item ON readings (item);

CREATE INDEX ix_readings_version_model_sha256 ON readings (version, model_sha256);

CREATE TABLE entities (
    reading BIGINT NOT NULL,
    local VARCHAR NOT NULL,
    name BIGINT NOT NULL,
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
    id BIGINT NOT NULL,
    reading BIGINT NOT NULL,
    raw BIGINT,
    known_from BIGINT NOT NULL,
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
    geonameid BIGINT,
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
    judgement BIGINT NOT NULL,
    side VARCHAR NOT NULL,
    reading BIGINT NOT NULL,
    target BIGINT NOT NULL,
    known_from BIGINT NOT NULL,
    CONSTRAINT pk_judgement_matches PRIMARY KEY (judgement, side, reading),
    CONSTRAINT fk_judgement_matches_judgement FOREIGN KEY(judgement) REFERENCES judgements (id),
    CONSTRAINT fk_judgement_matches_reading FOREIGN KEY(reading) REFERENCES readings (id),
    CONSTRAINT fk_judgement_matches_known_from FOREIGN KEY(known_from) REFERENCES commits (id)
);

CREATE INDEX ix_judgement_matches_reading ON judgement_matches (reading);

CREATE INDEX ix_judgement_matches_target ON judgement_matches (target);

CREATE TABLE places (
    reading BIGINT NOT NULL,
    local VARCHAR NOT NULL,
    words_start INTEGER NOT NULL,
    words_end INTEGER NOT NULL,
    words_text VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    country VARCHAR,
    geonameid BIGINT,
    lat FLOAT,
    lon FLOAT,
    CONSTRAINT pk_places PRIMARY KEY (reading, local),
    CONSTRAINT fk_places_reading FOREIGN KEY(reading) REFERENCES readings (id)
);

CREATE INDEX ix_places_geonameid ON places (geonameid);

CREATE TABLE reading_ends (
    reading BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    CONSTRAINT pk_reading_ends PRIMARY KEY (reading),
    CONSTRAINT fk_reading_ends_reading FOREIGN KEY(reading) REFERENCES readings (id),
    CONSTRAINT fk_reading_ends_known_until FOREIGN KEY(known_until) REFERENCES commits (id)
);

CREATE TABLE statements (
    id BIGINT NOT NULL,
    reading BIGINT NOT NULL,
    raw BIGINT,
    known_from BIGINT NOT NULL,
    local VARCHAR NOT NULL,
    speaker BIGINT,
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
    event BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    CONSTRAINT pk_event_ends PRIMARY KEY (event),
    CONSTRAINT fk_event_ends_event FOREIGN KEY(event) REFERENCES events (id),
    CONSTRAINT fk_event_ends_known_until FOREIGN KEY(known_until) REFERENCES commits (id)
);

CREATE TABLE pairs (
    one VARCHAR NOT NULL,
    other VARCHAR NOT NULL,
    day_order INTEGER NOT NULL,
    event BIGINT NOT NULL,
    CONSTRAINT pk_pairs PRIMARY KEY (one, other, day_order, event),
    CONSTRAINT fk_pairs_event FOREIGN KEY(event) REFERENCES events (id)
);

CREATE TABLE parties (
    event BIGINT NOT NULL,
    role VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    name BIGINT NOT NULL,
    country VARCHAR,
    day_order INTEGER NOT NULL,
    words_start INTEGER NOT NULL,
    words_end INTEGER NOT NULL,
    words_text VARCHAR NOT NULL,
    CONSTRAINT pk_parties PRIMARY KEY (event, role, number),
    CONSTRAINT fk_parties_event FOREIGN KEY(event) REFERENCES events (id),
    CONSTRAINT fk_parties_name FOREIGN KEY(name) REFERENCES names (id)
);

CREATE INDEX ix_parties_country_role_day_order_event ON parties (country, role, day_order, event);

CREATE INDEX ix_parties_name_role_day_order_event ON parties (name, role, day_order, event);

CREATE TABLE positions (
    statement BIGINT NOT NULL,
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
);

CREATE INDEX ix_positions_issue_day_order_statement ON positions (issue, day_order, statement);

CREATE TABLE statement_ends (
    statement BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    CONSTRAINT pk_statement_ends PRIMARY KEY (statement),
    CONSTRAINT fk_statement_ends_statement FOREIGN KEY(statement) REFERENCES statements (id),
    CONSTRAINT fk_statement_ends_known_until FOREIGN KEY(known_until) REFERENCES commits (id)
);

CREATE FUNCTION legation_guard() RETURNS trigger LANGUAGE plpgsql AS
$$BEGIN RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME; END$$;

CREATE TRIGGER checks_stay BEFORE UPDATE OR DELETE ON checks FOR EACH ROW EXECUTE FUNCTION legation_guard();

CREATE TRIGGER commits_stay BEFORE UPDATE OR DELETE ON commits FOR EACH ROW EXECUTE FUNCTION legation_guard();

CREATE TRIGGER entities_stay BEFORE UPDATE OR DELETE ON entities FOR EACH ROW EXECUTE FUNCTION legation_guard();

CREATE TRIGGER event_ends_stay BEFORE UPDATE OR DELETE ON event_ends FOR EACH ROW EXECUTE FUNCTION legation_guard();

CREATE TRIGGER events_stay BEFORE UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION legation_guard();

CREATE TRIGGER item_states_stay BEFORE UPDATE OR DELETE ON item_states FOR EACH ROW EXECUTE FUNCTION legation_guard();

CREATE TRIGGER items_stay BEFORE UPDATE OR DELETE ON items FOR EACH ROW EXECUTE FUNCTION legation_guard();

CREATE TRIGGER judgement_matches_stay BEFORE UPDATE OR DELETE ON judgement_matches FOR EACH ROW EXECUTE FUNCTION legation_guard();

CREATE TRIGGER judgements_stay BEFORE UPDATE OR DELETE ON judgements FOR EACH ROW EXECUTE FUNCTION legation_guard();

CREATE TRIGGER names_stay BEFORE UPDATE OR DELETE ON names FOR EACH ROW EXECUTE FUNCTION legation_guard();

CREATE TRIGGER pairs_stay BEFORE UPDATE OR DELETE ON pairs FOR EACH ROW EXECUTE FUNCTION legation_guard();

CREATE TRIGGER parties_stay BEFORE UPDATE OR DELETE ON parties FOR EACH ROW EXECUTE FUNCTION legation_guard();

CREATE TRIGGER places_stay BEFORE UPDATE OR DELETE ON places FOR EACH ROW EXECUTE FUNCTION legation_guard();

CREATE TRIGGER positions_stay BEFORE UPDATE OR DELETE ON positions FOR EACH ROW EXECUTE FUNCTION legation_guard();

CREATE TRIGGER reading_ends_stay BEFORE UPDATE OR DELETE ON reading_ends FOR EACH ROW EXECUTE FUNCTION legation_guard();

CREATE TRIGGER readings_stay BEFORE UPDATE OR DELETE ON readings FOR EACH ROW EXECUTE FUNCTION legation_guard();

CREATE TRIGGER run_ends_stay BEFORE UPDATE OR DELETE ON run_ends FOR EACH ROW EXECUTE FUNCTION legation_guard();

CREATE TRIGGER runs_stay BEFORE UPDATE OR DELETE ON runs FOR EACH ROW EXECUTE FUNCTION legation_guard();

CREATE TRIGGER source_versions_stay BEFORE UPDATE OR DELETE ON source_versions FOR EACH ROW EXECUTE FUNCTION legation_guard();

CREATE TRIGGER sources_stay BEFORE UPDATE OR DELETE ON sources FOR EACH ROW EXECUTE FUNCTION legation_guard();

CREATE TRIGGER statement_ends_stay BEFORE UPDATE OR DELETE ON statement_ends FOR EACH ROW EXECUTE FUNCTION legation_guard();

CREATE TRIGGER statements_stay BEFORE UPDATE OR DELETE ON statements FOR EACH ROW EXECUTE FUNCTION legation_guard();

CREATE TRIGGER texts_stay BEFORE UPDATE OR DELETE ON texts FOR EACH ROW EXECUTE FUNCTION legation_guard();

CREATE TRIGGER versions_stay BEFORE UPDATE OR DELETE ON versions FOR EACH ROW EXECUTE FUNCTION legation_guard();

CREATE TABLE article_words (id bigint PRIMARY KEY, tokens tsvector NOT NULL);

CREATE INDEX ix_article_words_tokens ON article_words USING gin (tokens);

CREATE TABLE statement_words (id bigint PRIMARY KEY, tokens tsvector NOT NULL);

CREATE INDEX ix_statement_words_tokens ON statement_words USING gin (tokens);

CREATE TABLE event_words (id bigint PRIMARY KEY, tokens tsvector NOT NULL);

CREATE INDEX ix_event_words_tokens ON event_words USING gin (tokens);

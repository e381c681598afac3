CREATE TABLE reading_repeats (
    reading BIGINT NOT NULL,
    legation VARCHAR NOT NULL,
    known_from BIGINT NOT NULL,
    CONSTRAINT pk_reading_repeats PRIMARY KEY (reading, legation),
    CONSTRAINT fk_reading_repeats_reading FOREIGN KEY(reading) REFERENCES readings (id),
    CONSTRAINT fk_reading_repeats_known_from FOREIGN KEY(known_from) REFERENCES commits (id)
);

CREATE TRIGGER reading_repeats_stay BEFORE UPDATE OR DELETE ON reading_repeats FOR EACH ROW EXECUTE FUNCTION legation_guard();

CREATE TABLE reading_repeats (
    reading INTEGER NOT NULL,
    legation VARCHAR NOT NULL,
    known_from INTEGER NOT NULL,
    CONSTRAINT pk_reading_repeats PRIMARY KEY (reading, legation),
    CONSTRAINT fk_reading_repeats_reading FOREIGN KEY(reading) REFERENCES readings (id),
    CONSTRAINT fk_reading_repeats_known_from FOREIGN KEY(known_from) REFERENCES commits (id)
)
 WITHOUT ROWID;

CREATE TRIGGER reading_repeats_stay_update BEFORE UPDATE ON reading_repeats BEGIN SELECT RAISE(ABORT, 'rows of reading_repeats are never changed or deleted'); END;

CREATE TRIGGER reading_repeats_stay_delete BEFORE DELETE ON reading_repeats BEGIN SELECT RAISE(ABORT, 'rows of reading_repeats are never changed or deleted'); END;

CREATE INDEX ix_names_words ON names (words);

CREATE INDEX ix_readings_known_from_id ON readings (known_from, id);

DROP INDEX ix_entities_name;

CREATE INDEX ix_entities_name_reading ON entities (name, reading);

CREATE INDEX ix_entities_roles ON entities (name, reading) WHERE role IS NOT NULL;

CREATE TABLE named (
    name INTEGER NOT NULL,
    day_order INTEGER NOT NULL,
    reading INTEGER NOT NULL,
    CONSTRAINT pk_named PRIMARY KEY (name, day_order, reading),
    CONSTRAINT fk_named_name FOREIGN KEY(name) REFERENCES names (id),
    CONSTRAINT fk_named_reading FOREIGN KEY(reading) REFERENCES readings (id)
)
 WITHOUT ROWID;

INSERT INTO named (name, day_order, reading)
SELECT DISTINCT own.first, coalesce(CAST(julianday(versions.published) - 1721424.5 AS INTEGER), 0), entities.reading
FROM entities
JOIN (
    SELECT names.id, (
        SELECT min(same.id) FROM names AS same
        WHERE same.words = names.words AND same.kind IS names.kind AND same.country IS names.country
    ) AS first
    FROM names
) AS own ON own.id = entities.name
JOIN readings ON readings.id = entities.reading
JOIN versions ON versions.id = readings.version;

CREATE TRIGGER named_stay_update BEFORE UPDATE ON named BEGIN SELECT RAISE(ABORT, 'rows of named are never changed or deleted'); END;

CREATE TRIGGER named_stay_delete BEFORE DELETE ON named BEGIN SELECT RAISE(ABORT, 'rows of named are never changed or deleted'); END;

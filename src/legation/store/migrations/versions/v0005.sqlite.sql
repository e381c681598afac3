ALTER TABLE positions ADD COLUMN whole_confidence FLOAT;

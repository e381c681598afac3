ALTER TABLE positions ADD COLUMN confidence FLOAT;

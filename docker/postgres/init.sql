-- Run once, in the database orders, when the server is made. The passwords are an example's.

-- Debezium: may stream and read, owns nothing.
CREATE ROLE debezium LOGIN REPLICATION PASSWORD 'debezium';
-- This project's connector: may look, no more.
CREATE ROLE cdc_progress LOGIN PASSWORD 'cdc_progress';
GRANT pg_monitor TO cdc_progress;
-- The sink's target, on the same server for the example's sake.
CREATE ROLE warehouse LOGIN PASSWORD 'warehouse';
CREATE DATABASE warehouse OWNER warehouse;

CREATE TABLE customers (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now()
);
-- Signals to Debezium, such as that to take a new snapshot; see docs/runbook.md.
CREATE TABLE debezium_signal (id varchar(42) PRIMARY KEY, type varchar(32) NOT NULL, data varchar(2048));

GRANT SELECT ON customers TO debezium;
GRANT SELECT, INSERT ON debezium_signal TO debezium;
CREATE PUBLICATION orders FOR TABLE customers, debezium_signal;

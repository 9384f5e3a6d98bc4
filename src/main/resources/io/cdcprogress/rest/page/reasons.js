// Why a number is not there: the first finding that hides it.

const DATABASE = ['SOURCE_UNREACHABLE', 'NOT_AUTHORIZED', 'SLOT_MISSING', 'SLOT_LOST'];
const KAFKA = ['KAFKA_UNREACHABLE', 'NOT_AUTHORIZED', 'SINK_GROUP_MISSING'];
const POSITION = [
  'POSITION_UNKNOWN', 'SNAPSHOTTING', ...KAFKA, 'CLUSTER_MISMATCH', 'TOPIC_RECREATED', 'DATABASE_REPLACED', 'FAILOVER',
  'SLOT_RECREATED', 'DATA_LOSS', ...DATABASE];

const CAUSES = {
  source_lsn: DATABASE,
  processed_lsn: DATABASE,
  restart_lsn: DATABASE,
  lag_bytes: DATABASE,
  retained_wal_bytes: DATABASE,
  slot_active: DATABASE,
  wal_status: DATABASE,
  sink_lag_records: KAFKA,
  sink_partitions: KAFKA,
  sink_group_state: KAFKA,
};

/** The words under an unknown number. */
export function reason(sink, field) {
  const findings = (sink.findings ?? '').split(',').filter(name => name && name !== 'NONE');
  const cause = (CAUSES[field] ?? POSITION).find(name => findings.includes(name)) ?? findings[0];
  return cause ? cause.toLowerCase().replaceAll('_', ' ') : 'not told';
}

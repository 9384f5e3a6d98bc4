package io.cdcprogress.model;

/**
 * What Connect REST says of a pipeline's source connector. Null is "not told".
 *
 * @param asked false where no {@code connect.url} or no {@code source.connector} is configured
 * @param offsetRead whether its stored offset has ever been read
 * @param storedCommit {@code lsn_commit} of its stored source offset ({@code GET /connectors/{n}/offsets}); null also
 *     where nothing has been streamed yet, as during an initial snapshot
 * @param storedAskedAt {@link System#nanoTime} before that was asked for
 * @param connector its state; MISSING where Connect has no such connector
 * @param statusAskedAt {@link System#nanoTime} before that was asked for
 * @param heartbeats whether it is configured to beat in Debezium's heartbeat topic of its prefix: one that is there may be
 *     left over from when it was
 * @param confirmsStored whether it confirms to the slot only what Connect has stored before ({@code lsn.flush.mode})
 * @param distrust a setting of the connector under which its offset proves nothing, as {@code key=value}
 * @param failure why something of this could not be read; the rest may be older then
 */
public record SourceConnectorFacts(
        boolean asked,
        boolean offsetRead,
        Lsn storedCommit,
        long storedAskedAt,
        ConnectorFacts connector,
        long statusAskedAt,
        Boolean heartbeats,
        Boolean confirmsStored,
        String distrust,
        Failure failure) {
    /** Where nothing is configured to be asked. */
    public static final SourceConnectorFacts NOT_ASKED =
            new SourceConnectorFacts(false, false, null, 0, null, 0, null, null, null, null);

    /** Whether the connector and all its tasks run, by all that is known. */
    public boolean running() {
        return connector != null && connector.is(ConnectorFacts.State.RUNNING);
    }
}

package io.cdcprogress.position;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the messages of {@code pgoutput}, protocol version 1; of rows it only counts that there are some. */
final class PgOutput {
    /** Microseconds from 1970 to 2000, where PostgreSQL's own clock starts. */
    private static final long POSTGRES_EPOCH = 946_684_800_000_000L;

    private final Map<Integer, String> tables = new HashMap<>();
    private final List<CommittedTransaction> transactions = new ArrayList<>();
    private final Map<String, Integer> changes = new HashMap<>();
    private long xid;

    void read(byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message);
        switch (in.get()) {
            case 'B' -> begin(in);
            case 'R' -> relation(in);
            case 'I', 'U', 'D' -> changes.merge(tables.get(in.getInt()), 1, Integer::sum);
            case 'C' -> commit(in);
            default -> {} // origins, types, truncations: no rows
        }
    }

    private void begin(ByteBuffer in) {
        in.getLong(); // where the commit record begins
        in.getLong(); // the commit time, which the commit message has as well
        xid = Integer.toUnsignedLong(in.getInt());
        changes.clear();
    }

    private void relation(ByteBuffer in) {
        int id = in.getInt();
        text(in); // the schema
        tables.put(id, text(in));
    }

    private void commit(ByteBuffer in) {
        in.get(); // flags
        in.getLong(); // where the commit record begins
        long end = in.getLong();
        transactions.add(new CommittedTransaction(xid, end, in.getLong() + POSTGRES_EPOCH, changes));
    }

    private static String text(ByteBuffer in) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (byte next = in.get(); next != 0; next = in.get()) {
            text.write(next);
        }
        return text.toString(UTF_8);
    }

    /** Those that changed something, in the order of their commits. */
    List<CommittedTransaction> transactions() {
        return transactions.stream().filter(t -> !t.changes().isEmpty()).toList();
    }
}

package io.cdcprogress.position;

import io.cdcprogress.stack.CdcPipeline;
import io.cdcprogress.stack.Database;
import io.cdcprogress.stack.StackException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sessions that write at the same time: inserts, updates and deletes of 1 to 200 rows over several tables, in transactions
 * that overlap; some are rolled back, some touch only a table that is not captured.
 */
final class Workload {
    static final String UNCAPTURED = "not_captured";
    private static final int MOST_ROWS = 200;

    private final Database database;
    private final String dbname;
    private final List<String> tables;
    private final long seed;

    Workload(Database database, String dbname, List<String> tables) {
        this(database, dbname, tables, Long.getLong("cdc.seed", System.nanoTime()));
    }

    Workload(Database database, String dbname, List<String> tables, long seed) {
        this.database = database;
        this.dbname = dbname;
        this.tables = tables;
        this.seed = seed;
        System.out.println("workload of " + dbname + ": -Dcdc.seed=" + seed);
    }

    long seed() {
        return seed;
    }

    /** Returns when every session has ended its last transaction. */
    void run(int sessions, int transactionsEach) {
        ExecutorService threads = Executors.newFixedThreadPool(sessions);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            Random random = new Random(seed + i);
            running.add(threads.submit(() -> session(random, transactionsEach)));
        }
        threads.shutdown();
        try {
            for (Future<?> session : running) {
                session.get();
            }
        } catch (ExecutionException e) {
            throw new StackException("the workload with seed " + seed, e.getCause());
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
            throw new StackException("the workload with seed " + seed, e);
        }
    }

    private void session(Random random, int transactions) {
        try (Connection connection = database.connect(dbname);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < transactions; i++) {
                boolean captured = random.nextInt(5) > 0;
                for (int s = 1 + random.nextInt(4); s > 0; s--) {
                    statement.execute(change(random, captured));
                    // So that others commit between two statements: what began early is published late.
                    statement.execute("SELECT pg_sleep(" + random.nextInt(60) / 1000.0 + ")");
                }
                if (random.nextInt(8) == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                }
            }
        } catch (SQLException e) {
            throw new StackException("a session", e);
        }
    }

    private String change(Random random, boolean captured) {
        String table = captured ? tables.get(random.nextInt(tables.size())) : UNCAPTURED;
        int rows = 1 + (random.nextInt(4) == 0 ? random.nextInt(MOST_ROWS) : random.nextInt(5));
        // Rows that another session holds are left to it, so nobody waits for anybody.
        String some =
                " WHERE id IN (SELECT id FROM " + table + " ORDER BY id LIMIT " + rows + " FOR UPDATE SKIP LOCKED)";
        return switch (random.nextInt(6)) {
            case 0 -> "DELETE FROM " + table + some;
            case 1, 2 -> "UPDATE " + table + " SET amount = amount + 1" + some;
            default -> CdcPipeline.insertion(table, rows);
        };
    }
}

package io.cdcprogress.observe.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.config.PostgresServer;
import io.cdcprogress.model.Finding;
import java.io.EOFException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlStatesTest {
    private static final PostgresServer SERVER =
            new PostgresServer("db", 5432, "monitor", null, "prefer", null, null, null);

    private static String detail(SQLException e) {
        return SqlStates.failure(e, SERVER).detail();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            28P01, NOT_AUTHORIZED,     refused user,        database.password
            28000, NOT_AUTHORIZED,     refused user,        database.user
            08004, NOT_AUTHORIZED,     refused user,        database.password
            42501, NOT_AUTHORIZED,     denied user,         database.user
            3D000, SOURCE_UNREACHABLE, no such database,    database.dbname
            08006, SOURCE_UNREACHABLE, did not answer: why, -
            57014, SOURCE_UNREACHABLE, answered: why,       -
            53300, SOURCE_UNREACHABLE, answered: why,       -
            """)
    void tellsByStateWhatItMeansAndWhichKeyIsToBlame(String state, Finding finding, String words, String key) {
        SQLException e = new SQLException("why", state);
        assertThat(SqlStates.failure(e, SERVER).finding()).isEqualTo(finding);
        assertThat(detail(e)).contains("db:5432").contains(words);
        assertThat(SqlStates.refusedKey(e)).isEqualTo(key);
    }

    @Test
    void blamesTlsWhereItIsTls() {
        assertThat(SqlStates.refusedKey(new SQLException("The server does not support SSL.", "08004")))
                .isEqualTo("database.sslmode");
    }

    @Test
    void namesTheDeepestCauseThatHasWords() {
        assertThat(detail(new SQLException("failed", "08001", new UnknownHostException("db"))))
                .contains("does not resolve");
        assertThat(detail(new SQLException("An I/O error occurred", "08006", new EOFException())))
                .contains("An I/O error occurred (EOFException)")
                .doesNotContain("null");
    }
}

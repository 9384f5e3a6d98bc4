package io.cdcprogress.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("embedded")
class EmbeddedDatabaseIT {
    @ParameterizedTest
    @EnumSource(PostgresRelease.class)
    void everyReleaseDecodesAndChecksPasswords(PostgresRelease release) throws SQLException {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(release, Map.of("max_connections", "50"))) {
            assertThat(database.query("postgres", "SHOW server_version")).startsWith(release.major() + ".");
            assertThat(database.query("postgres", "SHOW wal_level")).isEqualTo("logical");
            assertThat(database.query("postgres", "SHOW max_connections")).isEqualTo("50");
            database.execute("postgres", "CREATE ROLE monitor LOGIN PASSWORD 'right'");
            String url = database.jdbcUrl("postgres");

            assertThatThrownBy(() -> DriverManager.getConnection(url, "monitor", "wrong"))
                    .hasMessageContaining("password authentication failed");
            try (Connection connection = DriverManager.getConnection(url, "monitor", "right")) {
                assertThat(connection.isValid(1)).isTrue();
            }
        }
    }
}

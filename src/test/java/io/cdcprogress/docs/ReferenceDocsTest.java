package io.cdcprogress.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferenceDocsTest {
    @Test
    void pagesSayWhatTheCodeSays() {
        for (Map.Entry<Path, String> page : ReferenceDocs.pages().entrySet()) {
            assertThat(page.getKey())
                    .as("stale: run `mvn -Pdocs process-test-classes`")
                    .hasContent(page.getValue());
        }
    }
}

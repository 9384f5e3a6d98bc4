package io.cdcprogress.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/http.md shows is what there is. */
class HttpDocsTest {
    private static final Pattern ENDPOINT = Pattern.compile("\\| `(/pipelines[^`?]*)");

    private static String text(String file) throws IOException {
        return Files.readString(Path.of(file));
    }

    @Test
    void itsJavaIsTheExampleThatIsCompiledAndRun() throws IOException {
        String code = text("src/test/java/io/cdcprogress/rest/WaitForSink.java");
        String method = code.substring(code.indexOf("    /** Whether the"), code.lastIndexOf('}'))
                .stripTrailing()
                .stripIndent();
        assertThat(text("docs/http.md")).contains("```java\n" + method + "\n```");
    }

    @Test
    void itNamesTheEndpointsThatThereAre() throws IOException {
        Matcher matcher = ENDPOINT.matcher(text("docs/http.md"));
        Set<String> named = new TreeSet<>();
        while (matcher.find()) {
            named.add(matcher.group(1));
        }
        Set<String> served = new TreeSet<>();
        OpenApi.read().path("paths").fieldNames().forEachRemaining(served::add);
        served.remove("/openapi.json");
        assertThat(named).isEqualTo(served);
    }
}

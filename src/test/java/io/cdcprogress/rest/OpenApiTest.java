package io.cdcprogress.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The description names the endpoints that there are, and their parameters. */
class OpenApiTest {
    private static final JsonNode API = OpenApi.read();

    /** The names of the parameters, by path. */
    private static Map<String, Set<String>> served() {
        Map<String, Set<String>> paths = new TreeMap<>();
        Stream.of(MonitoringResource.class, ReachedResource.class)
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(method -> method.isAnnotationPresent(GET.class))
                .forEach(method -> paths.put(path(method), parameters(method)));
        return paths;
    }

    private static String path(Method method) {
        Path own = method.getAnnotation(Path.class);
        String path = method.getDeclaringClass().getAnnotation(Path.class).value() + (own == null ? "" : own.value());
        return path.substring(API.at("/servers/0/url").asText().length());
    }

    private static Set<String> parameters(Method method) {
        Set<String> names = new TreeSet<>();
        for (Annotation[] annotations : method.getParameterAnnotations()) {
            for (Annotation annotation : annotations) {
                if (annotation instanceof PathParam parameter) {
                    names.add(parameter.value());
                } else if (annotation instanceof QueryParam parameter) {
                    names.add(parameter.value());
                }
            }
        }
        return names;
    }

    private static Map<String, Set<String>> described() {
        Map<String, Set<String>> paths = new TreeMap<>();
        API.path("paths").properties().forEach(path -> {
            Set<String> names = new TreeSet<>();
            for (JsonNode parameter : path.getValue().at("/get/parameters")) {
                JsonNode found = parameter.has("$ref")
                        ? API.at(parameter.path("$ref").asText().substring(1))
                        : parameter;
                names.add(found.path("name").asText());
            }
            paths.put(path.getKey(), names);
        });
        return paths;
    }

    @Test
    void itsPathsAndParametersAreThoseThatAreServed() {
        assertThat(described()).isEqualTo(served()).hasSize(6);
    }

    @Test
    void theRecordsFieldsAreThereWithTheirMeaning() {
        JsonNode sink = API.at("/components/schemas/Sink");
        assertThat(sink.at("/properties/sink_lsn/type").toString()).isEqualTo("[\"string\",\"null\"]");
        assertThat(sink.at("/properties/observed_at/description").asText()).endsWith("Milliseconds since 1970.");
        assertThat(sink.path("required")).hasSameSizeAs(sink.path("properties"));
        assertThat(API.at("/components/schemas/Partition/properties").has("next_lsn"))
                .isTrue();
    }

    @Test
    void anAnswerThatIsNotAsDescribedIsNoticed() {
        ApiDescription description = new ApiDescription(API);
        Now now = Records.now(0);
        List<ProgressTable.Entry> sinks =
                List.of(new ProgressTable.Entry(Records.progress(0, Map.of()), new History()));
        String path = "/pipelines/{pipeline_id}/lag";
        description.describes(path, 200, Answers.lag(sinks, now));
        List<ObjectNode> wrong = List.of(
                Answers.lag(sinks, now).put("more", 1),
                Answers.lag(sinks, now).put("lag_bytes", "1"),
                Answers.lag(sinks, now).put("age_ms", -1),
                (ObjectNode) Answers.lag(sinks, now).without("source_lsn"));
        for (ObjectNode answer : wrong) {
            assertThatThrownBy(() -> description.describes(path, 200, answer)).isInstanceOf(AssertionError.class);
        }
    }
}

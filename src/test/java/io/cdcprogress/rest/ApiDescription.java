package io.cdcprogress.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

/** The OpenAPI file, as something to hold answers against. Fields that it does not name are taken for wrong. */
final class ApiDescription {
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final JsonNode api;

    ApiDescription(JsonNode api) {
        this.api = api.deepCopy();
        this.api.findParents("properties").forEach(ApiDescription::close);
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.path("type").asText().equals("object")) {
            object.put("additionalProperties", false);
        }
    }

    /** @param path as the file has it, like {@code /pipelines/{pipeline_id}/lag} */
    void describes(String path, int status, JsonNode answer) {
        JsonNode response = resolved(
                api.path("paths").path(path).path("get").path("responses").path(String.valueOf(status)));
        JsonNode described = response.path("content").path("application/json").path("schema");
        assertThat(described.isObject())
                .as("%s of %s is described", status, path)
                .isTrue();
        ObjectNode schema = described.deepCopy();
        schema.set("components", api.path("components"));
        Schema judge = SCHEMAS.getSchema(schema);
        assertThat(judge.validate(answer)).as("%s: %s", path, answer).isEmpty();
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? api.at(node.path("$ref").asText().substring(1)) : node;
    }
}

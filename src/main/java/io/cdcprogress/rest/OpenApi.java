package io.cdcprogress.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cdcprogress.model.BuildProperties;
import io.cdcprogress.record.ProgressSchemas;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Timestamp;

/** The description of the endpoints: {@code openapi.json}, with the fields of the records as their schemas have them. */
final class OpenApi {
    private OpenApi() {}

    static ObjectNode read() {
        try (InputStream in = OpenApi.class.getResourceAsStream("openapi.json")) {
            ObjectNode api = new ObjectMapper().readValue(in, ObjectNode.class);
            ((ObjectNode) api.path("info")).put("version", BuildProperties.version());
            ObjectNode schemas = (ObjectNode) api.at("/components/schemas");
            Schema progress = ProgressSchemas.PROGRESS;
            add(
                    schemas,
                    "Pipeline",
                    Answers.PIPELINE_FIELDS.stream().map(progress::field).toList());
            add(schemas, "Sink", progress.fields());
            add(
                    schemas,
                    "Partition",
                    ProgressSchemas.PARTITION.fields().stream()
                            .filter(field -> !Answers.NOT_OF_PARTITIONS.contains(field.name()))
                            .toList());
            return api;
        } catch (IOException e) {
            throw new UncheckedIOException("openapi.json is missing from the jar", e);
        }
    }

    private static void add(ObjectNode schemas, String name, List<Field> fields) {
        ObjectNode properties = schemas.withObject("/" + name + "/properties");
        ArrayNode required = schemas.withArray("/" + name + "/required");
        for (Field field : fields) {
            required.add(field.name());
            write(properties.putObject(field.name()), field.schema());
        }
    }

    private static void write(ObjectNode property, Schema schema) {
        String type = type(schema.type());
        if (schema.isOptional()) {
            property.putArray("type").add(type).add("null");
        } else {
            property.put("type", type);
        }
        boolean time = Timestamp.LOGICAL_NAME.equals(schema.name());
        property.put("description", schema.doc() + (time ? " Milliseconds since 1970." : ""));
    }

    private static String type(Schema.Type type) {
        return switch (type) {
            case INT32, INT64 -> "integer";
            case FLOAT64 -> "number";
            case BOOLEAN -> "boolean";
            case STRING -> "string";
            case INT8, INT16, FLOAT32, BYTES, ARRAY, MAP, STRUCT ->
                throw new IllegalStateException("no progress record has a field of type " + type);
        };
    }
}

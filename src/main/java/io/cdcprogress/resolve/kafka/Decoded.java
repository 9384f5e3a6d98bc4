package io.cdcprogress.resolve.kafka;

import io.cdcprogress.model.ChangePosition;

/**
 * What a record told about its position.
 *
 * @param position null where it told none
 * @param problem why there is none, never with anything of the record's content; null where there is one
 */
public record Decoded(ChangePosition position, String problem) {
    static Decoded at(ChangePosition position) {
        return new Decoded(position, null);
    }

    static Decoded none(String problem) {
        return new Decoded(null, problem);
    }
}

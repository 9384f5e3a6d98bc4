package io.cdcprogress.evaluate;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What holds, in the order of the findings, each with what there is to say of it. */
final class Findings {
    private final Map<Finding, String> sentences = new EnumMap<>(Finding.class);

    /** The first sentence of a finding stays. */
    void add(Finding finding, String sentence) {
        sentences.putIfAbsent(finding, sentence);
    }

    /** Several things may not have been observed for one reason. */
    void add(Failure failure) {
        sentences.merge(
                failure.finding(), failure.detail(), (one, other) -> one.contains(other) ? one : one + "; " + other);
    }

    boolean none() {
        return sentences.isEmpty();
    }

    boolean has(Finding finding) {
        return sentences.containsKey(finding);
    }

    List<Finding> inOrder() {
        return List.copyOf(sentences.keySet());
    }

    String detail() {
        return String.join("; also: ", sentences.values());
    }
}

package io.cdcprogress.evaluate;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What holds, in the order of the findings, each with what there is to say of it. */
final class Findings {
    private static final String CLAUSE = "; ";

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

    /** All of it, but no clause twice: several findings may have one cause, and one cure. */
    String detail() {
        Set<String> said = new HashSet<>();
        return sentences.values().stream()
                .map(sentence ->
                        Stream.of(sentence.split(CLAUSE, -1)).filter(said::add).collect(Collectors.joining(CLAUSE)))
                .filter(sentence -> !sentence.isEmpty())
                .collect(Collectors.joining(CLAUSE + "also: "));
    }
}

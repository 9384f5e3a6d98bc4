package io.cdcprogress.resolve;

import io.cdcprogress.model.TopicFacts;
import java.util.HexFormat;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/**
 * Which topics a position was told of, as a short text: a hash of each, so that topics that came since can be told from
 * topics that are gone or are others now; of very many topics one hash of all, which any change of the set alters. Pure.
 */
final class TopicHashes {
    /** The text is stored at every observation: a kilobyte at most. */
    private static final int EACH = 150;

    private static final int DIGITS = 6;

    private TopicHashes() {}

    static String text(Map<String, TopicFacts> topics) {
        NavigableSet<String> hashes = hashes(topics);
        return topics.size() > EACH ? all(hashes) : String.join("", hashes);
    }

    /**
     * Whether every topic of a text is there yet, under the same name and id.
     *
     * @param consumed those of which the text would be told now
     * @param present all that are there
     */
    static boolean within(String text, Map<String, TopicFacts> consumed, Map<String, TopicFacts> present) {
        NavigableSet<String> hashes = hashes(present);
        return text.startsWith("*")
                ? text.equals(all(hashes(consumed)))
                : IntStream.range(0, text.length() / DIGITS)
                        .mapToObj(i -> text.substring(i * DIGITS, (i + 1) * DIGITS))
                        .allMatch(hashes::contains);
    }

    private static NavigableSet<String> hashes(Map<String, TopicFacts> topics) {
        return topics.entrySet().stream()
                .map(topic -> hash(topic.getKey() + "/" + topic.getValue().id()).substring(8 - DIGITS))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String all(NavigableSet<String> hashes) {
        return "*" + hash(String.join("", hashes));
    }

    /** Eight hexadecimal digits; names and ids of topics are ASCII. */
    private static String hash(String text) {
        CRC32 crc = new CRC32();
        text.chars().forEach(crc::update);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}

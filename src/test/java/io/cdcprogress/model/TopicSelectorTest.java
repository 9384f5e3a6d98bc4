package io.cdcprogress.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TopicSelectorTest {
    private static final Set<String> OWN = Set.of("cdc.progress", "cdc.progress.partitions");

    @Test
    void takesTopicsBelowThePrefix() {
        TopicSelector selector = new TopicSelector("shop", null, Set.of(), OWN);
        assertThat(selector.matches("shop.public.orders")).isTrue();
        assertThat(selector.matches("shopping.public.orders")).isFalse();
        assertThat(selector.matches("shop")).isFalse();
    }

    @Test
    void leavesTransactionMetadataAndHeartbeatsOut() {
        assertThat(new TopicSelector("shop", null, Set.of(), OWN).matches("shop.transaction"))
                .isFalse();
        assertThat(new TopicSelector(null, Pattern.compile(".*"), Set.of(), OWN).matches("__debezium-heartbeat.shop"))
                .isFalse();
    }

    @Test
    void leavesTopicsOfALongerPrefixToItsPipeline() {
        TopicSelector selector = new TopicSelector("shop", null, Set.of("shop.eu"), OWN);
        assertThat(selector.matches("shop.eu.public.orders")).isFalse();
        assertThat(selector.matches("shop.europe.orders")).isTrue();
    }

    @Test
    void neverTakesThisConnectorsOwnTopics() {
        assertThat(new TopicSelector("cdc", null, Set.of(), OWN).matches("cdc.progress"))
                .isFalse();
        assertThat(new TopicSelector(null, Pattern.compile("cdc\\..*"), Set.of(), OWN)
                        .matches("cdc.progress.partitions"))
                .isFalse();
    }

    @Test
    void knowsHeartbeatsAndTransactionsOfRenamedTopicsByTheirPrefix() {
        TopicSelector selector =
                new TopicSelector("shop", Pattern.compile("\\Qshop.\\E.*|orders"), Set.of("shop.eu"), OWN);
        assertThat(selector.heartbeat()).isEqualTo("__debezium-heartbeat.shop");
        assertThat(selector.matches("orders")).isTrue();
        assertThat(selector.matches("shop.public.customers")).isTrue();
        assertThat(selector.matches("shop.transaction")).isFalse();
        assertThat(selector.matches("shop.eu.public.orders")).isFalse();
    }

    @Test
    void matchesARegexOnWholeNames() {
        TopicSelector selector = new TopicSelector(null, Pattern.compile("orders|customers"), Set.of(), OWN);
        assertThat(selector.matches("orders")).isTrue();
        assertThat(selector.matches("orders2")).isFalse();
    }
}

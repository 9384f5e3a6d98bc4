package io.cdcprogress.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import org.junit.jupiter.api.Test;

class FindingsTest {
    private final Findings findings = new Findings();

    @Test
    void namesAllInTheirOrderAndNoCauseTwice() {
        findings.add(Finding.SLOT_INACTIVE, "slot s is inactive; connector c is FAILED: denied; restart it");
        findings.add(Finding.SOURCE_FAILED, "connector c is FAILED: denied; 3.2 GB of WAL retained; restart it");

        assertThat(findings.inOrder()).containsExactly(Finding.SOURCE_FAILED, Finding.SLOT_INACTIVE);
        assertThat(findings.detail())
                .isEqualTo(
                        "connector c is FAILED: denied; 3.2 GB of WAL retained; restart it; also: slot s is inactive");
    }

    @Test
    void keepsTheFirstSentenceAndEveryFailure() {
        findings.add(Finding.TOPIC_RECREATED, "first");
        findings.add(Finding.TOPIC_RECREATED, "second");
        findings.add(new Failure(Finding.NOT_AUTHORIZED, "a is denied"));
        findings.add(new Failure(Finding.NOT_AUTHORIZED, "b is denied"));

        assertThat(findings.detail()).isEqualTo("first; also: a is denied; b is denied");
    }
}

package io.cdcprogress.evaluate;

import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Lag;
import io.cdcprogress.model.Rates;

/**
 * Which findings hold, and the sentence for the person on call. Every finding rests on facts that are known; unknown inputs
 * never give a good verdict. Pure.
 */
final class FindingRules {
    private FindingRules() {}

    /** At least one finding; {@link Finding#NONE} alone where none holds. */
    static Findings judge(Situation situation, History history, Lag lag, Rates rates) {
        Findings findings = new Findings();
        new SlotRules(situation, history, lag, rates, findings).judge();
        new TransactionRules(situation, history, lag, findings).judge();
        new SourceRules(situation, history, lag, rates, findings).judge();
        new SinkRules(situation, history, lag, rates, findings).judge();
        new PositionRules(situation, findings).judge();
        new LagRules(situation, history, lag, rates, findings).judge();
        return findings;
    }
}

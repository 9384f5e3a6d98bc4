package io.cdcprogress.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cdcprogress.model.Rates;
import org.junit.jupiter.api.Test;

/** The figures behind the findings, in the words of {@link Scene}. */
class ForecastTest {
    private static Rates rates(String script) {
        Scene scene = new Scene();
        scene.play(script);
        return scene.last().rates();
    }

    @Test
    void aSlotThatStandsIsLostWhenTheWalHasUsedUpWhatIsSafe() {
        Rates rates = rates("active=false safe=600000 +0s wal=1100000 safe=500000 +10s");
        assertThat(rates.walBytesPerSecond()).isEqualTo(10_000);
        assertThat(rates.slotLossSeconds()).isEqualTo(50);
    }

    @Test
    void aSlotThatGivesBackHalfOfWhatIsWrittenLastsTwiceAsLong() {
        Rates rates = rates("flush=1 safe=600000 +0s"
                + " wal=1100000 restart=950000 safe=550000 +10s"
                + " wal=1200000 restart=1000000 safe=500000 +10s"
                + " wal=1300000 restart=1050000 safe=450000 +10s");
        assertThat(rates.slotLossSeconds()).isEqualTo(90);
    }

    @Test
    void aSlotThatIsReadAndHoldsLittleIsNotForecast() {
        String stands = "flush=1 safe=1000000 +0s wal=1100000 safe=900000 +10s wal=1200000 safe=800000 +10s";
        assertThat(rates(stands).slotLossSeconds()).isEqualTo(80);
        assertThat(rates(stands + " restart=1190000 safe=1090000 +1s").slotLossSeconds())
                .as("it has moved on")
                .isNull();
    }

    @Test
    void thereIsNoForecastWithoutALimitOrWithoutWrites() {
        assertThat(rates("active=false +0s wal=1100000 +10s").slotLossSeconds()).isNull();
        assertThat(rates("active=false safe=600000 +0s +10s +60s").slotLossSeconds())
                .isNull();
        assertThat(rates("safe=-1 +0s").slotLossSeconds()).isZero();
        assertThat(rates("slot=missing safe=5 +0s").slotLossSeconds()).isNull();
    }

    @Test
    void aSinkHasCaughtUpWhenItsLeadHasEatenWhatIsLeft() {
        Rates rates = rates("flush=1 end0=2000 +0s committed0=200 end0=2050 +10s committed0=300 end0=2100 +10s"
                + " committed0=400 end0=2150 +10s");
        assertThat(rates.sinkRecordsPerSecond()).isCloseTo(10, within(0.1));
        assertThat(rates.catchUpSeconds()).isEqualTo(Math.round((2150 - 400) / 5.0));
    }

    @Test
    void aSinkThatDoesNotComeNearerNeverCatchesUp() {
        assertThat(rates("flush=1 end0=2000 +0s committed0=200 end0=2150 +10s committed0=300 end0=2300 +10s"
                                + " committed0=400 end0=2450 +10s")
                        .catchUpSeconds())
                .isNull();
        assertThat(rates("end0=2000 +0s +60s +60s +60s").catchUpSeconds()).isNull();
        assertThat(rates("+0s").catchUpSeconds()).as("nothing is left").isZero();
    }

    @Test
    void aRewindIsNoConsumptionAndANewTopicNeither() {
        assertThat(rates("+0s committed0=10 +10s committed0=10 +60s").sinkRecordsPerSecond())
                .isNull();
        assertThat(rates("+0s topicId=b committed0=5000 end0=5000 +10s +10s").sinkRecordsPerSecond())
                .isZero();
    }

    @Test
    void retentionOvertakesAStandingSinkWhenItsFirstRecordIsOldEnough() {
        assertThat(rates("retention=600 end0=200 head0=100 +0s head0=190 +90s").retentionLossSeconds())
                .isEqualTo(410);
        assertThat(rates("retention=600 end0=200 head0=100 +0s committed0=101 head0=145 +90s")
                        .retentionLossSeconds())
                .as("it grows older half as fast")
                .isEqualTo(910);
        assertThat(rates("retention=600 +0s +90s").retentionLossSeconds())
                .as("nothing is left")
                .isNull();
        assertThat(rates("retention=600 end0=200 head0=10 +0s head0=80 +70s").retentionLossSeconds())
                .as("the sink's commits explain it")
                .isNull();
    }

    @Test
    void aSinkThatHasJustStoppedIsNotForecastByWhatItDidBefore() {
        String consumes = "flush=1 retention=25 end0=2000 committed0=200 head0=1 +0s committed0=300 head0=1 +20s"
                + " end0=2100 committed0=400 head0=1 +10s";
        assertThat(rates(consumes + " head0=4 +3s").retentionLossSeconds())
                .as("it may be slow, or stand")
                .isNull();
        assertThat(rates(consumes + " head0=12 +11s").retentionLossSeconds())
                .as("it stands")
                .isEqualTo(13);
    }

    @Test
    void retentionGoesByTheTimeInKafkaNotByTheCommit() {
        assertThat(rates("retention=600 end0=200 head0=90000 arrived=100 +0s arrived=190 +90s")
                        .retentionLossSeconds())
                .isEqualTo(410);
    }

    @Test
    void aCommitThatWasNotReadIsNoStandstill() {
        String consumes = "flush=1 end0=2000 +0s committed0=200 +10s committed0=300 +10s committed0=400 +10s";
        assertThat(rates(consumes).sinkRecordsPerSecond()).isNotNull();
        assertThat(rates(consumes + " commits=unread +10s").sinkRecordsPerSecond())
                .isNull();
    }

    @Test
    void pacesThatHardlyDifferAreTheSame() {
        assertThat(rates("flush=1 safe=1000000 +0s"
                                + " wal=1100000 restart=998000 safe=999000 +10s"
                                + " wal=1200000 restart=1096000 safe=998000 +10s"
                                + " wal=1300000 restart=1194000 safe=997000 +10s")
                        .slotLossSeconds())
                .isNull();
    }

    @Test
    void aLogStartThatHasNotJumpedForLongHasNoPace() {
        String jumps = "end0=9000 committed0=8000 start0=0 +0s start0=1000 +2s start0=1100 +30s";
        assertThat(rates(jumps + " +59s").retentionLossSeconds()).isNotNull();
        assertThat(rates(jumps + " +61s").retentionLossSeconds()).isNull();
    }

    @Test
    void aSinkThatMovesAboutAsFastAsTheLogStartKeepsItsDistance() {
        assertThat(rates(
                                "flush=30 end0=9000 committed0=8000 start0=0 +0s start0=1000 committed0=8000 +2s"
                                        + " start0=1100 committed0=8090 end0=9090 +30s start0=1200 committed0=8180 end0=9180 +30s")
                        .retentionLossSeconds())
                .isNull();
    }

    @Test
    void aSinkThatHasCaughtUpKeepsItsDistanceWhateverItDidBefore() {
        String jumps = "end0=9000 committed0=8000 start0=0 +0s start0=1000 +2s start0=1100 +30s start0=1200 +30s";
        assertThat(rates(jumps + " committed0=8990 head0=1 +1s").retentionLossSeconds())
                .isNull();
    }

    @Test
    void whereTheLogStartWasFoundIsNoJump() {
        assertThat(rates("end0=9000 committed0=8000 start0=0 +0s start0=1000 +2s start0=1100 +30s start0=1200 +30s")
                        .retentionLossSeconds())
                .as("100 every 30 s")
                .isEqualTo((8000 - 1200) * 30 / 100);
    }

    @Test
    void aPauseAndAnotherServerBeginAnew() {
        assertThat(rates("+0s wal=1100000 +10s wal=5000 +10s").walBytesPerSecond())
                .isNull();
        assertThat(rates("+0s wal=1100000 +10s restart! +10s").walBytesPerSecond())
                .isNull();
    }
}

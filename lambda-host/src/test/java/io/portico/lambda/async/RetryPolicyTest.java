package io.portico.lambda.async;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.lambda.async.RetryPolicy.Decision;
import io.portico.lambda.model.AsyncEventRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RetryPolicyTest {
  private static final long ACCEPTED = 1_000_000;
  private static final AsyncEventRecord EVENT =
      AsyncEventRecord.accepted("id", null, "trace", ACCEPTED);
  private static final Attempt ANSWERED = new Attempt.Answered("1", new byte[0]);
  private static final Attempt FAILED = new Attempt.Failed("1", new byte[0]);
  private static final EventSettings USUAL = settings(2, Duration.ofHours(6));

  private final RetryPolicy policy = new RetryPolicy(Duration.ofMinutes(1));

  private static EventSettings settings(int retries, Duration longestAge) {
    return new EventSettings(retries, longestAge, null, null, null, false, true);
  }

  @Test
  void anAnswerSettlesAnEvent() {
    assertThat(policy.after(EVENT, ANSWERED, USUAL, ACCEPTED))
        .isEqualTo(new Decision.Settled(InvocationCondition.SUCCESS, 1));
  }

  @Test
  void aFailureIsRetriedAfterOneMinuteAndAfterTwo() {
    AsyncEventRecord second = again(policy.after(EVENT, FAILED, USUAL, ACCEPTED + 5));
    AsyncEventRecord third = again(policy.after(second, FAILED, USUAL, ACCEPTED + 70_000));
    Decision last = policy.after(third, FAILED, USUAL, ACCEPTED + 200_000);

    assertThat(second.due()).isEqualTo(ACCEPTED + 5 + 60_000);
    assertThat(third.due()).isEqualTo(ACCEPTED + 70_000 + 120_000);
    assertThat(third.requestId()).isEqualTo("id");
    assertThat(last).isEqualTo(new Decision.Settled(InvocationCondition.RETRIES_EXHAUSTED, 3));
  }

  @Test
  void anEventIsRetriedNoOftenerThanIsConfigured() {
    assertThat(policy.after(EVENT, FAILED, settings(0, Duration.ofHours(6)), ACCEPTED))
        .isEqualTo(new Decision.Settled(InvocationCondition.RETRIES_EXHAUSTED, 1));
  }

  @Test
  void whatCannotRunBacksOffFromASecondToFiveMinutes() {
    AsyncEventRecord event = EVENT;
    List<Long> waits = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      event = again(policy.after(event, new Attempt.Unavailable("why"), USUAL, ACCEPTED));
      waits.add((event.due() - ACCEPTED) / 1000);
    }

    assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L, 300L, 300L);
    assertThat(event.invocations()).isZero();
  }

  @Test
  void whatCannotRunTakesNoRetryAndBeginsAnewAfterARun() {
    AsyncEventRecord refused = again(policy.after(EVENT, new Attempt.Unavailable("why"), USUAL, 0));
    AsyncEventRecord failed = again(policy.after(refused, FAILED, USUAL, ACCEPTED));
    AsyncEventRecord unavailable =
        again(policy.after(failed, new Attempt.Unavailable("why"), USUAL, ACCEPTED));

    assertThat(failed.invocations()).isEqualTo(1);
    assertThat(unavailable.invocations()).isEqualTo(1);
    assertThat(unavailable.due()).isEqualTo(ACCEPTED + 1000);
  }

  @Test
  void aThrottledEventStaysAsItIs() {
    assertThat(policy.after(EVENT, new Attempt.Throttled(), USUAL, ACCEPTED))
        .isEqualTo(new Decision.Throttled());
  }

  @Test
  void anEventIsLookedAtWhenItHasBecomeTooOld() {
    EventSettings aMinute = settings(2, Duration.ofMinutes(1));

    AsyncEventRecord event = again(policy.after(EVENT, FAILED, aMinute, ACCEPTED + 10_000));

    assertThat(event.due()).isEqualTo(ACCEPTED + 60_000);
    assertThat(policy.isTooOld(event, aMinute, ACCEPTED + 59_999)).isFalse();
    assertThat(policy.isTooOld(event, aMinute, ACCEPTED + 60_000)).isTrue();
    assertThat(policy.isTooOld(event, USUAL, ACCEPTED + 60_000)).isFalse();
  }

  @Test
  void whatCannotBeInvokedIsSettledAtOnce() {
    assertThat(policy.after(EVENT, new Attempt.ClosedOff(), USUAL, ACCEPTED))
        .isEqualTo(new Decision.Settled(InvocationCondition.ZERO_RESERVED_CONCURRENCY, 0));
    assertThat(policy.after(EVENT, new Attempt.Gone("no alias"), USUAL, ACCEPTED))
        .isEqualTo(new Decision.Settled(InvocationCondition.RETRIES_EXHAUSTED, 0));
    assertThat(policy.after(EVENT, new Attempt.Recursive(), USUAL, ACCEPTED))
        .isEqualTo(new Decision.Settled(InvocationCondition.RECURSIVE_INVOCATION, 0));
  }

  private static AsyncEventRecord again(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Again.class);
    return ((Decision.Again) decision).event();
  }
}

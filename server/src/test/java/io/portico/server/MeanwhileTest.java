package io.portico.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class MeanwhileTest {
  private static final long PATIENCE_SECONDS = 60;

  @Test
  void worksWhileTheCallerGoesOn() {
    CountDownLatch wentOn = new CountDownLatch(1);

    Meanwhile<String> work = Meanwhile.of(() -> reached(wentOn) ? "both" : "the work alone");
    wentOn.countDown();

    assertThat(work.get()).isEqualTo("both");
    assertThat(work.get()).isEqualTo("both");
  }

  @Test
  void whatTheWorkThrowsIsThrownToWhoeverWantsTheResult() {
    IllegalArgumentException refusal = new IllegalArgumentException("no");

    Meanwhile<String> work =
        Meanwhile.of(
            () -> {
              throw refusal;
            });

    assertThatThrownBy(work::get).isSameAs(refusal);
  }

  @Test
  void anInterruptedCallerStillGetsTheResultAndStaysInterrupted() {
    Meanwhile<String> work = Meanwhile.of(() -> "done");
    Thread.currentThread().interrupt();

    String result = work.get();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(result).isEqualTo("done");
  }

  private static boolean reached(CountDownLatch latch) {
    try {
      return latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

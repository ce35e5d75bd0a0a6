package io.portico.gateway.execute.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many methods or routes of a stage, and of its canary release, have CloudWatch's metrics of
 * their own, and how many of all stages have none for that.
 */
final class DetailRoom {
  /** As many as {@link StageTally} has. */
  static final int MOST = StageTally.MOST_DETAILED;

  private static final Logger LOG = LoggerFactory.getLogger(DetailRoom.class);

  private final AtomicInteger leftOut = new AtomicInteger();
  private final AtomicBoolean told = new AtomicBoolean();

  DetailRoom(MeterRegistry registry) {
    Gauge.builder("portico.metrics.detailed.left.out", leftOut, AtomicInteger::get)
        .description("Methods and routes without detailed metrics, as their stage has too many")
        .register(registry);
  }

  /** One more finds no room. */
  void leaveOut() {
    leftOut.incrementAndGet();
    if (!told.getAndSet(true)) {
      LOG.warn(
          "A stage has more than {} methods or routes with detailed metrics: further ones are"
              + " counted with their stage only.",
          MOST);
    }
  }

  /** Some that had found none have room now, or are gone. */
  void noLongerLeftOut(int some) {
    leftOut.addAndGet(-some);
  }
}

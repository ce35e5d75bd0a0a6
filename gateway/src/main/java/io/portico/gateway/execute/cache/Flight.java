package io.portico.gateway.execute.cache;

import io.portico.gateway.execute.EndpointReply;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.snapshot.GatewayResponseType;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A call of the backend that other requests with the same key wait for. */
final class Flight {

  /** How it ended. */
  sealed interface Outcome {}

  /** With an answer for all. */
  record Landed(EndpointReply reply) implements Outcome {}

  /** With an answer for the one who asked. */
  record NotShared() implements Outcome {}

  /** Without an answer: the next one may try. */
  record Failed() implements Outcome {}

  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile @Nullable Outcome outcome;

  /** Ends it; the first outcome is the one that counts. Called by whoever leads it. */
  void end(Outcome how) {
    if (outcome == null) {
      outcome = how;
      ended.countDown();
    }
  }

  /** How many requests wait for its end. */
  int waiting() {
    return waiting.get();
  }

  /**
   * Waits for its end.
   *
   * @param nanos how long at most
   * @throws GatewayFault {@code INTEGRATION_TIMEOUT} if it does not end in time: it is the backend
   *     that is waited for; {@code INTEGRATION_FAILURE} if the client has gone
   */
  Outcome await(long nanos) {
    waiting.incrementAndGet();
    try {
      if (!ended.await(nanos, TimeUnit.NANOSECONDS)) {
        throw new GatewayFault(GatewayResponseType.INTEGRATION_TIMEOUT, FaultCause.BACKEND_TIMEOUT)
            .because("waited too long for what another request asked the backend for");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GatewayFault(GatewayResponseType.INTEGRATION_FAILURE, FaultCause.CLIENT_GONE)
          .because("the client has gone while it waited for another request's answer");
    } finally {
      waiting.decrementAndGet();
    }
    Outcome how = outcome;
    return how == null ? new Failed() : how;
  }
}

package io.portico.gateway.jose;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.Upstream;
import io.portico.gateway.http.UpstreamException;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Publishes a key set, or fails to, and has a clock. */
final class FakeIssuer implements Upstream {
  final AtomicLong nanoTime = new AtomicLong(7);
  final List<UpstreamRequest> requests = Collections.synchronizedList(new ArrayList<>());

  private volatile byte[] document;
  private volatile int status = 200;
  private volatile UpstreamException.@Nullable Reason failure;
  private volatile @Nullable CountDownLatch gate;

  FakeIssuer(Signer... signers) {
    this.document = Signer.keySet(signers);
  }

  void publishes(Signer... signers) {
    publishes(Signer.keySet(signers));
  }

  void publishes(byte[] content) {
    this.document = content;
    this.status = 200;
    this.failure = null;
  }

  void answers(int other) {
    this.status = other;
    this.failure = null;
  }

  void failsWith(UpstreamException.Reason reason) {
    this.failure = reason;
  }

  /** From now on nothing is answered before that is opened. */
  CountDownLatch waits() {
    CountDownLatch latch = new CountDownLatch(1);
    this.gate = latch;
    return latch;
  }

  void passes(java.time.Duration time) {
    nanoTime.addAndGet(time.toNanos());
  }

  @Override
  public UpstreamResponse send(UpstreamRequest request) throws UpstreamException {
    requests.add(request);
    CountDownLatch latch = gate;
    try {
      if (latch != null && !latch.await(30, TimeUnit.SECONDS)) {
        throw new UpstreamException(UpstreamException.Reason.TIMEOUT, "nobody opened", null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UpstreamException(UpstreamException.Reason.CANCELLED, "gone", e);
    }
    UpstreamException.Reason reason = failure;
    if (reason != null) {
      throw new UpstreamException(reason, "as the test wants it", null);
    }
    return new UpstreamResponse(status, Headers.empty(), Body.of(document));
  }
}

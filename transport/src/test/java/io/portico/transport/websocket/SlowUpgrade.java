package io.portico.transport.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets clients in once it is told to go on. */
final class SlowUpgrade implements HttpHandler {
  /** A client has asked. */
  final CountDownLatch started = new CountDownLatch(1);

  final CountDownLatch goOn = new CountDownLatch(1);
  private final HttpHandler upgrading;

  SlowUpgrade(Heard heard) {
    this.upgrading = heard.handler();
  }

  @Override
  public HttpResponse handle(HttpRequest request) {
    started.countDown();
    await(goOn);
    return upgrading.handle(request);
  }

  @Override
  public boolean mayUpgrade(HttpRequest request) {
    return true;
  }

  void awaitStart() {
    await(started);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }
}

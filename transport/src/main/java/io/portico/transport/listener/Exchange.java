package io.portico.transport.listener;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.OpeningHandshake;
import io.portico.transport.body.IncomingBody;
import io.portico.transport.body.ProducedContent;
import io.portico.transport.loop.Loop;
import io.portico.transport.websocket.ServerConnection;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request being answered: calls the handler on its own virtual thread and brings the answer
 * back to the loop.
 */
abstract class Exchange implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private static final HttpResponse BARE_ERROR =
      new HttpResponse(
          500,
          Headers.of("Content-Type", "application/json"),
          Body.of("{\"message\": \"Internal server error\"}"));

  private static final String NO_ID = "without an id";

  private final Loop loop;
  private final HttpHandler handler;
  private final HttpRequest request;

  /** Set by the loop before anyone could want to interrupt it. */
  private @Nullable Thread thread;

  /** Written by the request's thread, then read by the loop. */
  private @Nullable HttpResponse response;

  /** Whether the handler has returned, as the loop knows it. */
  private boolean answered;

  /** Whether nobody waits for the answer any more. */
  private boolean cancelled;

  /** Whether its connection waits for its answer nonetheless. */
  private boolean awaited;

  Exchange(Loop loop, HttpHandler handler, HttpRequest request) {
    this.loop = loop;
    this.handler = handler;
    this.request = request;
  }

  /** The loop it belongs to. */
  public final Loop loop() {
    return loop;
  }

  final HttpRequest request() {
    return request;
  }

  /** Starts the handler. Called on the loop. */
  final void start() {
    boolean heavy;
    try {
      heavy = handler.isHeavy(request);
    } catch (RuntimeException e) {
      LOG.error("Cannot tell whether {} {} is heavy", request.method(), request.rawPath(), e);
      respond(BARE_ERROR);
      return;
    }
    thread = loop.start(this, heavy);
  }

  /** The request's own thread: the handler, and nothing that touches a channel. */
  @Override
  public final void run() {
    HttpResponse answer;
    try {
      answer = checked(handler.handle(request));
    } catch (Throwable e) {
      // Whatever it is, it is a bug, the client learns nothing of it, and the log all.
      LOG.error("{} {} ended with an exception", request.method(), request.rawPath(), e);
      answer = BARE_ERROR;
    }
    if (answer.body() instanceof Body.Produced produced) {
      produce(answer, produced.producer());
    } else {
      response = answer;
      loop.handOver(this::deliver);
    }
  }

  /** Goes on with the content of the answer, which goes out meanwhile. */
  private void produce(HttpResponse answer, Body.Producer producer) {
    ProducedContent content = new ProducedContent(loop);
    response =
        new HttpResponse(answer.status(), answer.headers(), content.body(), answer.completion());
    loop.handOver(this::deliver);
    try {
      producer.writeTo(content);
      content.end();
    } catch (IOException e) {
      content.fail(e);
    } catch (Throwable e) {
      LOG.error("{} {} ended with an exception", request.method(), request.rawPath(), e);
      content.fail(new IOException("its content cannot be made", e));
    }
  }

  /** An answer that can be given: a refusal in place of an upgrade that cannot. */
  private HttpResponse checked(HttpResponse answer) {
    if (answer.upgrade() != null) {
      return OpeningHandshake.refusal(request)
          .map(refusal -> refusal.onCompletion(answer.completion()))
          .orElse(answer);
    }
    if (answer.status() < 200 || answer.status() > 999) {
      throw new IllegalArgumentException("a final status has three digits: " + answer.status());
    }
    return answer;
  }

  private void deliver() {
    if (response != null) {
      respond(response);
    }
    // Whatever it was kept for, the handler has not come for it.
    if (request.body() instanceof IncomingBody untaken) {
      untaken.discardEnded();
    }
  }

  private void respond(HttpResponse given) {
    answered = true;
    returned();
    if (cancelled) {
      drop(given);
      if (awaited) {
        parting().answered(this);
      }
      return;
    }
    HttpResponse answer = given;
    if (isTakenForOpen(given)) {
      drop(given);
      answer = OpeningHandshake.notHere();
    }
    try {
      answer(answer);
    } catch (IllegalArgumentException e) {
      // A header or a body that cannot be written; nothing has been sent of it yet.
      LOG.error("{} {} has an impossible answer", request.method(), request.rawPath(), e);
      drop(answer);
      answer(BARE_ERROR);
    }
  }

  /** Whether the client would hear that its WebSocket connection is open, which it is not. */
  private boolean isTakenForOpen(HttpResponse answer) {
    return request.opensWebSocket()
        && answer.upgrade() == null
        && answer.status() >= 200
        && answer.status() < 300;
  }

  private void drop(HttpResponse answer) {
    if (answer.body() instanceof Body.Streamed stream) {
      stream.discard();
    }
    if (answer.upgrade() != null) {
      parting().hold();
      ServerConnection.stillborn(
          loop, answer.upgrade(), request.connection().remoteIp(), parting()::letGo);
    }
    answer.completion().finished(0, false);
  }

  /**
   * Nobody waits for the answer any more: interrupts the handler, if it still runs and makes no
   * WebSocket connection. Called on the loop.
   */
  final void cancel() {
    cancelled = true;
    if (answered || thread == null) {
      return;
    }
    if (mayUpgrade()) {
      // Whoever has let the client in is to hear that it has gone: the answer is waited for.
      awaited = true;
      parting().await(this);
    } else {
      interrupt();
    }
  }

  /** Whether the answer may be a WebSocket connection. */
  private boolean mayUpgrade() {
    try {
      return OpeningHandshake.refusal(request).isEmpty() && handler.mayUpgrade(request);
    } catch (RuntimeException e) {
      LOG.error("Cannot tell what {} {} becomes", request.method(), request.rawPath(), e);
      return false;
    }
  }

  /** Interrupts the handler. Called on the loop. */
  final void interrupt() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** The client only sees that its answer ends: this is where the reason is told. */
  final void brokeOff(IOException cause, HttpResponse.Completion completion, long bodyBytes) {
    LOG.warn(
        "The answer to {} {} (request {}) breaks off: {}",
        request.method(),
        request.rawPath(),
        requestIds(),
        cause.toString());
    completion.brokeOff(bodyBytes, cause);
  }

  /** What the client may call its request by; a backend that has ids of its own adds to them. */
  private String requestIds() {
    if (response == null) {
      return NO_ID;
    }
    String ids =
        Stream.of("Apigw-Requestid", "x-amzn-RequestId")
            .map(response.headers()::first)
            .filter(Objects::nonNull)
            .collect(Collectors.joining(", "));
    return ids.isEmpty() ? NO_ID : ids;
  }

  /** How long the connection counts, though it may be gone. Called on the loop. */
  abstract Parting parting();

  /** The handler has returned, in time or not. Called on the loop, once. */
  void returned() {}

  /** Whether the handler has returned. */
  final boolean isAnswered() {
    return answered;
  }

  /**
   * Refuses a body that cannot be sent.
   *
   * @throws IllegalArgumentException if it has been read or is another transport's
   */
  static void checkBody(Body body) {
    if (body instanceof IncomingBody stream) {
      if (stream.isTaken()) {
        throw new IllegalArgumentException("the answer's body has been read already");
      }
    } else if (body instanceof Body.Streamed) {
      throw new IllegalArgumentException("not a stream of this transport: " + body.getClass());
    }
  }

  /**
   * What {@code Content-Length} says where no body follows: of HEAD and 304 what a GET would have
   * had; -1 for nothing.
   */
  static long lengthWithoutBody(HttpResponse answer) {
    if (answer.status() == 204) {
      return -1;
    }
    if (answer.body().length() > 0) {
      return answer.body().length();
    }
    String given = answer.headers().first("Content-Length");
    return given != null
            && given.length() < 19
            && given.chars().allMatch(c -> c >= '0' && c <= '9')
            && !given.isEmpty()
        ? Long.parseLong(given)
        : -1;
  }

  /**
   * Writes an answer. Called on the loop, once; a second time only after an exception.
   *
   * @throws IllegalArgumentException if head or body cannot be written; nothing was sent then
   */
  abstract void answer(HttpResponse answer);
}

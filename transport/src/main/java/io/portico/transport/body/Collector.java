package io.portico.transport.body;

import io.portico.gateway.http.BodyTooLargeException;
import io.portico.transport.loop.Loop;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Takes content for the thread that made this, which waits for its end. */
abstract class Collector implements ContentSink {
  private final IncomingBody body;
  private final Thread reader = Thread.currentThread();

  /** Written last by the loop; whatever else it has written is read after it. */
  private volatile boolean done;

  private @Nullable IOException failure;

  Collector(IncomingBody body) {
    this.body = body;
  }

  final IncomingBody body() {
    return body;
  }

  /** Whether it has ended, for the loop. */
  final boolean isDone() {
    return done;
  }

  /** Waits for the end. The connection bounds each pause. */
  final void await() throws IOException {
    while (!done) {
      LockSupport.park(this);
      endIfInterrupted();
    }
    throwFailure();
  }

  /** Waits for the end, but no longer than until {@code deadlineNanos}. */
  final void awaitUntil(long deadlineNanos) throws IOException {
    while (!done) {
      long left = deadlineNanos - System.nanoTime();
      if (left <= 0) {
        body.abandon();
        throw new SocketTimeoutException("the body is not there in time");
      }
      LockSupport.parkNanos(this, left);
      endIfInterrupted();
    }
    throwFailure();
  }

  private void endIfInterrupted() throws InterruptedIOException {
    if (!done && Thread.currentThread().isInterrupted()) {
      body.abandon();
      throw new InterruptedIOException("interrupted while a body arrives");
    }
  }

  private void throwFailure() throws IOException {
    if (failure != null) {
      throw failure;
    }
  }

  /** The content is longer than it may be: nobody wants the rest. */
  final void tooLong(long limit) {
    finish(new BodyTooLargeException(limit));
    body.abandon();
  }

  /** Lets the thread go on, with a failure or without one. */
  final void finish(@Nullable IOException cause) {
    if (!done) {
      failure = cause;
      done = true;
      LockSupport.unpark(reader);
    }
  }

  /** Whoever waited does so no more: what it keeps is of no use. */
  void drop() {}

  @Override
  public final Loop loop() {
    return body.loop();
  }
}

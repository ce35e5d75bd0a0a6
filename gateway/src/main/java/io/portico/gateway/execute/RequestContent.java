package io.portico.gateway.execute;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.BodyTooLargeException;
import io.portico.gateway.snapshot.GatewayResponseType;
import java.io.IOException;

/**
 * The content of a request: as it arrives, or in memory once a stage has asked for all of it.
 * Belongs to the thread that answers.
 */
public final class RequestContent {
  private Body body;

  RequestContent(Body body) {
    this.body = body;
  }

  /** What is known of it: a stream is read by whoever takes it, once. */
  Body body() {
    return body;
  }

  /**
   * All of it, for this stage and those behind it.
   *
   * @param limit most bytes to accept
   * @param deadlineNanos when all of it must be there, as {@link System#nanoTime} counts
   * @throws GatewayFault {@code REQUEST_TOO_LARGE}, or {@code DEFAULT_4XX} where the client breaks
   *     off or is too slow
   */
  public byte[] read(long limit, long deadlineNanos) {
    byte[] bytes = read(body, limit, deadlineNanos);
    body = Body.of(bytes);
    return bytes;
  }

  /**
   * The content to be handed on unread. One whose length is not known yet is counted while it is.
   *
   * @throws GatewayFault {@code REQUEST_TOO_LARGE} for one that is known to be longer
   */
  public Body within(long limit) {
    return within(body, limit);
  }

  static Body within(Body body, long limit) {
    if (body.length() > limit) {
      throw GatewayFault.tooLong(limit);
    }
    if (body instanceof Body.Streamed stream && stream.length() < 0) {
      stream.limitTo(limit);
    }
    return body;
  }

  static byte[] read(Body body, long limit, long deadlineNanos) {
    return arriving(() -> body.readAll(limit, deadlineNanos));
  }

  static Body gatheredText(Body.Streamed stream, long limit, long deadlineNanos) {
    return arriving(() -> stream.gatherText(limit, deadlineNanos));
  }

  /** Content that arrives. */
  private interface Arriving<T> {
    T take() throws IOException;
  }

  private static <T> T arriving(Arriving<T> content) {
    try {
      return content.take();
    } catch (BodyTooLargeException e) {
      throw GatewayFault.tooLong(e.limit());
    } catch (IOException e) {
      throw new GatewayFault(GatewayResponseType.DEFAULT_4XX, FaultCause.BODY_BROKEN_OFF)
          .because("the body broke off: " + e);
    }
  }
}

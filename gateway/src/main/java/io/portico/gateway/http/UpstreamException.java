package io.portico.gateway.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A backend gave no usable answer. */
public final class UpstreamException extends IOException {

  /** Why there is no answer. */
  public enum Reason {
    /** The host name has no address. Nothing of the request has been sent. */
    UNKNOWN_HOST,
    /** No connection: refused, unreachable. Nothing of the request has been sent. */
    CONNECT_FAILED,
    /** No connection in the time that one may take. Nothing of the request has been sent. */
    CONNECT_TIMEOUT,
    /** The TLS handshake failed; a certificate that is not trusted included. */
    TLS_FAILED,
    /** The time of the request is over. */
    TIMEOUT,
    /** The connection broke before or within the answer. */
    CONNECTION_LOST,
    /**
     * The connection broke before the answer, and there is no other to send the request by again,
     * which would do no harm: doing it twice is as good as once, or the backend has said that it
     * has not begun with it.
     */
    LOST_AND_UNREACHED,
    /** The answer is not HTTP, or its framing is ambiguous. */
    INVALID_RESPONSE,
    /** The client this was for has gone. */
    CANCELLED,
    /** The request's body is longer than it may be; what was sent of it is given up. */
    REQUEST_TOO_LARGE,
    /** Too many requests wait for this backend. */
    OVERLOADED
  }

  private final Reason reason;

  public UpstreamException(Reason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}

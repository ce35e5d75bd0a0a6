package io.portico.gateway.http;

/**
 * An answer. The transport adds what framing needs ({@code Content-Length} or chunks, {@code
 * Connection}) and {@code Date} where it is missing; everything else is the handler's.
 *
 * @param status three digits
 * @param headers without framing fields
 * @param body buffered, a stream handed on from {@link Upstream}, or made while it is sent
 * @param completion told once when the last byte was written or the client was lost
 */
public record HttpResponse(int status, Headers headers, Body body, Completion completion) {

  public HttpResponse(int status, Headers headers, Body body) {
    this(status, headers, body, Completion.IGNORED);
  }

  /** This answer with another listener for its end. */
  public HttpResponse onCompletion(Completion listener) {
    return new HttpResponse(status, headers, body, listener);
  }

  /** Hears how an answer ended. Called on an event loop: it must not block. */
  @FunctionalInterface
  public interface Completion {
    Completion IGNORED = (bytes, complete) -> {};

    /**
     * @param bodyBytes bytes of the body that were written
     * @param complete whether all of it was; false when client or backend went away
     */
    void finished(long bodyBytes, boolean complete);
  }
}

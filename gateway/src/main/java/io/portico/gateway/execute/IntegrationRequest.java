package io.portico.gateway.execute;

import io.portico.gateway.http.Body;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The <b>integration request</b>: what the backend is to be sent, before it is put into the form of
 * a particular kind of backend.
 *
 * @param method what the client sent; a proxy integration passes it on
 * @param path values of the backend URI's variables, ready to stand in a path
 * @param query query parameters set by mappings and overrides, not encoded
 * @param headers headers set by mappings and overrides, in the casing configured
 * @param body mapped, or the client's own
 * @param contentType of the body, or null where it has none
 */
public record IntegrationRequest(
    MethodRequest method,
    Map<String, String> path,
    Map<String, List<String>> query,
    Map<String, List<String>> headers,
    Body body,
    @Nullable String contentType) {

  /** The bytes of a body that is in memory. */
  public byte[] bytes() {
    return switch (body) {
      case Body.Empty empty -> new byte[0];
      case Body.Buffered buffered -> buffered.bytes();
      case Body.Streamed streamed -> throw new IllegalStateException("the body is not read yet");
      case Body.Produced produced -> throw new IllegalStateException("content of answers only");
    };
  }
}

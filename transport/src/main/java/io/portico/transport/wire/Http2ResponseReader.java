package io.portico.transport.wire;

import static io.portico.transport.wire.MalformedMessageException.badRequest;

import io.portico.gateway.http.Headers;
import org.jspecify.annotations.Nullable;

/** The head of an HTTP/2 response, final or not, or its trailers. */
public final class Http2ResponseReader extends ReceivedFields {
  private String status = "";

  public Http2ResponseReader(WireLimits limits) {
    super(limits);
  }

  @Override
  void pseudo(String name, String value) throws MalformedMessageException {
    if (!name.equals(":status")) {
      throw badRequest("an unknown pseudo-field");
    }
    status = once(status, value);
  }

  /** For the codec, which tells interim responses by it. */
  @Override
  public @Nullable CharSequence status() {
    return status.isEmpty() ? null : status;
  }

  /**
   * Checks the head as a whole.
   *
   * @return the status, 100 to 999
   */
  public int complete() throws MalformedMessageException {
    checkFields();
    boolean digits = status.length() == 3 && status.charAt(0) != '0';
    for (int i = 0; i < status.length() && digits; i++) {
      digits = status.charAt(i) >= '0' && status.charAt(i) <= '9';
    }
    if (!digits) {
      throw badRequest("no status");
    }
    return Integer.parseInt(status);
  }

  /** The fields in order; for once, as the builder is not kept. */
  public Headers fields() {
    return kept();
  }
}

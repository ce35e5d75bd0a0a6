package io.portico.transport.wire;

/**
 * How long the parts of a message's head may be.
 *
 * @param startLine bytes of the request or status line; beyond, 414
 * @param headerBytes bytes of all field lines together, trailers likewise; beyond, 431
 * @param headerFields number of fields; beyond, 431
 */
public record WireLimits(int startLine, int headerBytes, int headerFields) {
  private static final int LEAST = 128;

  public WireLimits {
    if (startLine < LEAST || headerBytes < LEAST || headerFields < 1) {
      throw new IllegalArgumentException(
          "limits too low to speak HTTP: " + startLine + ", " + headerBytes + ", " + headerFields);
    }
  }

  MalformedMessageException tooLong() {
    return new MalformedMessageException(
        431, "header fields of more than " + headerBytes + " bytes");
  }

  MalformedMessageException tooMany() {
    return new MalformedMessageException(431, "more than " + headerFields + " header fields");
  }

  /**
   * More than AWS takes (10,240 bytes of request line and headers together), so that the gateway
   * can answer in AWS's words.
   */
  public static WireLimits standard() {
    return new WireLimits(16 * 1024, 32 * 1024, 200);
  }
}

package io.portico.gateway.snapshot;

/**
 * What bounds the calls of a stage.
 *
 * @param payload bytes of a body, of a request or an answer
 * @param iterations those of a {@code #foreach} in a mapping template
 * @param headers bytes of the values of a request's header fields together
 * @param url characters of a request's URL
 * @param edgeUrl the same of an edge-optimized API
 * @param webSocketUrl the same of a WebSocket API
 * @param authorizerResult bytes that a Lambda authorizer of a WebSocket API answers
 */
public record CallLimits(
    Bound payload,
    Bound iterations,
    Bound headers,
    Bound url,
    Bound edgeUrl,
    Bound webSocketUrl,
    Bound authorizerResult) {
  /**
   * AWS: source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html
   * and
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
   */
  public static final CallLimits AWS =
      new CallLimits(
          Bound.refusing(10L * 1024 * 1024),
          Bound.refusing(1_000),
          Bound.refusing(10_240),
          Bound.refusing(10_240),
          Bound.refusing(8_192),
          Bound.refusing(4_096),
          Bound.refusing(8_192));

  /**
   * A limit.
   *
   * @param most what is beyond is refused, or left out
   * @param told what is beyond is told of, though it is not refused
   */
  public record Bound(long most, long told) {
    /** No limit. */
    public static final Bound NONE = new Bound(Long.MAX_VALUE, Long.MAX_VALUE);

    /** Whether anything is beyond it. */
    public boolean matters() {
      return Math.min(most, told) < Long.MAX_VALUE;
    }

    public static Bound refusing(long most) {
      return new Bound(most, Long.MAX_VALUE);
    }

    public static Bound telling(long told) {
      return new Bound(Long.MAX_VALUE, told);
    }
  }
}

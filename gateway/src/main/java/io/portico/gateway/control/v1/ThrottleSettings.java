package io.portico.gateway.control.v1;

/**
 * An account's throttle as GetAccount shows it.
 *
 * @param rateLimit requests a second
 * @param burstLimit requests at once
 */
public record ThrottleSettings(double rateLimit, int burstLimit) {
  // AWS: source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html.
  public static final ThrottleSettings AWS = new ThrottleSettings(10_000, 5_000);
}

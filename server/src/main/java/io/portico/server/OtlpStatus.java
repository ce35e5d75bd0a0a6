package io.portico.server;

import java.util.Set;

/**
 * What a collector's answer means for what it was sent.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#otlphttp-response">OTLP/HTTP Response</a>
 */
enum OtlpStatus {
  TAKEN,
  /** It is to be brought again. */
  LATER,
  /** It must not be brought again: 500 is among those, too. */
  REFUSED;

  private static final int FIRST_OF_REDIRECTS = 300;
  private static final Set<Integer> RETRYABLE = Set.of(429, 502, 503, 504);

  static OtlpStatus of(int status) {
    return status < FIRST_OF_REDIRECTS ? TAKEN : RETRYABLE.contains(status) ? LATER : REFUSED;
  }

  /** How a log speaks of it. */
  static String told(int status) {
    return "it was answered by status " + status;
  }
}

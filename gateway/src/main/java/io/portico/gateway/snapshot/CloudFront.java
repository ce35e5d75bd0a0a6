package io.portico.gateway.snapshot;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The CloudFront distribution of an edge-optimised API. AWS puts one before each; here none stands
 * anywhere, but callers and backends are told what it would tell them.
 *
 * @param via what it is called in {@code Via}
 * @param pop what it says in {@code X-Amz-Cf-Pop}
 */
public record CloudFront(String via, String pop) {
  /** Has the form of an edge location's name, and is that of no place: there is none. */
  private static final String NOWHERE = "XXX50-P1";

  /** The distribution of an API, which is always called the same. */
  public static CloudFront of(String apiId) {
    String host = UUID.nameUUIDFromBytes(apiId.getBytes(StandardCharsets.UTF_8)).toString();
    return new CloudFront("1.1 " + host.replace("-", "") + ".cloudfront.net (CloudFront)", NOWHERE);
  }
}

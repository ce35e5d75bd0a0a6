package io.portico.gateway.execute;

import org.jspecify.annotations.Nullable;

/**
 * What came of a phase in which a caller's access is judged, for access logs. AWS: one is who has
 * signed ({@code $context.authenticate}), another what he may ({@code $context.authorize}), the
 * latter also behind a Lambda authorizer; source: documented,
 * https://aws.amazon.com/blogs/compute/troubleshooting-amazon-api-gateway-with-enhanced-observability-variables/.
 *
 * @param status 200, or that of the refusal; source: reported by users,
 *     https://sal-blog.com/iam-api-gateway-500error
 * @param error why it was refused, or null
 */
public record AccessPhase(int status, long nanos, @Nullable String error) {
  private static final int PASSED = 200;
  private static final int DENIED = 403;

  /**
   * AWS: source: reported by users,
   * https://techdevlabs.pages.dev/aws-api-gateway/troubleshoot-access-denied-403-forbidden-error-in-aws-api-gateway.
   */
  private static final String NOT_AUTHORIZED =
      "The client is not authorized to perform this operation.";

  /**
   * Whether somebody may do what he asks for.
   *
   * @param start {@link System#nanoTime} when that was asked
   */
  public static AccessPhase ofAuthorization(boolean allowed, long start) {
    return new AccessPhase(
        allowed ? PASSED : DENIED, System.nanoTime() - start, allowed ? null : NOT_AUTHORIZED);
  }

  /**
   * Who has signed. AWS: that the error is what is wrong with the signature is assumed.
   *
   * @param refusal or null where it is known
   * @param start {@link System#nanoTime} when that was asked
   */
  public static AccessPhase ofAuthentication(@Nullable GatewayFault refusal, long start) {
    return new AccessPhase(
        refusal == null ? PASSED : refusal.status(),
        System.nanoTime() - start,
        refusal == null ? null : refusal.reason());
  }
}

package io.portico.gateway.execute.explain;

import static io.portico.gateway.execute.explain.Words.code;
import static io.portico.gateway.execute.explain.Words.route;

import io.portico.gateway.execute.explain.ExplainEntry.Called;
import io.portico.gateway.execute.explain.ExplainEntry.Refused;

/** What signatures and policies refuse. */
final class PolicyReasons {
  private static final String IAM = "AWS_IAM";
  private static final String POLICY = "resource policy";

  private PolicyReasons() {}

  static Reason of(ExplainEntry entry, Refused refused) {
    return switch (refused.cause()) {
      case CLOSED ->
          Reason.of(
              "authorization",
              "%s is closed: %s, and what is not enforced lets nobody in"
                  .formatted(route(entry), refused.detail().replaceFirst("^closed: ", "")),
              refused.detail().replaceFirst("^closed: ", "").replace(" is not enforced yet", ""),
              "Take the setting away where it is not needed; docs/not-implemented.md lists what is"
                  + " not enforced.");
      case AUTHORIZER_UNUSABLE ->
          Reason.of(
              "authorizer",
              "the authorizer of %s cannot be used: %s".formatted(route(entry), refused.detail()),
              "authorizerUri",
              "Correct the authorizer (`aws apigateway update-authorizer`) and deploy the API.");
      case SIGNATURE_MISSING ->
          Reason.of(
              "signature",
              "%s has authorizationType AWS_IAM, and the request is not signed"
                  .formatted(route(entry)),
              IAM,
              "Sign it with Signature Version 4 for the service execute-api: `curl --aws-sigv4`,"
                  + " or an AWS SDK.");
      case SIGNATURE_UNREADABLE ->
          Reason.of(
              "signature",
              "%s has authorizationType AWS_IAM, and the signature of the request cannot be read: %s"
                  .formatted(route(entry), refused.detail()),
              IAM,
              "Send an Authorization header that begins with AWS4-HMAC-SHA256 and has Credential,"
                  + " SignedHeaders and Signature.");
      case SIGNATURE_INVALID ->
          Reason.of(
              "signature",
              "the signature of the request to %s is not that of the request: %s"
                  .formatted(route(entry), refused.detail()),
              IAM,
              "Look at secret key, region, service (execute-api), time, and at whatever changes the"
                  + " request behind the signer.");
      case ACCESS_KEY_UNKNOWN ->
          Reason.of(
              "signature",
              "the request to %s is signed by a key that nobody has here: %s"
                  .formatted(route(entry), refused.detail()),
              IAM,
              "Create one: `aws iam create-access-key`.");
      case CREDENTIALS_EXPIRED ->
          Reason.of(
              "signature",
              "the request to %s is signed by credentials whose time is over: %s"
                  .formatted(route(entry), refused.detail()),
              IAM,
              "Ask for new ones: `aws sts assume-role`.");
      case IAM_DENIED ->
          Reason.of(
              "IAM policy",
              "a policy denies %s explicitly: %s".formatted(who(entry), refused.detail()),
              IAM,
              "Look for a statement with Effect Deny that covers execute-api:Invoke on the ARN.");
      case IAM_NOT_ALLOWED ->
          Reason.of(
              "IAM policy",
              "no policy allows it to %s: %s".formatted(who(entry), refused.detail()),
              IAM,
              "Allow execute-api:Invoke on the ARN in a policy of the caller, or in the API's"
                  + " resource policy.");
      case RESOURCE_POLICY_DENIED ->
          Reason.of(
              POLICY,
              "the resource policy of API %s denies the call of %s explicitly: %s"
                  .formatted(code(entry.place().apiId()), route(entry), refused.detail()),
              "policy",
              "Look for a statement with Effect Deny whose conditions the request from %s meets."
                  .formatted(entry.sent().sourceIp()));
      case RESOURCE_POLICY_SILENT ->
          Reason.of(
              POLICY,
              "the resource policy of API %s has no statement that allows the call of %s from %s: %s"
                  .formatted(
                      code(entry.place().apiId()),
                      route(entry),
                      entry.sent().sourceIp(),
                      refused.detail()),
              "policy",
              "Add a statement with Effect Allow for execute-api:Invoke, and deploy the API.");
      case CACHE_INVALIDATION ->
          Reason.of(
              "cache",
              "Cache-Control: max-age=0 asks %s for a new answer, and no policy allows the caller"
                      .formatted(route(entry))
                  + " execute-api:InvalidateCache",
              "requireAuthorizationForCacheControl",
              "Allow execute-api:InvalidateCache, leave the header out, or change"
                  + " unauthorizedCacheControlHeaderStrategy.");
      default -> throw new IllegalArgumentException(refused.cause().name());
    };
  }

  private static String who(ExplainEntry entry) {
    Called called = entry.called();
    return called == null || called.principal() == null
        ? "the caller of " + route(entry)
        : code(called.principal());
  }
}

package io.portico.gateway.execute.explain;

import static io.portico.gateway.execute.explain.Words.authorizer;

import io.portico.gateway.execute.explain.ExplainEntry.Called;
import io.portico.gateway.execute.explain.ExplainEntry.Refused;

/** What authorizers refuse, or fail to say. */
final class AuthorizerReasons {
  private static final String CHECK = "authorizer";
  private static final String SOURCE = "identitySource";
  private static final String URI = "authorizerUri";

  private AuthorizerReasons() {}

  static Reason of(ExplainEntry entry, Refused refused) {
    String authorizer = authorizer(entry);
    String detail = refused.detail();
    return switch (refused.cause()) {
      case IDENTITY_SOURCE_MISSING ->
          Reason.of(
              CHECK,
              "%s goes by %s, and the request has not all of it; nobody was asked"
                  .formatted(authorizer, sources(entry)),
              SOURCE,
              "Send it.");
      case TOKEN_MISSING ->
          Reason.of(
              CHECK,
              "%s goes by one token in %s, and the request brings %s"
                  .formatted(authorizer, sources(entry), detail),
              SOURCE,
              "Send one token.");
      case TOKEN_FORM ->
          Reason.of(
              CHECK,
              "the token that %s goes by does not match its identityValidationExpression; nobody was"
                      .formatted(authorizer)
                  + " asked",
              "identityValidationExpression",
              "Send a token of that form, or change the expression.");
      case ARN_TOO_LONG ->
          Reason.of(
              CHECK,
              "the ARN of what is called is longer than %s may be told (1,600 bytes)"
                  .formatted(authorizer),
              null,
              "Call a shorter path.");
      case CALLER_UNKNOWN ->
          Reason.of(
              CHECK,
              "the function of %s says that it does not know the caller: it failed with `Unauthorized`"
                  .formatted(authorizer),
              URI,
              "Look at the token and at what the function logs (`portico logs`).");
      case AUTHORIZER_FAILED ->
          Reason.of(
              CHECK,
              "the function of %s has failed: %s".formatted(authorizer, detail),
              URI,
              "Look at what the function logs (`portico logs`). One that does not know a caller"
                  + " fails with the text Unauthorized, and no other.");
      case AUTHORIZER_ROLE_NOT_ASSUMED ->
          Reason.of(
              CHECK,
              "the role as which the function of %s is asked cannot be assumed: %s"
                  .formatted(authorizer, detail),
              "authorizerCredentials",
              Words.TO_ASSUME_A_ROLE);
      case AUTHORIZER_UNREACHABLE ->
          Reason.of(
              CHECK,
              "the function of %s could not be asked: %s".formatted(authorizer, detail),
              URI,
              "See that the function is there, that its policy lets API Gateway invoke it (`aws"
                  + " lambda add-permission`), and that its endpoint answers.");
      case AUTHORIZER_ANSWER_MALFORMED ->
          Reason.of(
              CHECK,
              "what the function of %s answers is no policy: %s".formatted(authorizer, detail),
              URI,
              "Answer principalId and policyDocument, in the form that AWS documents.");
      case AUTHORIZER_DENIED ->
          Reason.of(
              CHECK,
              "the policy that %s answers denies the call explicitly%s"
                  .formatted(authorizer, kept(entry)),
              "policyDocument",
              "Look for Effect Deny in the policy that the function answers. A kept policy is used"
                  + " for authorizerResultTtlInSeconds: it has to cover all methods of the caller.");
      case AUTHORIZER_SILENT ->
          Reason.of(
              CHECK,
              "the policy that %s answers does not allow the call%s"
                  .formatted(authorizer, kept(entry)),
              "policyDocument",
              "Allow execute-api:Invoke on the method's ARN. A kept policy is used for"
                  + " authorizerResultTtlInSeconds: it has to cover all methods of the caller.");
      case TOKEN_REFUSED ->
          Reason.of(
              CHECK,
              "%s refuses the token: %s".formatted(authorizer, detail),
              SOURCE,
              "Send a token"
                  + " of the pool or issuer that the authorizer names, for its audience.");
      case TOKEN_EXPIRED ->
          Reason.of(
              CHECK,
              "the time of the token that %s was shown is over: %s".formatted(authorizer, detail),
              SOURCE,
              "Ask the issuer for a new one; look at the clock of this machine.");
      case TOKEN_SCOPES ->
          Reason.of(
              CHECK,
              "%s takes the token, which has none of the scopes that the method names: %s"
                  .formatted(authorizer, detail),
              "authorizationScopes",
              "Ask the issuer for a token with one of them.");
      case TOKEN_KEYS_UNAVAILABLE ->
          Reason.of(
              CHECK,
              "%s cannot verify any token: %s".formatted(authorizer, detail),
              "providerARNs, or the issuer",
              "See that the issuer answers from this machine; cognito.endpoint of the configuration"
                  + " names another endpoint of user pools.");
      default -> throw new IllegalArgumentException(refused.cause().name());
    };
  }

  private static String sources(ExplainEntry entry) {
    Called called = entry.called();
    return called == null || called.identitySources().isEmpty()
        ? "its identity sources"
        : String.join(" and ", called.identitySources());
  }

  private static String kept(ExplainEntry entry) {
    boolean kept =
        entry.steps().stream()
            .anyMatch(
                step ->
                    step.name().equals("authorized")
                        && "kept from an earlier call".equals(step.values().get("answer")));
    return kept ? " (kept from an earlier call)" : "";
  }
}

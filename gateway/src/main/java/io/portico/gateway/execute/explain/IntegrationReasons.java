package io.portico.gateway.execute.explain;

import static io.portico.gateway.execute.explain.Words.code;
import static io.portico.gateway.execute.explain.Words.route;

import io.portico.gateway.execute.explain.ExplainEntry.Refused;

/** What fails behind the checks: templates, backends, functions, and their answers. */
final class IntegrationReasons {
  private static final String INTEGRATION = "integration";
  private static final String RESPONSE = "integration response";

  private IntegrationReasons() {}

  static Reason of(ExplainEntry entry, Refused refused) {
    String detail = refused.detail();
    String backend = backend(entry);
    return switch (refused.cause()) {
      case BACKEND_PATH ->
          Reason.of(
              "integration request",
              "what the request fills into the address of %s leads elsewhere, or could: %s"
                  .formatted(backend, detail),
              "uri",
              "Send values without slashes, dots and escapes of them.");
      case MISCONFIGURED ->
          Reason.of(
              INTEGRATION,
              "%s cannot be called as it is configured: %s".formatted(route(entry), detail),
              "integration",
              "Correct it and deploy the API; the gateway's own log has the same words.");
      case TEMPLATE_FAILED ->
          Reason.of(
              "mapping template",
              "a mapping template of %s has failed: %s".formatted(route(entry), detail),
              "requestTemplates or responseTemplates",
              "Try it: `aws apigateway test-invoke-method`.");
      case ROLE_NOT_ASSUMED ->
          Reason.of(
              INTEGRATION,
              "the role as which %s calls its service cannot be assumed: %s"
                  .formatted(route(entry), detail),
              "credentials",
              Words.TO_ASSUME_A_ROLE);
      case BACKEND_UNKNOWN_HOST ->
          Reason.of(
              INTEGRATION,
              "%s has no address: %s".formatted(backend, detail),
              "uri",
              "See that its name is right, and known to this machine.");
      case BACKEND_TLS ->
          Reason.of(
              INTEGRATION,
              "there is no TLS with %s: %s".formatted(backend, detail),
              "tlsConfig",
              "Let the backend speak TLS, with a certificate of its name whose time is not over and"
                  + " that leads to an authority of the JDK; insecureSkipVerification takes any"
                  + " issuer, not another name or time.");
      case BACKEND_TIMEOUT ->
          Reason.of(
              INTEGRATION,
              "%s has not answered in time: %s".formatted(backend, detail),
              "timeoutInMillis",
              "Look at the backend, or give it more time.");
      case BACKEND_FAILED ->
          Reason.of(
              INTEGRATION,
              "%s could not be spoken to: %s".formatted(backend, detail),
              "uri",
              "See that it is running and answers at that address.");
      case BACKEND_OVERLOADED ->
          Reason.of(
              INTEGRATION,
              "too many requests wait for %s: %s".formatted(backend, detail),
              null,
              "See why it answers them more slowly than they come, or send fewer at once.");
      case CLIENT_GONE ->
          Reason.of(
              INTEGRATION,
              "the client has gone before %s had answered: %s".formatted(backend, detail),
              null,
              "See how long the client waits, and how long the backend takes.");
      case ANSWER_TOO_LONG ->
          Reason.of(
              INTEGRATION,
              "%s answers more than may be: %s".formatted(backend, detail),
              "quota payload-size",
              "Let it answer less, in pages or by the address of an object, or let the integration"
                  + " stream its answer; or raise the quota in the configuration (`quotas`).");
      case ANSWER_BROKEN_OFF ->
          Reason.of(
              INTEGRATION,
              "the client has the beginning of the answer of %s, whose rest has not arrived: %s"
                  .formatted(backend, detail),
              null,
              "Look at the backend; the client's connection has ended, too.");
      case FUNCTION_REFUSED ->
          Reason.of(
              INTEGRATION,
              "Lambda does not invoke the function of %s: %s".formatted(route(entry), detail),
              "uri, and the function's policy",
              "See that the function is there, and that its policy lets API Gateway invoke it: `aws"
                  + " lambda add-permission --principal apigateway.amazonaws.com`.");
      case FUNCTION_THROTTLED ->
          Reason.of(
              INTEGRATION,
              "Lambda throttles the function of %s: %s".formatted(route(entry), detail),
              "reserved concurrency of the function",
              "Raise the function's concurrency, or lambda.max-environments of the configuration.");
      case FUNCTION_EVENT ->
          Reason.of(
              INTEGRATION,
              "Lambda does not take the event of %s: %s".formatted(route(entry), detail),
              "requestTemplates",
              "An event is JSON, of 6 MB at most.");
      case FUNCTION_FAILED ->
          Reason.of(
              INTEGRATION,
              "the function of %s has failed: %s".formatted(route(entry), detail),
              null,
              "Look at what it logs: `portico logs`.");
      case FUNCTION_REPLY ->
          Reason.of(
              INTEGRATION,
              "what the function of %s answers is no answer of a proxy integration: %s"
                  .formatted(route(entry), detail),
              null,
              "Answer statusCode, headers and a body that is a text; the timeline shows what the"
                  + " function has answered.");
      case NO_INTEGRATION_RESPONSE ->
          Reason.of(
              RESPONSE,
              "%s has no integration response for what %s answered, and no default one: %s"
                  .formatted(route(entry), backend, detail),
              "selectionPattern",
              "Add an integration response without selectionPattern: `aws apigateway"
                  + " put-integration-response`.");
      case NO_METHOD_RESPONSE ->
          Reason.of(
              RESPONSE,
              "the integration response of %s has a status that the method does not declare: %s"
                  .formatted(route(entry), detail),
              "methodResponses",
              "Declare it: `aws apigateway put-method-response`.");
      case MOCK_STATUS ->
          Reason.of(
              INTEGRATION,
              "the MOCK integration of %s gives no status: %s".formatted(route(entry), detail),
              "requestTemplates",
              "Let the request template give `{\"statusCode\": 200}`.");
      case CONNECT_REFUSED ->
          Reason.of(
              INTEGRATION,
              "the integration of `$connect` of %s has not agreed: %s"
                  .formatted(Words.stage(entry.place()), detail),
              null,
              "It agrees by a status from 200 to 299.");
      case GATEWAY_FAILED ->
          Reason.of(
              "gateway",
              "the gateway itself has failed, which is a bug: %s".formatted(detail),
              null,
              "Its own log has all of it, under the request's id.");
      default -> throw new IllegalArgumentException(refused.cause().name());
    };
  }

  private static String backend(ExplainEntry entry) {
    return entry.called() == null
        ? "the backend"
        : "the backend of " + route(entry) + " (" + code(entry.called().integration()) + ")";
  }
}

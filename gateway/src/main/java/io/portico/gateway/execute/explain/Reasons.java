package io.portico.gateway.execute.explain;

import io.portico.gateway.execute.explain.ExplainEntry.Refused;

/** The words for every cause; a cause without any does not compile. */
final class Reasons {
  private Reasons() {}

  /**
   * Why an entry's request was refused.
   *
   * @param asked what is known at the time of asking
   */
  static Reason of(ExplainEntry entry, Refused refused, Asked asked) {
    return switch (refused.cause()) {
      case UNREADABLE,
          NO_API_ADDRESS,
          UNKNOWN_API,
          UNKNOWN_STAGE,
          DEFAULT_ENDPOINT_DISABLED,
          NO_MAPPING,
          MAPPING_WITHOUT_STAGE,
          DOMAIN_NAME_CLOSED,
          HEADERS_TOO_LONG,
          URL_TOO_LONG,
          QUERY_CHARACTERS,
          NO_WEBSOCKET_API,
          NO_HANDSHAKE ->
          FrontDoorReasons.of(entry, refused, asked);
      case NO_METHOD,
          NO_ROUTE,
          AMBIGUOUS_PATH,
          NO_ROUTE_OF_MESSAGE,
          PATH_OF_CONNECTION,
          NOTHING_DEPLOYED,
          NO_COMMAND ->
          RoutingReasons.of(entry, refused, asked);
      case CLOSED,
          AUTHORIZER_UNUSABLE,
          SIGNATURE_MISSING,
          SIGNATURE_UNREADABLE,
          SIGNATURE_INVALID,
          ACCESS_KEY_UNKNOWN,
          CREDENTIALS_EXPIRED,
          IAM_DENIED,
          IAM_NOT_ALLOWED,
          RESOURCE_POLICY_DENIED,
          RESOURCE_POLICY_SILENT,
          CACHE_INVALIDATION ->
          PolicyReasons.of(entry, refused);
      case IDENTITY_SOURCE_MISSING,
          TOKEN_FORM,
          ARN_TOO_LONG,
          CALLER_UNKNOWN,
          AUTHORIZER_FAILED,
          AUTHORIZER_ROLE_NOT_ASSUMED,
          AUTHORIZER_UNREACHABLE,
          AUTHORIZER_ANSWER_MALFORMED,
          AUTHORIZER_DENIED,
          AUTHORIZER_SILENT,
          TOKEN_MISSING,
          TOKEN_REFUSED,
          TOKEN_EXPIRED,
          TOKEN_SCOPES,
          TOKEN_KEYS_UNAVAILABLE ->
          AuthorizerReasons.of(entry, refused);
      case API_KEY_MISSING,
          API_KEY_UNKNOWN,
          API_KEY_WITHOUT_PLAN,
          THROTTLE_OF_CLIENT_METHOD,
          THROTTLE_OF_CLIENT,
          THROTTLE_OF_METHOD,
          THROTTLE_OF_CONNECTIONS,
          THROTTLE_OF_ACCOUNT,
          QUOTA_EXHAUSTED,
          USAGE_NOT_KEPT,
          CONNECTIONS_FULL,
          CONNECTIONS_OF_ADDRESS,
          CLIENT_TOO_SLOW,
          GROUPS_FULL ->
          LimitReasons.of(entry, refused, asked);
      case PARAMETERS_MISSING,
          BODY_NO_JSON,
          BODY_INVALID,
          NO_MODEL,
          CONTENT_TYPES,
          BODY_TOO_LONG,
          BODY_BROKEN_OFF,
          CONTENT_CODING,
          NO_TEMPLATE,
          MAPPED_PARAMETER,
          COMMAND_INVALID,
          CONNECTION_GONE ->
          RequestReasons.of(entry, refused);
      case BACKEND_PATH,
          MISCONFIGURED,
          TEMPLATE_FAILED,
          ROLE_NOT_ASSUMED,
          BACKEND_UNKNOWN_HOST,
          BACKEND_TLS,
          BACKEND_TIMEOUT,
          BACKEND_FAILED,
          BACKEND_OVERLOADED,
          CLIENT_GONE,
          ANSWER_TOO_LONG,
          ANSWER_BROKEN_OFF,
          FUNCTION_REFUSED,
          FUNCTION_THROTTLED,
          FUNCTION_EVENT,
          FUNCTION_FAILED,
          FUNCTION_REPLY,
          NO_INTEGRATION_RESPONSE,
          NO_METHOD_RESPONSE,
          MOCK_STATUS,
          CONNECT_REFUSED,
          GATEWAY_FAILED ->
          IntegrationReasons.of(entry, refused);
    };
  }
}

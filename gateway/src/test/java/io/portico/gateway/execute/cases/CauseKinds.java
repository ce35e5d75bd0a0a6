package io.portico.gateway.execute.cases;

import io.portico.gateway.execute.FaultCause;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which kinds of APIs can meet a cause. Of the words for it, an assertion is asked for each: who
 * calls, what is called and what is said of a backend is found in another way.
 */
enum CauseKinds {
  REST,
  HTTP,
  WEBSOCKET;

  /** The causes of which the kind's cases assert the words. */
  Stream<String> ofCases() {
    Map<String, CaseFiles.Content> files =
        switch (this) {
          case REST -> CaseFiles.ofRest();
          case HTTP -> CaseFiles.ofHttpApis();
          case WEBSOCKET -> CaseFiles.ofWebSocketApis();
        };
    return files.values().stream()
        .flatMap(file -> file.parsed().sections().stream())
        .filter(section -> section.name().equals(CaseExplanations.SECTION))
        .map(section -> section.text().lines().findFirst().orElse("").strip());
  }

  /** Those of a cause; none where it is met before the pipeline of any of them. */
  static Set<CauseKinds> of(FaultCause cause) {
    return switch (cause) {
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
          NO_WEBSOCKET_API ->
          EnumSet.noneOf(CauseKinds.class);
      case NO_METHOD,
          QUERY_CHARACTERS,
          RESOURCE_POLICY_DENIED,
          RESOURCE_POLICY_SILENT,
          TOKEN_FORM,
          ARN_TOO_LONG,
          CACHE_INVALIDATION,
          THROTTLE_OF_CLIENT_METHOD,
          CONTENT_TYPES,
          CONTENT_CODING,
          NO_METHOD_RESPONSE ->
          EnumSet.of(REST);
      case NO_ROUTE, MAPPED_PARAMETER -> EnumSet.of(HTTP);
      case NO_HANDSHAKE,
          CONNECTION_GONE,
          CLIENT_TOO_SLOW,
          GROUPS_FULL,
          COMMAND_INVALID,
          NO_ROUTE_OF_MESSAGE,
          PATH_OF_CONNECTION,
          NOTHING_DEPLOYED,
          NO_COMMAND,
          CONNECTIONS_FULL,
          CONNECTIONS_OF_ADDRESS,
          THROTTLE_OF_CONNECTIONS,
          NO_MODEL,
          CONNECT_REFUSED ->
          EnumSet.of(WEBSOCKET);
      case AMBIGUOUS_PATH,
          ANSWER_BROKEN_OFF,
          BODY_NO_JSON,
          TOKEN_MISSING,
          TOKEN_REFUSED,
          TOKEN_EXPIRED,
          TOKEN_SCOPES,
          TOKEN_KEYS_UNAVAILABLE ->
          EnumSet.of(REST, HTTP);
      case API_KEY_MISSING,
          API_KEY_UNKNOWN,
          API_KEY_WITHOUT_PLAN,
          THROTTLE_OF_CLIENT,
          QUOTA_EXHAUSTED,
          USAGE_NOT_KEPT,
          PARAMETERS_MISSING,
          BODY_INVALID,
          NO_TEMPLATE,
          TEMPLATE_FAILED,
          NO_INTEGRATION_RESPONSE,
          MOCK_STATUS ->
          EnumSet.of(REST, WEBSOCKET);
      case CLOSED,
          AUTHORIZER_UNUSABLE,
          SIGNATURE_MISSING,
          SIGNATURE_UNREADABLE,
          SIGNATURE_INVALID,
          ACCESS_KEY_UNKNOWN,
          CREDENTIALS_EXPIRED,
          IAM_DENIED,
          IAM_NOT_ALLOWED,
          IDENTITY_SOURCE_MISSING,
          CALLER_UNKNOWN,
          AUTHORIZER_FAILED,
          AUTHORIZER_ROLE_NOT_ASSUMED,
          AUTHORIZER_UNREACHABLE,
          AUTHORIZER_ANSWER_MALFORMED,
          AUTHORIZER_DENIED,
          AUTHORIZER_SILENT,
          THROTTLE_OF_METHOD,
          THROTTLE_OF_ACCOUNT,
          BODY_TOO_LONG,
          BODY_BROKEN_OFF,
          BACKEND_PATH,
          MISCONFIGURED,
          ROLE_NOT_ASSUMED,
          BACKEND_UNKNOWN_HOST,
          BACKEND_TLS,
          BACKEND_TIMEOUT,
          BACKEND_FAILED,
          BACKEND_OVERLOADED,
          CLIENT_GONE,
          ANSWER_TOO_LONG,
          FUNCTION_REFUSED,
          FUNCTION_THROTTLED,
          FUNCTION_EVENT,
          FUNCTION_FAILED,
          FUNCTION_REPLY,
          GATEWAY_FAILED ->
          EnumSet.allOf(CauseKinds.class);
    };
  }
}

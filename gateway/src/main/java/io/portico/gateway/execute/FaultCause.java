package io.portico.gateway.execute;

/**
 * Why the data plane refuses a request or fails it: what happened, where a type of gateway response
 * says only how it is answered. Whoever makes a {@link GatewayFault} or answers at the front door
 * names one, and each has its words in an explanation.
 */
public enum FaultCause {
  // The front door: before any stage is known, or before its pipeline.

  /** A listener could not read it: it is malformed, too long, too slow, or of another version. */
  UNREADABLE,
  /** The host is no API's, no custom domain name, and the path names no API. */
  NO_API_ADDRESS,
  /** There is no such API, or none of its stages is served. */
  UNKNOWN_API,
  /** The API has no such stage. */
  UNKNOWN_STAGE,
  /** The stage's default endpoint is disabled. */
  DEFAULT_ENDPOINT_DISABLED,
  /** No mapping and no routing rule of the custom domain name takes the path. */
  NO_MAPPING,
  /** A mapping leads to a stage that is not there. */
  MAPPING_WITHOUT_STAGE,
  /** A setting of the custom domain name that restricts access is not enforced. */
  DOMAIN_NAME_CLOSED,
  /** The values of the header fields are too long together. */
  HEADERS_TOO_LONG,
  URL_TOO_LONG,
  /** The query has characters that no query may have as they are. */
  QUERY_CHARACTERS,
  /** A WebSocket connection is asked of an API that has none. */
  NO_WEBSOCKET_API,
  /** What opens a WebSocket connection is no opening handshake. */
  NO_HANDSHAKE,
  /** A command is to a connection or a group that is not there. */
  CONNECTION_GONE,
  /** More waits to be sent to a client of a WebSocket API than may. */
  CLIENT_TOO_SLOW,
  /** There are as many groups as may be, or a connection is in as many. */
  GROUPS_FULL,
  COMMAND_INVALID,

  // Routing.

  NO_METHOD,
  NO_ROUTE,
  /** The path could mean two resources, or has what no path may have. */
  AMBIGUOUS_PATH,
  /** A message has no route. */
  NO_ROUTE_OF_MESSAGE,
  /** A connection is opened by a path behind the stage. */
  PATH_OF_CONNECTION,
  NOTHING_DEPLOYED,
  /** No command of {@code @connections} or {@code @groups}. */
  NO_COMMAND,
  /** There are as many WebSocket connections as may be. */
  CONNECTIONS_FULL,
  /** The client's address has as many as it may have. */
  CONNECTIONS_OF_ADDRESS,

  // Who calls, and may they.

  /** A setting that restricts access is not enforced, and so closes what it stands at. */
  CLOSED,
  AUTHORIZER_UNUSABLE,
  SIGNATURE_MISSING,
  SIGNATURE_UNREADABLE,
  SIGNATURE_INVALID,
  ACCESS_KEY_UNKNOWN,
  CREDENTIALS_EXPIRED,
  /** Whoever has signed may not, by a policy that denies it. */
  IAM_DENIED,
  /** Whoever has signed may not, as no policy allows it. */
  IAM_NOT_ALLOWED,
  RESOURCE_POLICY_DENIED,
  RESOURCE_POLICY_SILENT,
  IDENTITY_SOURCE_MISSING,
  /** The token does not match the identity validation expression. */
  TOKEN_FORM,
  ARN_TOO_LONG,
  /** The authorizer's function says that it does not know the caller. */
  CALLER_UNKNOWN,
  AUTHORIZER_FAILED,
  /** The role as which an authorizer's function is to be asked cannot be assumed. */
  AUTHORIZER_ROLE_NOT_ASSUMED,
  AUTHORIZER_UNREACHABLE,
  AUTHORIZER_ANSWER_MALFORMED,
  /** The policy of an authorizer denies the call. */
  AUTHORIZER_DENIED,
  /** The policy of an authorizer says nothing of the call. */
  AUTHORIZER_SILENT,
  TOKEN_MISSING,
  TOKEN_REFUSED,
  TOKEN_EXPIRED,
  TOKEN_SCOPES,
  TOKEN_KEYS_UNAVAILABLE,
  /** A cached response may not be made anew. */
  CACHE_INVALIDATION,

  // API keys, throttles, quotas.

  API_KEY_MISSING,
  /** No enabled key of a usage plan has the value. */
  API_KEY_UNKNOWN,
  /** The key is in no plan for the stage. */
  API_KEY_WITHOUT_PLAN,
  THROTTLE_OF_CLIENT_METHOD,
  THROTTLE_OF_CLIENT,
  THROTTLE_OF_METHOD,
  THROTTLE_OF_CONNECTIONS,
  THROTTLE_OF_ACCOUNT,
  QUOTA_EXHAUSTED,
  USAGE_NOT_KEPT,

  // The request.

  PARAMETERS_MISSING,
  BODY_NO_JSON,
  BODY_INVALID,
  /** There is no model for what was sent. */
  NO_MODEL,
  CONTENT_TYPES,
  BODY_TOO_LONG,
  BODY_BROKEN_OFF,
  CONTENT_CODING,
  /** No mapping template is for the content type, and the body may not pass without one. */
  NO_TEMPLATE,
  /** A parameter that is mapped has no value, or none that can be used. */
  MAPPED_PARAMETER,
  /** What was filled in leads out of the backend's path. */
  BACKEND_PATH,

  // The integration.

  /** The API cannot be called as it is configured. */
  MISCONFIGURED,
  TEMPLATE_FAILED,
  /** The role as which a service is to be called cannot be assumed. */
  ROLE_NOT_ASSUMED,
  BACKEND_UNKNOWN_HOST,
  BACKEND_TLS,
  BACKEND_TIMEOUT,
  BACKEND_FAILED,
  /** Too many requests wait for the backend. */
  BACKEND_OVERLOADED,
  /** The client has gone before the backend had answered. */
  CLIENT_GONE,
  /** The backend's answer is longer than may be. */
  ANSWER_TOO_LONG,
  /** The rest of the backend's answer has not arrived, of which the client has the beginning. */
  ANSWER_BROKEN_OFF,
  FUNCTION_REFUSED,
  FUNCTION_THROTTLED,
  FUNCTION_EVENT,
  FUNCTION_FAILED,
  FUNCTION_REPLY,
  NO_INTEGRATION_RESPONSE,
  NO_METHOD_RESPONSE,
  MOCK_STATUS,
  /** The integration of {@code $connect} has not agreed. */
  CONNECT_REFUSED,

  /** The gateway itself. */
  GATEWAY_FAILED
}

package io.portico.gateway.control.protocol;

import org.jspecify.annotations.Nullable;

/** An API of AWS that Portico speaks, and what sets it apart on the wire beyond its table. */
public enum AwsApi {
  /** REST APIs: API Gateway v1. */
  API_GATEWAY("apigateway", "apigateway", 6L << 20) {
    @Override
    String violationPath(String operation) {
      return inputOf(operation);
    }
  },

  /** HTTP and WebSocket APIs: API Gateway v2. */
  API_GATEWAY_V2("apigatewayv2", "apigateway", 12L << 20) {
    @Override
    String violationPath(String operation) {
      return inputOf(operation);
    }
  },

  /** {@code @connections} of WebSocket APIs. */
  API_GATEWAY_MANAGEMENT("apigatewaymanagementapi", "execute-api", 128L << 10) {
    @Override
    String violationPath(String operation) {
      return inputOf(operation);
    }

    @Override
    ServiceException bodyTooLarge(String operation) {
      return new ServiceException("PayloadTooLargeException", 413, "Payload Too Large");
    }
  },

  LAMBDA("lambda", "lambda", 70_167_211L) {
    // AWS: no operation's name before members of the body ('role', 'architectures'); source:
    // recorded, facts LAM-15, LAM-16.
    @Override
    String violationPath(String operation) {
      return "";
    }

    // AWS: the limit is CreateFunction's, for a function's code; source: recorded, facts LAM-18.
    @Override
    ServiceException bodyTooLarge(String operation) {
      return new ServiceException(
          "RequestEntityTooLargeException",
          413,
          "Request must be smaller than %d bytes for the %s operation"
              .formatted(maxBodyBytes(), operation));
    }

    // AWS: source: reports of calls whose path Lambda does not know, such as one with "//".
    @Override
    ServiceException unknownOperation() {
      return new ServiceException(
          "AccessDeniedException",
          403,
          "Unable to determine service/operation name to be authorized");
    }
  };

  private final String table;
  private final String signingName;
  private final long maxBodyBytes;

  AwsApi(String table, String signingName, long maxBodyBytes) {
    this.table = table;
    this.signingName = signingName;
    this.maxBodyBytes = maxBodyBytes;
  }

  /** The service's name in AWS's models, and of its operation table. */
  public String table() {
    return table;
  }

  /** The service's name in a signature's credential scope; not unique. */
  public String signingName() {
    return signingName;
  }

  /**
   * The longest request body. AWS: a definition has at most 6 MB (v2 sends it as a JSON string,
   * whose escapes may double it), a message to a connection 128 KB; source: documented, API Gateway
   * quotas.
   */
  long maxBodyBytes() {
    return maxBodyBytes;
  }

  /** What stands before a body member in a violation's path, its dot included. */
  abstract String violationPath(String operation);

  ServiceException bodyTooLarge(String operation) {
    return new ServiceException(
        "RequestEntityTooLargeException",
        413,
        "Request must be smaller than %d bytes for the %s operation"
            .formatted(maxBodyBytes, operation));
  }

  /**
   * No operation has the request's method and path. AWS: API Gateway's own APIs stand behind API
   * Gateway (their answers carry {@code x-amz-apigw-id}), which answers a path it does not know so;
   * source: inferred from facts RTE-01.
   */
  ServiceException unknownOperation() {
    return new ServiceException(
        "MissingAuthenticationTokenException", 403, "Missing Authentication Token");
  }

  /** Whether answers carry {@code x-amz-apigw-id}. */
  boolean behindApiGateway() {
    return this != LAMBDA;
  }

  /** The content type of an output that is a blob and names none itself. */
  String blobContentType() {
    return this == LAMBDA ? "application/json" : "application/octet-stream";
  }

  // AWS: source: recorded, facts GEN-05 for v1; v2 and the management API are taken to do the same.
  private static String inputOf(String operation) {
    return Character.toLowerCase(operation.charAt(0)) + operation.substring(1) + "Input.";
  }

  /** The API whose table has this name, or null. */
  static @Nullable AwsApi ofTable(String table) {
    for (AwsApi api : values()) {
      if (api.table.equals(table)) {
        return api;
      }
    }
    return null;
  }
}

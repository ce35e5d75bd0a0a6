package io.portico.gateway.control.protocol;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An API of AWS that Portico speaks, and what sets it apart on the wire beyond its table. */
public enum AwsApi {
  /** REST APIs: API Gateway v1. */
  API_GATEWAY("apigateway", "apigateway", Protocol.REST_JSON, 6L << 20) {
    @Override
    String violationPath(String operation) {
      return inputOf(operation);
    }
  },

  /** HTTP and WebSocket APIs: API Gateway v2. */
  API_GATEWAY_V2("apigatewayv2", "apigateway", Protocol.REST_JSON, 12L << 20) {
    @Override
    String violationPath(String operation) {
      return inputOf(operation);
    }

    // AWS: times that are too long are refused in words of their own (Timeout should be between 50
    // ms and 30000 ms); source: reported, deployments of
    // https://github.com/badmintoncryer/cdk-preflight.
    @Override
    boolean bounds(Shape.Numeric shape) {
      return !shape.name().startsWith("IntegerWithLengthBetween");
    }
  },

  /** {@code @connections} of WebSocket APIs. */
  API_GATEWAY_MANAGEMENT("apigatewaymanagementapi", "execute-api", Protocol.REST_JSON, 128L << 10) {
    @Override
    String violationPath(String operation) {
      return inputOf(operation);
    }

    @Override
    ServiceException bodyTooLarge(String operation, long limit) {
      return new ServiceException("PayloadTooLargeException", 413, "Payload Too Large");
    }
  },

  LAMBDA("lambda", "lambda", Protocol.REST_JSON, 70_167_211L) {
    // AWS: the limit is CreateFunction's, for a function's code; source: recorded, facts LAM-18.
    // That of an invocation: 6 MB; source: documented, Lambda quotas.
    @Override
    long maxBodyBytes(String operation) {
      return isInvocation(operation) ? MOST_INVOCATION_BYTES : super.maxBodyBytes(operation);
    }

    // AWS: Invoke goes by the name of its permission; source: reported by users of AWS's clients,
    // https://github.com/awslabs/aws-athena-query-federation/issues/793.
    @Override
    ServiceException bodyTooLarge(String operation, long limit) {
      return super.bodyTooLarge(isInvocation(operation) ? "InvokeFunction" : operation, limit);
    }

    private static boolean isInvocation(String operation) {
      return operation.equals("Invoke") || operation.equals("InvokeWithResponseStream");
    }

    // AWS: source: reports of calls whose path Lambda does not know, such as one with "//".
    @Override
    ServiceException unknownOperation() {
      return new ServiceException(
          "AccessDeniedException",
          403,
          "Unable to determine service/operation name to be authorized");
    }
  },

  /** Roles and policies. */
  IAM("iam", "iam", Protocol.QUERY, 1L << 20),

  /** Who calls, and temporary credentials. */
  STS("sts", "sts", Protocol.QUERY, 1L << 20),

  /** CloudWatch Logs. */
  LOGS("logs", "logs", Protocol.JSON, 8L << 20) {
    // AWS: what violates the model's constraints is an invalid parameter here; source: reported by
    // users of AWS's clients.
    @Override
    String code(String common) {
      return common.equals("ValidationException") ? "InvalidParameterException" : common;
    }
  },

  /** Certificate Manager. */
  ACM("acm", "acm", Protocol.JSON, 4L << 20) {
    @Override
    String target(String version) {
      return "CertificateManager";
    }
  },

  /** CloudWatch: metrics and alarms. */
  CLOUDWATCH("cloudwatch", "monitoring", Protocol.CBOR, 1L << 20) {
    @Override
    String target(String version) {
      return "GraniteServiceVersion" + version.replace("-", "");
    }

    @Override
    String xmlNamespace(String version) {
      return "http://monitoring.amazonaws.com/doc/" + version + "/";
    }
  };

  /** How an API's operations stand in HTTP messages. */
  enum Protocol {
    /** Operations have methods and paths of their own; what is left of their input is JSON. */
    REST_JSON,
    /** A form names the operation and its input; the answer is XML. */
    QUERY,
    /** A header names the operation; input and output are JSON: AWS JSON 1.1. */
    JSON,
    /**
     * The path names the operation; input and output are CBOR: Smithy RPC v2. Older clients speak
     * AWS JSON 1.0 or Query.
     */
    CBOR
  }

  private static final long MOST_INVOCATION_BYTES = 6_291_456;

  /**
   * The codes under which the Query protocol knows refusals that every API has. AWS: source:
   * documented, "Common errors" of IAM and STS; MalformedInput is reported by users of AWS's
   * clients.
   */
  private static final Map<String, String> QUERY_CODES =
      Map.of(
          "ValidationException", "ValidationError",
          "SerializationException", "MalformedInput",
          "AccessDeniedException", "AccessDenied",
          "IncompleteSignatureException", "IncompleteSignature");

  private final String table;
  private final String signingName;
  private final Protocol protocol;
  private final long maxBodyBytes;

  AwsApi(String table, String signingName, Protocol protocol, long maxBodyBytes) {
    this.table = table;
    this.signingName = signingName;
    this.protocol = protocol;
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

  Protocol protocol() {
    return protocol;
  }

  /**
   * The longest request body. AWS: a definition has at most 6 MB (a quota in v1; v2 sends it as a
   * JSON string, whose escapes may double it), a message to a connection 128 KB; source:
   * documented, API Gateway quotas. A form of IAM's or STS's holds a policy document of up to
   * 131,072 characters, each of which may take six bytes on the wire; a batch of log events has 1
   * MB, which JSON's escapes may make six; an imported certificate has a chain of up to 2 MB, in
   * Base64; a batch of metric data has 1 MB; source: documented, the limits of PutRolePolicy,
   * PutLogEvents, ImportCertificate and PutMetricData.
   *
   * @param operation whose body it is, as far as that is known
   */
  long maxBodyBytes(String operation) {
    return maxBodyBytes;
  }

  /**
   * What stands before a body member in a violation's path, its dot included. AWS: nothing in
   * Lambda ('role', 'architectures'); source: recorded, facts LAM-15, LAM-16. The same of IAM, STS
   * and CloudWatch Logs is reported by users of AWS's clients.
   */
  String violationPath(String operation) {
    return "";
  }

  /** Whether numbers are held against their shape's bounds before the operation sees them. */
  boolean bounds(Shape.Numeric shape) {
    return true;
  }

  /** What stands before an operation's name and a dot in {@code X-Amz-Target}. */
  String target(String version) {
    return Character.toUpperCase(table.charAt(0))
        + table.substring(1)
        + "_"
        + version.replace("-", "");
  }

  /** The API's code for a refusal that every API has. */
  String code(String common) {
    return protocol == Protocol.QUERY ? queryCode(common) : common;
  }

  /** The Query protocol's code for a refusal that every API has. */
  static String queryCode(String common) {
    return QUERY_CODES.getOrDefault(common, common);
  }

  /** Whether clients know errors by the codes of the Query protocol, whatever they speak. */
  boolean queryCompatible() {
    return protocol == Protocol.CBOR;
  }

  /** Whether bodies may be compressed. AWS: source: PutMetricData's model. */
  boolean takesGzip() {
    return protocol == Protocol.CBOR;
  }

  /** What the shapes of the API's model belong to. */
  String smithyNamespace() {
    return "com.amazonaws." + table;
  }

  /** The namespace of its answers in XML. */
  String xmlNamespace(String version) {
    return "https://%s.amazonaws.com/doc/%s/".formatted(table, version);
  }

  /** The refusal of a longer body. */
  public ServiceException bodyTooLarge(String operation) {
    return bodyTooLarge(operation, maxBodyBytes(operation));
  }

  /** The refusal of a body that is longer than an operation's own limit. */
  ServiceException bodyTooLarge(String operation, long limit) {
    return new ServiceException(
        "RequestEntityTooLargeException",
        413,
        "Request must be smaller than %d bytes for the %s operation".formatted(limit, operation));
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
    return this == API_GATEWAY || this == API_GATEWAY_V2 || this == API_GATEWAY_MANAGEMENT;
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

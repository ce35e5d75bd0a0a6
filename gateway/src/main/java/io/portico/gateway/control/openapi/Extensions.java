package io.portico.gateway.control.openapi;

import io.portico.gateway.openapi.OpenApiDocument;
import io.portico.gateway.openapi.Operation;
import io.portico.gateway.openapi.PathItem;
import io.portico.gateway.openapi.SecurityScheme;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * The names of AWS's extensions.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html">OpenAPI
 *     extensions for API Gateway</a>
 */
public final class Extensions {
  private static final String PREFIX = "x-amazon-apigateway-";

  public static final String ANY_METHOD = PREFIX + "any-method";
  public static final String API_KEY_SOURCE = PREFIX + "api-key-source";
  public static final String AUTH = PREFIX + "auth";
  public static final String AUTHORIZER = PREFIX + "authorizer";
  public static final String AUTHTYPE = PREFIX + "authtype";
  public static final String BINARY_MEDIA_TYPES = PREFIX + "binary-media-types";
  public static final String CORS = PREFIX + "cors";
  public static final String DOCUMENTATION = PREFIX + "documentation";
  public static final String ENDPOINT_ACCESS_MODE = PREFIX + "endpoint-access-mode";
  public static final String ENDPOINT_CONFIGURATION = PREFIX + "endpoint-configuration";
  public static final String GATEWAY_RESPONSES = PREFIX + "gateway-responses";
  public static final String IMPORTER_VERSION = PREFIX + "importer-version";
  public static final String IMPORTEXPORT_VERSION = PREFIX + "importexport-version";
  public static final String INTEGRATION = PREFIX + "integration";
  public static final String INTEGRATIONS = PREFIX + "integrations";
  public static final String MINIMUM_COMPRESSION_SIZE = PREFIX + "minimum-compression-size";
  public static final String POLICY = PREFIX + "policy";
  public static final String REQUEST_VALIDATOR = PREFIX + "request-validator";
  public static final String REQUEST_VALIDATORS = PREFIX + "request-validators";
  public static final String SECURITY_POLICY = PREFIX + "security-policy";
  public static final String TAG_VALUE = PREFIX + "tag-value";

  /** The value of {@link #AUTHTYPE} that means IAM. */
  public static final String SIGV4 = "awsSigv4";

  private static final Set<String> KNOWN =
      Set.of(
          ANY_METHOD,
          API_KEY_SOURCE,
          AUTH,
          AUTHORIZER,
          AUTHTYPE,
          BINARY_MEDIA_TYPES,
          DOCUMENTATION,
          ENDPOINT_ACCESS_MODE,
          ENDPOINT_CONFIGURATION,
          GATEWAY_RESPONSES,
          INTEGRATION,
          MINIMUM_COMPRESSION_SIZE,
          POLICY,
          REQUEST_VALIDATOR,
          REQUEST_VALIDATORS,
          SECURITY_POLICY,
          // These say nothing that a REST API's calls would notice.
          CORS,
          IMPORTER_VERSION,
          IMPORTEXPORT_VERSION,
          INTEGRATIONS,
          TAG_VALUE);

  private Extensions() {}

  /** Whether a member is one of AWS's extensions, known or not. */
  public static boolean isOfApiGateway(String member) {
    return member.startsWith(PREFIX);
  }

  /**
   * An extension of AWS's that is not known here, or misspelt, may be what protects the API: the
   * document is refused rather than imported without it.
   */
  public static void check(OpenApiDocument document, Findings findings) {
    check(document.extensions(), "the document", findings);
    check(document.serverExtensions(), "the server", findings);
    for (var scheme : document.securitySchemes().entrySet()) {
      SecurityScheme value = scheme.getValue();
      check(value.extensions(), "security scheme '" + scheme.getKey() + "'", findings);
    }
  }

  /** The same of the operations of a path. */
  public static void check(PathItem item, Findings findings) {
    for (Operation operation : item.operations()) {
      check(operation.extensions(), operation.method() + " " + item.path(), findings);
    }
  }

  private static void check(ObjectNode extensions, String where, Findings findings) {
    for (String name : extensions.propertyNames()) {
      if (isOfApiGateway(name) && !KNOWN.contains(name)) {
        findings.error("Unsupported extension '" + name + "' of " + where);
      }
    }
  }
}

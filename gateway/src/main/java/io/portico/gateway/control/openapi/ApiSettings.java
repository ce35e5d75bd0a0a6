package io.portico.gateway.control.openapi;

import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.CompressionRules;
import io.portico.gateway.control.rules.EndpointRules;
import io.portico.gateway.control.rules.ResourcePolicy;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.RestApiRecord;
import io.portico.gateway.model.RestApiRecord.EndpointConfiguration;
import io.portico.gateway.openapi.OpenApiDocument;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a document says of the <b>REST API</b> itself.
 *
 * <p>A setting that restricts access stays where the document is silent, in whichever mode, except
 * the resource policy: overwriting is how AWS's users take one away.
 */
final class ApiSettings {
  private static final String HEADER = "HEADER";
  private static final List<String> KEY_SOURCES = List.of(HEADER, "AUTHORIZER");

  // AWS: in its documentation of the extension, ipAddressType for HTTP APIs alone, wherefore
  // exports
  // have none; that imports of REST APIs take it is assumed. types is not there, but is what people
  // write.
  private static final List<String> ENDPOINT_MEMBERS =
      List.of("types", "vpcEndpointIds", "ipAddressType", "disableExecuteApiEndpoint");

  private static final String PRIVATE_DOCUMENT =
      "x-amazon-apigateway-endpoint-configuration describes a PRIVATE API and this is none: a new API"
          + " becomes private by the parameter endpointConfigurationTypes=PRIVATE, an existing one by"
          + " UpdateRestApi";
  private static final String PRIVATE_PARAMETER =
      "endpointConfigurationTypes=PRIVATE makes no existing API private: UpdateRestApi does";

  private ApiSettings() {}

  /** A new API before its document is read. */
  // AWS: defaults; source: API-01, API-02.
  static RestApiRecord bare(NewApi api, @Nullable List<String> endpointTypes, Instant now) {
    List<String> types = endpointTypes == null ? List.of(EndpointRules.EDGE) : endpointTypes;
    EndpointConfiguration endpoint =
        new EndpointConfiguration(
            types, EndpointRules.defaultIpAddressType(types.getFirst()), null);
    EndpointRules.check(endpoint);
    return new RestApiRecord(
        api.apiId(),
        api.accountId(),
        api.region(),
        "",
        null,
        now,
        null,
        null,
        null,
        HEADER,
        endpoint,
        null,
        null,
        false,
        api.rootResourceId(),
        null,
        null);
  }

  static RestApiRecord read(
      OpenApiDocument document, RestApiRecord api, boolean merge, ImportOptions options) {
    if (options.endpointTypes() != null) {
      checkPrivacy(options.endpointTypes(), api.endpointConfiguration(), PRIVATE_PARAMETER);
    }
    Fields fields =
        new Fields(
            document.extensions(),
            () -> Findings.invalid("An extension of the document is malformed"));
    String description = emptyAsNull(document.description());
    Boolean disabled = endpointFields(document, "disableExecuteApiEndpoint");
    String securityPolicy = fields.text(Extensions.SECURITY_POLICY);
    String accessMode = fields.text(Extensions.ENDPOINT_ACCESS_MODE);
    EndpointRules.checkSecurityPolicy(securityPolicy);
    EndpointRules.checkAccessMode(accessMode);
    EndpointConfiguration endpoint = endpoint(document, api.endpointConfiguration(), merge);
    String policyInForce = securityPolicy == null ? api.securityPolicy() : securityPolicy;
    String modeInForce = accessMode == null ? api.endpointAccessMode() : accessMode;
    EndpointRules.checkTls(
        new EndpointRules.Tls(endpoint.types(), policyInForce, modeInForce),
        new EndpointRules.Tls(
            api.endpointConfiguration().types(), api.securityPolicy(), api.endpointAccessMode()));
    return new RestApiRecord(
        api.id(),
        api.accountId(),
        api.region(),
        document.title(),
        description == null && merge ? api.description() : description,
        api.createdDate(),
        // AWS: source: IMP-02.
        document.version() == null && merge ? api.version() : document.version(),
        binaryMediaTypes(fields.texts(Extensions.BINARY_MEDIA_TYPES), api, merge),
        compressionSize(fields.integer(Extensions.MINIMUM_COMPRESSION_SIZE), api, merge),
        keySource(fields.name(Extensions.API_KEY_SOURCE), api, merge),
        endpoint,
        policy(document.extensions().get(Extensions.POLICY), api, merge),
        api.tags(),
        disabled == null ? api.disableExecuteApiEndpoint() : disabled,
        api.rootResourceId(),
        policyInForce,
        modeInForce);
  }

  private static @Nullable String emptyAsNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  // AWS: source: IMP-03, IMP-26.
  private static @Nullable List<String> binaryMediaTypes(
      @Nullable List<String> types, RestApiRecord api, boolean merge) {
    Set<String> all = new LinkedHashSet<>();
    if (merge && api.binaryMediaTypes() != null) {
      all.addAll(api.binaryMediaTypes());
    }
    if (types != null) {
      all.addAll(types);
    }
    return all.isEmpty() ? null : List.copyOf(new ArrayList<>(all));
  }

  private static @Nullable Integer compressionSize(
      @Nullable Integer size, RestApiRecord api, boolean merge) {
    if (size == null) {
      return merge ? api.minimumCompressionSize() : null;
    }
    CompressionRules.checkSize(size);
    return size;
  }

  // AWS: source: IMP-25.
  private static String keySource(@Nullable String source, RestApiRecord api, boolean merge) {
    if (source == null) {
      return merge ? api.apiKeySource() : HEADER;
    }
    if (!KEY_SOURCES.contains(source)) {
      // AWS: the text is assumed.
      throw ServiceException.badRequest(
          "Invalid API key source specified. Valid options are " + String.join(",", KEY_SOURCES));
    }
    return source;
  }

  private static @Nullable String policy(
      @Nullable JsonNode policy, RestApiRecord api, boolean merge) {
    if (policy == null || policy.isNull()) {
      return merge ? api.policy() : null;
    }
    String text = policy.isString() ? policy.stringValue() : Json.text(policy);
    return ResourcePolicy.accepted(text, new Caller(api.accountId(), api.region(), null), api.id());
  }

  // AWS: an import leaves the types of an existing API as they are; source: documented, "Update an
  // existing API definition".
  private static EndpointConfiguration endpoint(
      OpenApiDocument document, EndpointConfiguration existing, boolean merge) {
    List<String> vpcEndpointIds = null;
    String ipAddressType = null;
    for (Fields fields : endpointFields(document)) {
      if (!fields.hasOnly(ENDPOINT_MEMBERS)) {
        throw Findings.invalid(
            Extensions.ENDPOINT_CONFIGURATION + " has members other than " + ENDPOINT_MEMBERS);
      }
      List<String> types = fields.texts("types");
      if (types != null) {
        checkPrivacy(types, existing, PRIVATE_DOCUMENT);
      }
      List<String> ids = fields.texts("vpcEndpointIds");
      String type = fields.text("ipAddressType");
      vpcEndpointIds = ids == null ? vpcEndpointIds : ids;
      ipAddressType = type == null ? ipAddressType : type;
    }
    if (ipAddressType != null && !EndpointRules.IP_ADDRESS_TYPES.contains(ipAddressType)) {
      // AWS: source: API-14.
      throw ServiceException.badRequest("ipAddressType must be either ipv4 or dualstack.");
    }
    List<String> kept = merge ? existing.vpcEndpointIds() : null;
    EndpointConfiguration endpoint =
        new EndpointConfiguration(
            existing.types(),
            ipAddressType == null ? existing.ipAddressType() : ipAddressType,
            vpcEndpointIds == null || vpcEndpointIds.isEmpty() ? kept : vpcEndpointIds);
    EndpointRules.check(endpoint);
    return endpoint;
  }

  /** What is meant to be private must not become or stay public: no import changes the type. */
  private static void checkPrivacy(
      List<String> types, EndpointConfiguration existing, String refusal) {
    boolean meantPrivate = types.stream().anyMatch(EndpointRules.PRIVATE::equalsIgnoreCase);
    if (meantPrivate && !existing.types().contains(EndpointRules.PRIVATE)) {
      throw ServiceException.badRequest(refusal);
    }
  }

  private static @Nullable Boolean endpointFields(OpenApiDocument document, String name) {
    Boolean value = null;
    for (Fields fields : endpointFields(document)) {
      Boolean own = fields.truth(name);
      value = own == null ? value : own;
    }
    return value;
  }

  /** At the root in OpenAPI 2.0, in the server in 3.0; taken from wherever it stands. */
  private static List<Fields> endpointFields(OpenApiDocument document) {
    List<Fields> found = new ArrayList<>();
    for (var extensions : List.of(document.extensions(), document.serverExtensions())) {
      JsonNode value = extensions.get(Extensions.ENDPOINT_CONFIGURATION);
      if (value != null && !value.isNull()) {
        found.add(
            new Fields(
                value,
                () -> Findings.invalid(Extensions.ENDPOINT_CONFIGURATION + " is malformed")));
      }
    }
    return found;
  }
}

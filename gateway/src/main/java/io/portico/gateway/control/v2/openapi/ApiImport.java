package io.portico.gateway.control.v2.openapi;

import io.portico.gateway.control.openapi.DocumentTags;
import io.portico.gateway.control.openapi.Extensions;
import io.portico.gateway.control.openapi.Fields;
import io.portico.gateway.control.openapi.Findings;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.v2.rules.ApiRules;
import io.portico.gateway.control.v2.rules.Lengths;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.ApiRecord.Cors;
import io.portico.gateway.openapi.OpenApiDocument;
import io.portico.gateway.store.RecordCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a document says of the <b>API</b> itself. */
final class ApiImport {
  private static final Set<String> IP_ADDRESS_TYPES = Set.of("ipv4", "dualstack");

  private final OpenApiDocument document;
  private final Findings findings;

  ApiImport(OpenApiDocument document, Findings findings) {
    this.document = document;
    this.findings = findings;
  }

  /**
   * @throws ServiceException if it is no API that AWS takes
   */
  // AWS: an import replaces name, description, version and CORS; source: Terraform's provider,
  // which puts its own in place again after it. That an address and tags of which the document
  // does not speak stay is assumed.
  ApiRecord changed(ApiRecord before) {
    ApiRecord api =
        new ApiRecord(
            before.apiId(),
            before.accountId(),
            before.region(),
            document.title(),
            before.protocolType(),
            emptyAsNull(document.description()),
            emptyAsNull(document.version()),
            before.routeSelectionExpression(),
            before.apiKeySelectionExpression(),
            cors(),
            disabled(before),
            before.disableSchemaValidation(),
            ipAddressType(before),
            tags(before.tags()),
            before.importInfo(),
            before.warnings(),
            before.createdDate());
    checkVersion();
    Lengths.ofApi(RecordCodec.tree(api));
    ApiRules.check(api);
    return api;
  }

  private static @Nullable String emptyAsNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  // AWS: source: documented, x-amazon-apigateway-importexport-version; the text is assumed.
  private void checkVersion() {
    JsonNode version = document.extensions().get(Extensions.IMPORTEXPORT_VERSION);
    if (version != null && !version.isNull() && !version.asString("").equals("1.0")) {
      throw ServiceException.badRequest(
          "Unsupported " + Extensions.IMPORTEXPORT_VERSION + ". The only one supported is 1.0");
    }
  }

  // AWS: the text is assumed.
  private @Nullable Cors cors() {
    JsonNode extension = document.extensions().get(Extensions.CORS);
    if (extension == null || extension.isNull()) {
      return null;
    }
    try {
      Fields fields =
          new Fields(
              extension, () -> ServiceException.badRequest(Extensions.CORS + " is malformed"));
      return new Cors(
          fields.truth("allowCredentials"),
          fields.texts("allowHeaders"),
          fields.texts("allowMethods"),
          fields.texts("allowOrigins"),
          fields.texts("exposeHeaders"),
          fields.integer("maxAge"));
    } catch (ServiceException e) {
      // Pages of other origins may not call the API then.
      findings.warning("CORS Scheme is malformed, ignoring.");
      return null;
    }
  }

  private boolean disabled(ApiRecord before) {
    boolean disabled = before.disableExecuteApiEndpoint();
    for (Fields fields : endpoint()) {
      Boolean written = fields.truth("disableExecuteApiEndpoint");
      disabled = written == null ? disabled : written;
    }
    return disabled;
  }

  private String ipAddressType(ApiRecord before) {
    String type = before.ipAddressType();
    for (Fields fields : endpoint()) {
      String written = fields.text("ipAddressType");
      type = written == null ? type : written;
    }
    if (!IP_ADDRESS_TYPES.contains(type)) {
      // AWS: the text is v1's.
      throw ServiceException.badRequest("ipAddressType must be either ipv4 or dualstack.");
    }
    return type;
  }

  /** In the server, or at the root. */
  private List<Fields> endpoint() {
    List<Fields> found = new ArrayList<>();
    for (ObjectNode extensions : List.of(document.extensions(), document.serverExtensions())) {
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

  private @Nullable Map<String, String> tags(@Nullable Map<String, String> before) {
    Map<String, String> tags = DocumentTags.of(document);
    if (tags.isEmpty()) {
      return before;
    }
    Map<String, String> all = new TreeMap<>(before == null ? Map.of() : before);
    all.putAll(tags);
    return all;
  }
}

package io.portico.gateway.control.v2.openapi;

import io.portico.gateway.control.openapi.Extensions;
import io.portico.gateway.control.openapi.Fields;
import io.portico.gateway.control.openapi.Findings;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.control.v2.rules.IntegrationRules;
import io.portico.gateway.control.v2.rules.Lengths;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.IntegrationRecord;
import io.portico.gateway.model.v2.IntegrationRecord.TlsConfig;
import io.portico.gateway.openapi.Budget;
import io.portico.gateway.openapi.OpenApiDocument;
import io.portico.gateway.store.RecordCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code x-amazon-apigateway-integration} becomes an <b>integration</b>; one of the components'
 * {@code x-amazon-apigateway-integrations}, one for all routes that refer to it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html">x-amazon-apigateway-integration</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-extensions-integrations.html">x-amazon-apigateway-integrations</a>
 */
final class IntegrationImport {
  private static final String REFERENCE = "#/components/" + Extensions.INTEGRATIONS + "/";
  private static final int MOST_ENTRIES = 1_000_000;

  private final ApiRecord api;
  private final @Nullable JsonNode shared;
  private final NewIds ids;
  private final Quotas quotas;
  private final Findings findings;
  private final Budget budget = new Budget(MOST_ENTRIES);
  private final List<IntegrationRecord> integrations = new ArrayList<>();
  private final Map<String, String> byReference = new HashMap<>();

  IntegrationImport(
      ApiRecord api, OpenApiDocument document, NewIds ids, Quotas quotas, Findings findings) {
    this.api = api;
    this.shared = document.componentExtensions().get(Extensions.INTEGRATIONS);
    this.ids = ids;
    this.quotas = quotas;
    this.findings = findings;
  }

  List<IntegrationRecord> integrations() {
    return integrations;
  }

  /**
   * The id of a route's integration.
   *
   * @return null if AWS does not take it; the findings say why
   * @throws ServiceException if the extension is malformed
   */
  @Nullable String read(JsonNode extension, String routeKey) {
    Fields fields = new Fields(extension, () -> malformed(routeKey));
    String reference = fields.text("$ref");
    if (reference == null) {
      return create(fields, routeKey);
    }
    String known = byReference.get(reference);
    if (known != null) {
      return known;
    }
    String created =
        create(new Fields(referred(reference, routeKey), () -> malformed(routeKey)), routeKey);
    if (created != null) {
      byReference.put(reference, created);
    }
    return created;
  }

  private JsonNode referred(String reference, String routeKey) {
    JsonNode found =
        shared == null || !reference.startsWith(REFERENCE)
            ? null
            : shared.get(
                reference.substring(REFERENCE.length()).replace("~1", "/").replace("~0", "~"));
    if (found == null) {
      throw malformed(routeKey);
    }
    return found;
  }

  // AWS: the text is v1's.
  private static ServiceException malformed(String routeKey) {
    return ServiceException.badRequest(
        "Unable to parse API definition because of a malformed integration at path "
            + routeKey
            + ".");
  }

  // AWS: the text, and that the route is made without its integration: reported by users of AWS's
  // clients, who have imported the sample document of REST APIs.
  private @Nullable String create(Fields fields, String routeKey) {
    IntegrationRecord sent = integration(fields, routeKey);
    try {
      Lengths.ofIntegration(RecordCodec.tree(sent));
      integrations.add(IntegrationRules.accepted(sent, api, quotas, null));
      return sent.integrationId();
    } catch (ServiceException e) {
      String why = e.text().endsWith(".") ? e.text() : e.text() + ".";
      findings.warning(
          "Unable to create integration for resource at path '%s': %s Ignoring."
              .formatted(routeKey, why));
      return null;
    }
  }

  // AWS: what only REST APIs' integrations have is passed over: assumed, but for its mapping
  // templates documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-open-api.html.
  private IntegrationRecord integration(Fields fields, String routeKey) {
    String type = fields.name("type");
    if (type == null) {
      throw malformed(routeKey);
    }
    budget.spend(fields.size("requestParameters"));
    budget.spend(fields.size("responseParameters"));
    String connectionType = fields.name("connectionType");
    Integer timeout = fields.integer("timeoutInMillis");
    Fields tls = fields.fields("tlsConfig");
    return new IntegrationRecord(
        ids.integration(),
        type,
        null,
        fields.text("connectionId"),
        connectionType == null ? IntegrationRules.INTERNET : connectionType,
        null,
        fields.text("credentials"),
        fields.name("httpMethod"),
        null,
        fields.text("integrationSubtype"),
        fields.text("uri"),
        null,
        fields.text("payloadFormatVersion"),
        fields.textMap("requestParameters", leftOut("requestParameters", routeKey)),
        null,
        responses(fields, routeKey),
        null,
        timeout == null ? IntegrationRules.defaultTimeout(api) : timeout,
        tls == null ? null : new TlsConfig(tls.text("serverNameToVerify")),
        List.of(),
        false);
  }

  private @Nullable Map<String, Map<String, String>> responses(Fields fields, String routeKey) {
    Fields byStatus = fields.fields("responseParameters");
    if (byStatus == null) {
      return null;
    }
    Map<String, Map<String, String>> responses = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : fields.entries("responseParameters")) {
      budget.spend(byStatus.size(entry.getKey()));
      Map<String, String> mappings =
          byStatus.textMap(entry.getKey(), leftOut("responseParameters", routeKey));
      if (mappings != null) {
        responses.put(entry.getKey(), mappings);
      }
    }
    return responses.isEmpty() ? null : responses;
  }

  // AWS: the text is assumed, after v1's IMP-08.
  private BiConsumer<String, JsonNode> leftOut(String member, String routeKey) {
    return (name, value) ->
        findings.warning(
            "Invalid format for '%s'. Expected type string for property '%s' of resource '%s'"
                .formatted(member, name, routeKey));
  }
}

package io.portico.gateway.control.openapi;

import io.portico.gateway.compile.VpcLinks;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.control.rules.ApiQuotas;
import io.portico.gateway.control.rules.IntegrationRules;
import io.portico.gateway.control.rules.Mappings;
import io.portico.gateway.model.IntegrationRecord;
import io.portico.gateway.model.IntegrationRecord.TlsConfig;
import io.portico.gateway.model.IntegrationResponseRecord;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.MethodResponseRecord;
import io.portico.gateway.model.ResourceRecord;
import io.portico.gateway.openapi.Budget;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code x-amazon-apigateway-integration} becomes an <b>integration</b> with its responses.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-integration.html">x-amazon-apigateway-integration</a>
 */
final class IntegrationImport {
  static final String DEFAULT_RESPONSE = "default";
  private static final int MOST_ENTRIES = 1_000_000;
  private static final List<String> TYPES =
      List.of("HTTP", "AWS", "MOCK", "HTTP_PROXY", "AWS_PROXY");
  private static final List<String> CONNECTION_TYPES = List.of("INTERNET", "VPC_LINK");
  private static final List<String> CONTENT_HANDLING =
      List.of("CONVERT_TO_BINARY", "CONVERT_TO_TEXT");
  private static final List<String> TRANSFER_MODES = List.of("BUFFERED", "STREAM");
  private static final Pattern STATUS_CODE = Pattern.compile("[1-5]\\d\\d");

  private final Budget budget = new Budget(MOST_ENTRIES);
  private final ApiQuotas quotas;
  private final VpcLinks links;
  private final Findings findings;

  IntegrationImport(Quotas quotas, VpcLinks links, Findings findings) {
    this.quotas = new ApiQuotas(quotas);
    this.links = links;
    this.findings = findings;
  }

  /**
   * The method's integration.
   *
   * @return null if AWS does not take it; the findings say why
   * @throws ServiceException if the extension is malformed
   */
  @Nullable IntegrationRecord read(
      JsonNode extension, MethodRecord method, ResourceRecord resource) {
    Fields fields = new Fields(extension, () -> malformed(resource));
    IntegrationRecord written = integration(fields, method, resource);
    IntegrationRecord integration;
    try {
      checkNames(written);
      integration = IntegrationRules.accepted(written, method, null);
      IntegrationRules.checkTarget(integration, null, links);
      quotas
          .checkTimeout(integration, method.httpMethod() + " " + resource.path())
          .ifPresent(
              refusal ->
                  findings.warning("Integration on " + at(method, resource) + ": " + refusal));
    } catch (ServiceException e) {
      findings.error("Unable to put integration on " + at(method, resource) + ": " + e.text());
      return null;
    }
    for (Map.Entry<String, JsonNode> entry : fields.entries("responses")) {
      integration = withResponse(integration, entry, method, resource);
    }
    return integration;
  }

  // AWS: source: answers that users of AWS's clients report.
  private static ServiceException malformed(ResourceRecord resource) {
    return ServiceException.badRequest(
        "Unable to parse API definition because of a malformed integration at path "
            + resource.path()
            + ".");
  }

  private static String at(MethodRecord method, ResourceRecord resource) {
    return "'" + method.httpMethod() + "' for resource at path '" + resource.path() + "'";
  }

  private IntegrationRecord integration(
      Fields fields, MethodRecord method, ResourceRecord resource) {
    String type = fields.name("type");
    if (type == null) {
      throw malformed(resource);
    }
    spend(fields, "requestParameters", "requestTemplates", "cacheKeyParameters", "responses");
    Integer timeout = fields.integer("timeoutInMillis");
    String passthrough = fields.name("passthroughBehavior");
    String cacheNamespace = fields.text("cacheNamespace");
    List<String> cacheKeyParameters = fields.texts("cacheKeyParameters");
    Map<String, String> parameters =
        fields.textMap("requestParameters", leftOut("requestParameters", method, resource));
    Map<String, @Nullable String> templates = fields.templates("requestTemplates");
    // AWS: letter case of names is ignored; source: IMP-10. Defaults; source: INT-01.
    return new IntegrationRecord(
        type,
        fields.name("httpMethod"),
        fields.text("uri"),
        fields.name("connectionType"),
        fields.text("connectionId"),
        fields.text("credentials"),
        parameters,
        templates,
        passthrough == null ? "WHEN_NO_MATCH" : passthrough,
        fields.name("contentHandling"),
        timeout == null ? Integer.valueOf(IntegrationRecord.DEFAULT_TIMEOUT) : timeout,
        cacheNamespace == null ? resource.id() : cacheNamespace,
        cacheKeyParameters == null ? List.of() : cacheKeyParameters,
        tlsConfig(fields.fields("tlsConfig")),
        fields.name("responseTransferMode"),
        fields.text("integrationTarget"),
        null);
  }

  private void spend(Fields fields, String... members) {
    for (String member : members) {
      budget.spend(fields.size(member));
    }
  }

  private static void checkNames(IntegrationRecord integration) {
    checkName(integration.type(), TYPES, "integration type");
    checkName(integration.connectionType(), CONNECTION_TYPES, "connectionType");
    checkName(integration.contentHandling(), CONTENT_HANDLING, "contentHandling");
    checkName(integration.responseTransferMode(), TRANSFER_MODES, "responseTransferMode");
  }

  // AWS: the text is assumed, after that for endpoint types in API-14.
  private static void checkName(@Nullable String value, List<String> options, String what) {
    if (value != null && !options.contains(value)) {
      throw ServiceException.badRequest(
          "Invalid " + what + " specified. Valid options are " + String.join(",", options));
    }
  }

  private static @Nullable TlsConfig tlsConfig(@Nullable Fields fields) {
    return fields == null ? null : new TlsConfig(fields.truth("insecureSkipVerification"));
  }

  // AWS: source: IMP-08.
  private BiConsumer<String, JsonNode> leftOut(
      String member, MethodRecord method, ResourceRecord resource) {
    return (name, value) ->
        findings.warning(
            "Invalid format for '"
                + member
                + "'. Expected type string for property '"
                + name
                + "' of resource '"
                + resource.path()
                + "' and method '"
                + method.httpMethod()
                + "' but got '"
                + (value.isContainer() ? value.toString() : value.asString())
                + "'");
  }

  private IntegrationRecord withResponse(
      IntegrationRecord integration,
      Map.Entry<String, JsonNode> entry,
      MethodRecord method,
      ResourceRecord resource) {
    Fields fields = new Fields(entry.getValue(), () -> malformed(resource));
    String statusCode = fields.text("statusCode");
    if (statusCode == null || !STATUS_CODE.matcher(statusCode).matches()) {
      throw malformed(resource);
    }
    spend(fields, "responseParameters", "responseTemplates");
    Map<String, String> parameters =
        fields.textMap("responseParameters", leftOut("responseParameters", method, resource));
    Map<String, @Nullable String> templates = fields.templates("responseTemplates");
    String contentHandling = fields.name("contentHandling");
    try {
      checkName(contentHandling, CONTENT_HANDLING, "contentHandling");
      // AWS: source: IMP-11.
      String pattern = entry.getKey().equals(DEFAULT_RESPONSE) ? null : entry.getKey();
      IntegrationRules.checkSelectionPattern(pattern);
      check(parameters, templates, statusCode, method);
      return integration.withResponse(
          new IntegrationResponseRecord(
              statusCode, pattern, parameters, templates, contentHandling));
    } catch (ServiceException e) {
      findings.error(
          "Unable to put integration response on " + at(method, resource) + ": " + e.text());
      return integration;
    }
  }

  // AWS: headers need a declaration only where the method declares the status at all; source:
  // documented, sample API with basic request validation, whose default response does not.
  private static void check(
      @Nullable Map<String, String> parameters,
      @Nullable Map<String, @Nullable String> templates,
      String statusCode,
      MethodRecord method) {
    MethodResponseRecord declared =
        method.methodResponses() == null ? null : method.methodResponses().get(statusCode);
    if (parameters != null) {
      if (declared == null) {
        Mappings.checkResponseMappings(parameters, parameters.keySet());
      } else {
        Mappings.checkResponseMappings(
            parameters,
            declared.responseParameters() == null ? null : declared.responseParameters().keySet());
      }
    }
    if (templates != null) {
      Mappings.checkContentTypes(templates.keySet());
    }
  }
}

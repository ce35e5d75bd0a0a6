package io.portico.gateway.control.openapi;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.Mappings;
import io.portico.gateway.json.SharedTexts;
import io.portico.gateway.json.SmallMap;
import io.portico.gateway.model.MethodRecord;
import io.portico.gateway.model.MethodResponseRecord;
import io.portico.gateway.model.ResourceRecord;
import io.portico.gateway.openapi.Operation;
import io.portico.gateway.openapi.Parameter;
import io.portico.gateway.openapi.Response;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Operations become <b>methods</b> with their responses and integrations. */
final class MethodImport {
  private static final String ANY = "ANY";
  private static final Pattern STATUS_CODE = Pattern.compile("[1-5]\\d\\d");

  private final ModelImport models;
  private final ValidatorImport validators;
  private final SecurityImport security;
  private final IntegrationImport integrations;
  private final Findings findings;

  MethodImport(
      ModelImport models,
      ValidatorImport validators,
      SecurityImport security,
      IntegrationImport integrations,
      Findings findings) {
    this.models = models;
    this.validators = validators;
    this.security = security;
    this.integrations = integrations;
    this.findings = findings;
  }

  /**
   * The operation as a method of the resource.
   *
   * @return null if there is no such method; the findings say why
   */
  @Nullable MethodRecord read(Operation operation, ResourceRecord resource) {
    String httpMethod =
        operation.method().equals(Extensions.ANY_METHOD)
            ? ANY
            : SharedTexts.of(operation.method().toUpperCase(Locale.ROOT));
    if (httpMethod.equals("TRACE")) {
      findings.warning(
          "Unsupported HTTP method 'TRACE' for resource '" + resource.path() + "'. Ignoring.");
      return null;
    }
    MethodRecord method;
    try {
      method = method(operation, httpMethod, resource);
    } catch (ServiceException e) {
      // AWS: source: answers that users of AWS's clients report.
      findings.error(
          "Unable to put method '"
              + httpMethod
              + "' on resource at path '"
              + resource.path()
              + "': "
              + e.text());
      return null;
    }
    JsonNode integration = operation.extensions().get(Extensions.INTEGRATION);
    return integration == null || integration.isNull()
        ? method
        : method.withIntegration(integrations.read(integration, method, resource));
  }

  private MethodRecord method(Operation operation, String httpMethod, ResourceRecord resource) {
    Authorization authorization = security.of(operation);
    String name = httpMethod + " " + resource.path();
    return new MethodRecord(
        httpMethod,
        authorization.type(),
        authorization.authorizerId(),
        authorization.scopes(),
        authorization.apiKeyRequired(),
        validators.idFor(operation),
        operation.operationId(),
        requestParameters(operation, name),
        modelsOf(operation.body(), "body of method '" + name + "'"),
        responses(operation, name),
        null);
  }

  private @Nullable Map<String, Boolean> requestParameters(Operation operation, String name) {
    Map<String, Boolean> parameters = new SmallMap<>();
    for (Parameter parameter : operation.parameters()) {
      String place =
          switch (parameter.in()) {
            case "path" -> "path";
            case "query" -> "querystring";
            case "header" -> "header";
            default -> null;
          };
      if (place == null) {
        // AWS: the text is assumed.
        findings.warning(
            "Unsupported parameter type '"
                + parameter.in()
                + "' of parameter '"
                + parameter.name()
                + "' of method '"
                + name
                + "'. Ignoring.");
      } else {
        // AWS: a path parameter is always required; source: IMP-17.
        parameters.put(
            SharedTexts.of("method.request." + place + "." + parameter.name()),
            parameter.required() || place.equals("path"));
      }
    }
    Mappings.checkRequestParameters(parameters.keySet());
    return parameters.isEmpty() ? null : parameters;
  }

  private @Nullable Map<String, String> modelsOf(Map<String, JsonNode> schemas, String place) {
    Map<String, String> names = new SmallMap<>();
    for (Map.Entry<String, JsonNode> entry : schemas.entrySet()) {
      String name = models.nameFor(entry.getValue(), place);
      if (name != null) {
        names.put(entry.getKey(), name);
      }
    }
    return names.isEmpty() ? null : names;
  }

  private @Nullable Map<String, MethodResponseRecord> responses(Operation operation, String name) {
    if (operation.responses() == null) {
      // AWS: source: answers that users of AWS's clients report.
      findings.warning("No responses specified for '" + name + "'");
      return null;
    }
    Map<String, MethodResponseRecord> responses = new SmallMap<>();
    for (Response response : operation.responses()) {
      String status = response.status();
      // A method has no response for all other codes, so a document's default has no place.
      if (isStatusCode(status)) {
        responses.put(status, response(response, name));
      } else if (!status.equals(IntegrationImport.DEFAULT_RESPONSE)) {
        findings.warning(
            "Unsupported response '" + status + "' to method '" + name + "'. Ignoring.");
      }
    }
    return responses.isEmpty() ? null : responses;
  }

  /** Whether a response is one to a status code, as a method's are. */
  static boolean isStatusCode(@Nullable String status) {
    return status != null && STATUS_CODE.matcher(status).matches();
  }

  // AWS: a header is never required; source: IMP-16.
  private MethodResponseRecord response(Response response, String name) {
    Map<String, Boolean> headers = new SmallMap<>();
    response
        .headers()
        .forEach(
            header ->
                headers.put(SharedTexts.of("method.response.header." + header), Boolean.FALSE));
    Mappings.checkResponseParameters(headers.keySet());
    return new MethodResponseRecord(
        response.status(),
        headers.isEmpty() ? null : headers,
        modelsOf(response.content(), response.status() + " response to method '" + name + "'"));
  }
}

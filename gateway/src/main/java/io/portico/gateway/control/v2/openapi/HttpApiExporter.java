package io.portico.gateway.control.v2.openapi;

import io.portico.gateway.control.openapi.Extensions;
import io.portico.gateway.control.v2.rules.IntegrationRules;
import io.portico.gateway.control.v2.rules.RouteKey;
import io.portico.gateway.control.v2.rules.RouteRules;
import io.portico.gateway.json.Json;
import io.portico.gateway.json.Yaml;
import io.portico.gateway.model.v2.ApiDefinition;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.ApiRecord.Cors;
import io.portico.gateway.model.v2.IntegrationRecord;
import io.portico.gateway.model.v2.RouteRecord;
import io.portico.gateway.model.v2.StageRecord;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * <b>Export</b>: an HTTP API as an OpenAPI document.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-export.html">Export
 *     HTTP APIs</a>
 */
// AWS: how the document looks: source: exports in public repositories; in what order routes stand
// is assumed.
public final class HttpApiExporter {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final String INVOCATIONS = "/invocations";

  private final ApiDefinition definition;
  private final boolean extensions;
  private final SecurityExport security;
  private final Map<String, IntegrationRecord> integrations = new HashMap<>();

  private HttpApiExporter(ApiDefinition definition, boolean extensions) {
    this.definition = definition;
    this.extensions = extensions;
    this.security = new SecurityExport(definition.authorizers(), extensions);
    definition.integrations().forEach(each -> integrations.put(each.integrationId(), each));
  }

  /**
   * @param stage what the API is served under, or null for what is not deployed
   * @param extensions whether AWS's extensions are written
   */
  public static String export(
      ApiDefinition definition, @Nullable String stage, boolean extensions, boolean yaml) {
    ObjectNode document = new HttpApiExporter(definition, extensions).document(stage);
    return yaml ? Yaml.text(document, false) : Json.pretty(document);
  }

  private ObjectNode document(@Nullable String stage) {
    ApiRecord api = definition.api();
    ObjectNode document = Json.object();
    document.put("openapi", "3.0.1");
    info(document.putObject("info"), api);
    server(document.putArray("servers").addObject(), api, stage);
    tags(document, api);
    paths(document.putObject("paths"));
    ObjectNode schemes = security.schemes();
    if (!schemes.isEmpty()) {
      document.putObject("components").set("securitySchemes", schemes);
    }
    if (extensions) {
      if (api.corsConfiguration() != null) {
        cors(document.putObject(Extensions.CORS), api.corsConfiguration());
      }
      document.put(Extensions.IMPORTEXPORT_VERSION, "1.0");
    }
    return document;
  }

  private static void info(ObjectNode info, ApiRecord api) {
    info.put("title", api.name());
    put(info, "description", api.description());
    info.put("version", api.version() == null ? TIME.format(api.createdDate()) : api.version());
  }

  private void server(ObjectNode server, ApiRecord api, @Nullable String stage) {
    server.put(
        "url",
        "https://%s.execute-api.%s.amazonaws.com/{basePath}".formatted(api.apiId(), api.region()));
    server
        .putObject("variables")
        .putObject("basePath")
        .put("default", stage == null || stage.equals(StageRecord.DEFAULT) ? "" : stage);
    if (extensions && api.disableExecuteApiEndpoint()) {
      server.putObject(Extensions.ENDPOINT_CONFIGURATION).put("disableExecuteApiEndpoint", true);
    }
  }

  private void tags(ObjectNode document, ApiRecord api) {
    if (extensions && api.tags() != null && !api.tags().isEmpty()) {
      ArrayNode tags = document.putArray("tags");
      api.tags()
          .forEach(
              (name, value) -> tags.addObject().put("name", name).put(Extensions.TAG_VALUE, value));
    }
  }

  private void paths(ObjectNode paths) {
    List<RouteRecord> routes =
        definition.routes().stream()
            .sorted(
                Comparator.comparing((RouteRecord route) -> path(route.routeKey()))
                    .thenComparing(RouteRecord::routeKey))
            .toList();
    for (RouteRecord route : routes) {
      String path = path(route.routeKey());
      if (!(paths.get(path) instanceof ObjectNode)) {
        paths.putObject(path);
      }
      if (paths.get(path) instanceof ObjectNode item) {
        operation(item.putObject(member(route.routeKey())), route);
      }
    }
    for (Map.Entry<String, ?> item : paths.properties()) {
      if (item.getValue() instanceof ObjectNode node) {
        parameters(node, item.getKey());
      }
    }
  }

  private static String path(String routeKey) {
    int space = routeKey.indexOf(' ');
    return space < 0 ? RouteImport.DEFAULT_PATH : routeKey.substring(space + 1);
  }

  private static String member(String routeKey) {
    int space = routeKey.indexOf(' ');
    String method = space < 0 ? "ANY" : routeKey.substring(0, space);
    return method.equals("ANY") ? Extensions.ANY_METHOD : method.toLowerCase(Locale.ROOT);
  }

  private void operation(ObjectNode operation, RouteRecord route) {
    put(operation, "operationId", route.operationName());
    operation
        .putObject("responses")
        .putObject("default")
        .put("description", "Default response for " + route.routeKey());
    security.write(operation, route);
    if (!extensions) {
      return;
    }
    if (route.authorizationType().equals(RouteRules.AWS_IAM)) {
      operation.putObject(Extensions.AUTH).put("type", RouteRules.AWS_IAM);
    }
    String integrationId = RouteRules.integrationOf(route.target());
    IntegrationRecord integration = integrationId == null ? null : integrations.get(integrationId);
    if (integration != null) {
      integration(operation.putObject(Extensions.INTEGRATION), integration);
    }
    if (route.routeKey().equals(RouteKey.DEFAULT)) {
      operation.put("isDefaultRoute", true);
    }
  }

  private static void parameters(ObjectNode item, String path) {
    ArrayNode parameters = Json.array();
    for (String part : path.split("/", -1)) {
      if (part.startsWith("{") && part.endsWith("}")) {
        String name = part.substring(1, part.length() - 1);
        ObjectNode parameter = parameters.addObject();
        parameter
            .put("name", name)
            .put("in", "path")
            .put("description", "Generated path parameter for " + name)
            .put("required", true);
        parameter.putObject("schema").put("type", "string");
      }
    }
    if (!parameters.isEmpty()) {
      item.set("parameters", parameters);
    }
  }

  private void integration(ObjectNode node, IntegrationRecord integration) {
    Map<String, Map<String, String>> responses = integration.responseParameters();
    if (responses != null && !responses.isEmpty()) {
      ObjectNode byStatus = node.putObject("responseParameters");
      responses.forEach((status, mappings) -> put(byStatus, status, mappings));
    }
    put(node, "requestParameters", integration.requestParameters());
    put(node, "integrationSubtype", integration.integrationSubtype());
    put(node, "payloadFormatVersion", integration.payloadFormatVersion());
    put(node, "connectionId", integration.connectionId());
    put(node, "credentials", integration.credentialsArn());
    node.put("type", integration.integrationType().toLowerCase(Locale.ROOT));
    put(node, "httpMethod", integration.integrationMethod());
    put(node, "uri", uri(integration.integrationUri()));
    node.put("connectionType", integration.connectionType());
    if (integration.timeoutInMillis() != IntegrationRules.defaultTimeout(definition.api())) {
      node.put("timeoutInMillis", integration.timeoutInMillis());
    }
    if (integration.tlsConfig() != null) {
      put(
          node.putObject("tlsConfig"),
          "serverNameToVerify",
          integration.tlsConfig().serverNameToVerify());
    }
  }

  /** A function by the ARN by which it is invoked. */
  private @Nullable String uri(@Nullable String uri) {
    return uri == null
            || !uri.startsWith("arn:")
            || !uri.contains(":function:")
            || uri.endsWith(INVOCATIONS)
        ? uri
        : "arn:aws:apigateway:%s:lambda:path/2015-03-31/functions/%s%s"
            .formatted(definition.api().region(), uri, INVOCATIONS);
  }

  private static void cors(ObjectNode node, Cors cors) {
    texts(node, "allowMethods", cors.allowMethods());
    texts(node, "allowHeaders", cors.allowHeaders());
    texts(node, "exposeHeaders", cors.exposeHeaders());
    if (cors.maxAge() != null) {
      node.put("maxAge", cors.maxAge().intValue());
    }
    if (cors.allowCredentials() != null) {
      node.put("allowCredentials", cors.allowCredentials().booleanValue());
    }
    texts(node, "allowOrigins", cors.allowOrigins());
  }

  private static void texts(ObjectNode node, String name, @Nullable List<String> texts) {
    if (texts != null && !texts.isEmpty()) {
      ArrayNode array = node.putArray(name);
      texts.forEach(array::add);
    }
  }

  private static void put(ObjectNode node, String name, @Nullable String value) {
    if (value != null) {
      node.put(name, value);
    }
  }

  private static void put(ObjectNode node, String name, @Nullable Map<String, String> map) {
    if (map != null && !map.isEmpty()) {
      ObjectNode written = node.putObject(name);
      map.forEach(written::put);
    }
  }
}

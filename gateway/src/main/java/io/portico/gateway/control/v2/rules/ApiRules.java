package io.portico.gateway.control.v2.rules;

import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.model.v2.ApiRecord;
import io.portico.gateway.model.v2.ApiRecord.Cors;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an API itself may be, by its protocol. */
public final class ApiRules {
  private static final String ANY = "*";
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  // AWS: a scheme and a host, which may be any (https://*); source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html.
  private static final Pattern ORIGIN =
      Pattern.compile(
          "[A-Za-z][A-Za-z0-9+.-]*://(?:\\*|[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(?::\\d{1,5})?");
  private static final int LONGEST_AGE = 86_400;

  private ApiRules() {}

  /**
   * @throws ServiceException if it is not one that AWS takes
   */
  // AWS: the texts: reported, https://github.com/badmintoncryer/cdk-preflight; that of API key
  // selection expressions is assumed.
  public static void check(ApiRecord api) {
    if (api.name().isBlank()) {
      throw ServiceException.badRequest("Invalid API name specified");
    }
    if (api.isHttp()) {
      checkHttp(api);
    } else {
      checkWebSocket(api);
    }
    Cors cors = api.corsConfiguration();
    if (cors != null) {
      check(cors);
    }
  }

  private static void checkHttp(ApiRecord api) {
    String routes = api.routeSelectionExpression();
    if (!routes.equals(SelectionExpressions.OF_HTTP)
        && !routes.equals(SelectionExpressions.OF_HTTP_IN_BRACES)) {
      throw ServiceException.badRequest(
          "Route selection expression is currently limited to \""
              + SelectionExpressions.OF_HTTP_IN_BRACES
              + "\"");
    }
    if (!api.apiKeySelectionExpression().equals(SelectionExpressions.API_KEY_HEADER)) {
      throw ServiceException.badRequest("Invalid apiKeySelectionExpression");
    }
    if (Boolean.TRUE.equals(api.disableSchemaValidation())) {
      throw Protocols.onlyForWebSocket("DisableSchemaValidation");
    }
  }

  private static void checkWebSocket(ApiRecord api) {
    if (!SelectionExpressions.selectsMessages(api.routeSelectionExpression())) {
      throw ServiceException.badRequest("Invalid routeSelectionExpression");
    }
    if (!SelectionExpressions.selectsApiKeys(api.apiKeySelectionExpression())) {
      throw ServiceException.badRequest("Invalid apiKeySelectionExpression");
    }
    if (api.corsConfiguration() != null) {
      throw ServiceException.badRequest("Cors is not supported for WEBSOCKET protocolType");
    }
  }

  // AWS: the first text: as above; the others are assumed.
  private static void check(Cors cors) {
    if (Boolean.TRUE.equals(cors.allowCredentials()) && listed(cors.allowOrigins()).contains(ANY)) {
      throw ServiceException.badRequest(
          "allow-credentials is not supported if 'allow-origin' is *");
    }
    for (String origin : listed(cors.allowOrigins())) {
      if (!origin.equals(ANY) && !ORIGIN.matcher(origin).matches()) {
        throw ServiceException.badRequest(
            "Invalid format for origin "
                + origin
                + ". It must be * or of the form <scheme>://<host>[:<port>]");
      }
    }
    checkTokens("allow-methods", cors.allowMethods());
    checkTokens("allow-headers", cors.allowHeaders());
    checkTokens("expose-headers", cors.exposeHeaders());
    Integer age = cors.maxAge();
    if (age != null && (age < -1 || age > LONGEST_AGE)) {
      throw ServiceException.badRequest("max-age should be between -1 and " + LONGEST_AGE);
    }
  }

  // What is none would go into a header of every answer.
  private static void checkTokens(String header, @Nullable List<String> values) {
    for (String value : listed(values)) {
      if (!TOKEN.matcher(value).matches()) {
        throw ServiceException.badRequest("Invalid value for " + header + ": " + value);
      }
    }
  }

  private static List<String> listed(@Nullable List<String> values) {
    return values == null ? List.of() : values;
  }
}

package io.portico.gateway.compile.websocket;

import io.portico.gateway.compile.IntegrationCompiler;
import io.portico.gateway.compile.ParameterExpressions;
import io.portico.gateway.compile.ParameterExpressions.InvalidExpressionException;
import io.portico.gateway.compile.ParameterExpressions.Words;
import io.portico.gateway.compile.Templates;
import io.portico.gateway.compile.UnusableException;
import io.portico.gateway.model.v2.IntegrationRecord;
import io.portico.gateway.model.v2.IntegrationResponseRecord;
import io.portico.gateway.regex.BoundedPattern;
import io.portico.gateway.snapshot.IntegrationSnapshot;
import io.portico.gateway.snapshot.RequestMapping;
import io.portico.gateway.snapshot.websocket.MessageResponses;
import io.portico.gateway.snapshot.websocket.MessageResponses.Mapping;
import io.portico.gateway.snapshot.websocket.MessageResponses.Selectable;
import io.portico.gateway.snapshot.websocket.SelectionExpression;
import io.portico.gateway.snapshot.websocket.WebSocketIntegration;
import io.portico.gateway.snapshot.websocket.WebSocketRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Compiles what routes call. What cannot be called compiles to {@code Broken}. */
final class WebSocketIntegrationCompiler {
  private final IntegrationCompiler backends;

  /**
   * @param backends compiles what integrations call, which are of the kinds that REST APIs have
   */
  WebSocketIntegrationCompiler(IntegrationCompiler backends) {
    this.backends = backends;
  }

  WebSocketIntegration compile(IntegrationRecord record) {
    try {
      return integration(record);
    } catch (InvalidExpressionException | UnusableException e) {
      return broken(String.valueOf(e.getMessage()));
    }
  }

  static WebSocketIntegration broken(String reason) {
    return new WebSocketIntegration(
        new IntegrationSnapshot.Broken(reason), null, MessageResponses.NONE);
  }

  private WebSocketIntegration integration(IntegrationRecord record)
      throws InvalidExpressionException, UnusableException {
    if (record.tlsConfig() != null && record.tlsConfig().serverNameToVerify() != null) {
      throw new UnusableException("tlsConfig.serverNameToVerify is for HTTP APIs");
    }
    boolean proxy =
        record.integrationType().equals("HTTP_PROXY")
            || record.integrationType().equals("AWS_PROXY");
    RequestMapping request =
        new RequestMapping(
            ParameterExpressions.ofRequest(record.requestParameters(), Words.OF_WEBSOCKET_APIS),
            proxy ? Map.of() : Templates.byKey(record.requestTemplates()),
            IntegrationCompiler.passthrough(record.passthroughBehavior()),
            IntegrationCompiler.contentHandling(record.contentHandlingStrategy()));
    return new WebSocketIntegration(
        backends.backend(ofRestApi(record), request),
        expression(record.templateSelectionExpression(), false),
        proxy ? MessageResponses.NONE : responses(record));
  }

  /** The same backend, as an integration of a REST API names it. */
  private static io.portico.gateway.model.IntegrationRecord ofRestApi(IntegrationRecord record) {
    return new io.portico.gateway.model.IntegrationRecord(
        record.integrationType(),
        record.integrationMethod(),
        record.integrationUri(),
        record.connectionType(),
        record.connectionId(),
        record.credentialsArn(),
        null,
        null,
        null,
        null,
        record.timeoutInMillis() == 0 ? null : record.timeoutInMillis(),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static MessageResponses responses(IntegrationRecord record)
      throws InvalidExpressionException, UnusableException {
    List<Selectable> selectable = new ArrayList<>();
    Mapping fallback = null;
    for (IntegrationResponseRecord response : record.integrationResponses()) {
      Mapping mapping =
          new Mapping(
              expression(response.templateSelectionExpression(), true),
              Templates.byKey(response.responseTemplates()),
              ParameterExpressions.ofAnswer(response.responseParameters(), Words.OF_WEBSOCKET_APIS),
              IntegrationCompiler.contentHandling(response.contentHandlingStrategy()));
      String key = response.integrationResponseKey();
      if (key.equals(WebSocketRoute.DEFAULT)) {
        fallback = mapping;
      } else {
        selectable.add(new Selectable(pattern(key), mapping));
      }
    }
    return new MessageResponses(List.copyOf(selectable), fallback);
  }

  /**
   * AWS: a pattern stands between slashes; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-responses.html,
   * whose example of the command line has a bare status: taken as it is.
   */
  private static BoundedPattern pattern(String key) throws UnusableException {
    boolean pattern = key.length() > 2 && key.startsWith("/") && key.endsWith("/");
    try {
      return BoundedPattern.compile(
          pattern ? key.substring(1, key.length() - 1) : Pattern.quote(key), 0);
    } catch (PatternSyntaxException e) {
      throw new UnusableException("not an integration response key: " + key);
    }
  }

  private static @Nullable SelectionExpression expression(
      @Nullable String configured, boolean ofAnswer) throws UnusableException {
    if (configured == null || configured.isEmpty()) {
      return null;
    }
    return ofAnswer
        ? SelectionExpressions.ofAnswer(configured)
        : SelectionExpressions.ofMessage(configured);
  }
}

package io.portico.gateway.execute.websocket;

import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.IntegrationRequest;
import io.portico.gateway.execute.MethodRequest;
import io.portico.gateway.execute.Payload;
import io.portico.gateway.execute.WebSocketCall;
import io.portico.gateway.execute.mapping.Expressions;
import io.portico.gateway.execute.mapping.MappedParameters;
import io.portico.gateway.execute.mapping.PayloadConversion;
import io.portico.gateway.http.Body;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.IntegrationSnapshot;
import io.portico.gateway.snapshot.MappingTemplate;
import io.portico.gateway.snapshot.RequestMapping;
import io.portico.gateway.snapshot.websocket.SelectionExpression;
import io.portico.gateway.snapshot.websocket.WebSocketIntegration;
import io.portico.gateway.snapshot.websocket.WebSocketRoute;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The <b>integration request</b> of an event: parameters are mapped, the message goes through the
 * template that is selected for it.
 *
 * <p>Faults: {@code UNSUPPORTED_MEDIA_TYPE} for a message no template is for where {@code
 * passthroughBehavior} forbids to pass it; {@code API_CONFIGURATION_ERROR} for a template or a
 * conversion that fails.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-data-transformations.html">Data
 *     transformations for WebSocket APIs</a>
 */
final class EventRequests {
  /** The template of an integration that says no selection expression. AWS: assumed. */
  private static final String JSON = "application/json";

  private EventRequests() {}

  static IntegrationRequest map(
      MethodRequest request, WebSocketIntegration integration, WebSocketCall call) {
    return switch (integration.backend()) {
      case IntegrationSnapshot.Lambda lambda when lambda.proxy() ->
          new IntegrationRequest(
              request, Map.of(), Map.of(), Map.of(), request.body(), request.contentType());
      case IntegrationSnapshot.Lambda lambda ->
          mapped(request, lambda.request(), integration, call);
      case IntegrationSnapshot.Http http -> mapped(request, http.request(), integration, call);
      case IntegrationSnapshot.Service service ->
          mapped(request, service.request(), integration, call);
      case IntegrationSnapshot.Mock mock -> mapped(request, mock.request(), integration, call);
      case IntegrationSnapshot.Broken broken -> throw GatewayFault.misconfigured(broken.reason());
    };
  }

  private static IntegrationRequest mapped(
      MethodRequest request,
      RequestMapping mapping,
      WebSocketIntegration integration,
      WebSocketCall call) {
    MappedParameters parameters = MappedParameters.of(mapping.parameters(), request, call);
    // AWS: what comes is text; source: documented,
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-binary-media-types.html.
    // Binary messages, beyond AWS, are what a REST API makes of binary media types.
    PayloadConversion conversion =
        PayloadConversion.ofRequest(call.event().binary(), mapping.contentHandling());
    Payload content = conversion.apply(request.payload());
    if (integration.isProxy()) {
      return integrationRequest(request, parameters, content.bytes());
    }
    MappingTemplate template =
        select(mapping.templates(), integration.templateSelection(), request.payload(), call);
    if (template == null && !mapping.passesUnmatched()) {
      throw new GatewayFault(GatewayResponseType.UNSUPPORTED_MEDIA_TYPE, FaultCause.NO_TEMPLATE);
    }
    if (template == null || template instanceof MappingTemplate.Unchanged) {
      return integrationRequest(request, parameters, content.bytes());
    }
    // AWS: binary data cannot enter a template of a REST API; source: recorded, facts BIN-08.
    if (content.bytes().length > 0 && conversion.isBinary()) {
      throw GatewayFault.misconfigured(
          FaultCause.TEMPLATE_FAILED,
          Expressions.NO_REQUEST,
          "a binary message cannot enter a template");
    }
    byte[] result = Expressions.render(template, content, request, call, Expressions.NO_REQUEST);
    return integrationRequest(request, parameters.with(call.invocation().overrides()), result);
  }

  private static @Nullable MappingTemplate select(
      Map<String, MappingTemplate> templates,
      @Nullable SelectionExpression expression,
      Payload message,
      WebSocketCall call) {
    if (templates.isEmpty()) {
      return null;
    }
    String key =
        expression == null ? JSON : SelectionKeys.ofMessage(expression, message, call.invocation());
    MappingTemplate exact = key == null ? null : templates.get(key);
    return exact == null ? templates.get(WebSocketRoute.DEFAULT) : exact;
  }

  private static IntegrationRequest integrationRequest(
      MethodRequest request, MappedParameters parameters, byte[] content) {
    return new IntegrationRequest(
        request,
        parameters.path(),
        parameters.query(),
        parameters.headers(),
        Body.of(content),
        request.contentType());
  }
}

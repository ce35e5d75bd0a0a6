package io.portico.gateway.execute.websocket;

import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MethodRequest;
import io.portico.gateway.execute.Payload;
import io.portico.gateway.execute.RequestValidator;
import io.portico.gateway.execute.WebSocketCall;
import io.portico.gateway.jsonschema.JsonSchema;
import io.portico.gateway.snapshot.Authorization;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.websocket.ModelSelection;
import io.portico.gateway.snapshot.websocket.WebSocketRoute;

/** A <b>message</b> of a client: routed, throttled, validated, and what its route makes of it. */
final class MessageStage {
  private final MessageRouting routing = new MessageRouting();
  private final RouteThrottling throttles;
  private final RouteIntegrations integrations;

  MessageStage(RouteThrottling throttles, RouteIntegrations integrations) {
    this.throttles = throttles;
    this.integrations = integrations;
  }

  /** The call of the message's route, of which the observations are told. */
  WebSocketCall route(WebSocketCall begun, MethodRequest request) {
    Invocation invocation = begun.invocation();
    Payload message = request.payload();
    invocation.takesApart(message.bytes());
    WebSocketCall call = routing.route(invocation, begun.stage(), begun.event(), message);
    invocation.observations().happened(call);
    return call;
  }

  /**
   * What its route answers.
   *
   * @param caller who has connected
   */
  RouteAnswer answer(MethodRequest request, WebSocketCall call, Caller caller) {
    WebSocketRoute route = call.route();
    if (route != null) {
      if (route.authorization() instanceof Authorization.Closed closed) {
        throw ConnectStage.closed(closed.refusal());
      }
      throttles.admit(call);
      if (route.models() != null) {
        validate(request.payload(), route.models(), call.invocation());
      }
    }
    RouteAnswer answer = integrations.call(request, call, caller);
    int limit = call.stage().connections().message();
    // AWS: 128 KB hold both ways; source: documented, the quotas of WebSocket APIs. What becomes of
    // a longer answer is not described.
    if (isAnswered(call, answer) && answer.content().length > limit) {
      throw GatewayFault.misconfigured("the answer is longer than " + limit + " bytes");
    }
    return answer;
  }

  /** Whether a client is to be sent an answer. */
  boolean isAnswered(WebSocketCall call, RouteAnswer answer) {
    // AWS: whether an answer without content is a message is not described.
    return call.route() != null && call.route().twoWay() && answer.content().length > 0;
  }

  /**
   * AWS: without a model for it and for {@code $default} a message is refused; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-request-validation.html.
   */
  private static void validate(Payload message, ModelSelection selection, Invocation invocation) {
    String key = SelectionKeys.ofMessage(selection.expression(), message, invocation);
    JsonSchema own = key == null ? null : selection.models().get(key);
    JsonSchema schema = own == null ? selection.models().get(WebSocketRoute.DEFAULT) : own;
    String told = key == null ? WebSocketRoute.DEFAULT : key;
    if (schema == null) {
      throw new GatewayFault(GatewayResponseType.BAD_REQUEST_BODY, FaultCause.NO_MODEL)
          .withValidationErrors("[No model for " + told + "]")
          .because("there is no model for " + told);
    }
    RequestValidator.requireModel(schema, message, told, invocation.carrier());
  }
}

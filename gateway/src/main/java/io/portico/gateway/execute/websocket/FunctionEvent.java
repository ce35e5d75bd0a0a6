package io.portico.gateway.execute.websocket;

import io.portico.gateway.execute.ConnectionEvent;
import io.portico.gateway.execute.ContextValues;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MethodOverride;
import io.portico.gateway.execute.MethodRequest;
import io.portico.gateway.execute.Payload;
import io.portico.gateway.execute.RequestParameters;
import io.portico.gateway.execute.WebSocketCall;
import io.portico.gateway.execute.integration.ClientSignature;
import io.portico.gateway.execute.integration.RequestEvent;
import io.portico.gateway.execute.mapping.PayloadConversion;
import io.portico.gateway.http.Headers;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.ContentHandling;
import io.portico.gateway.snapshot.ContextVariable;
import java.util.List;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The event that the function of a route gets, and that of an authorizer.
 *
 * <p>AWS: source: events that users have published, such as
 * https://gist.github.com/noid11/4aa8933d0b5cdbcc09d377c5d65d28c1; that members without a value are
 * left out is that of newer ones.
 */
final class FunctionEvent {
  /** What stands in {@code requestContext} behind {@code authorizer}. */
  private static final List<ContextVariable> BEFORE_IDENTITY =
      List.of(
          ContextVariable.DISCONNECT_STATUS_CODE,
          ContextVariable.MESSAGE_ID,
          ContextVariable.EVENT_TYPE,
          ContextVariable.EXTENDED_REQUEST_ID,
          ContextVariable.REQUEST_TIME,
          ContextVariable.MESSAGE_DIRECTION,
          ContextVariable.DISCONNECT_REASON,
          ContextVariable.STAGE,
          ContextVariable.CONNECTED_AT,
          ContextVariable.REQUEST_TIME_EPOCH);

  private static final List<ContextVariable> BEHIND_IDENTITY =
      List.of(
          ContextVariable.REQUEST_ID,
          ContextVariable.DOMAIN_NAME,
          ContextVariable.CONNECTION_ID,
          ContextVariable.API_ID);

  private FunctionEvent() {}

  /**
   * That of a proxied function. A binary message, beyond AWS, is base64 whatever the integration
   * says of conversions.
   */
  static byte[] of(MethodRequest request, ContentHandling handling, WebSocketCall call) {
    ObjectNode event = Json.object();
    switch (call.event().type()) {
      case CONNECT -> putParameters(event, request.parameters());
      case MESSAGE -> {}
      case DISCONNECT -> putEnd(event, call.invocation());
    }
    if (!call.stage().variables().isEmpty()) {
      event.set("stageVariables", RequestEvent.texts(call.stage().variables(), NullNode.instance));
    }
    event.set("requestContext", requestContext(call.invocation()));
    boolean binary = call.event().binary();
    if (call.event().type() == ConnectionEvent.Type.MESSAGE) {
      Payload body = request.payload();
      event.put("body", binary ? PayloadConversion.ENCODE.apply(body).raw() : body.raw());
    }
    event.put("isBase64Encoded", binary || handling == ContentHandling.CONVERT_TO_BINARY);
    return Json.bytes(event);
  }

  /**
   * That of the function of an authorizer. AWS: source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html;
   * parameters that are none are an empty object there, as in REST APIs: assumed.
   */
  static byte[] ofAuthorizer(RequestParameters parameters, String arn, WebSocketCall call) {
    ObjectNode event = Json.object().put("type", "REQUEST").put("methodArn", arn);
    RequestEvent.putParameters(event, parameters, parameters.headers(), Json.object());
    event.set("stageVariables", RequestEvent.texts(call.stage().variables(), Json.object()));
    event.set("requestContext", requestContext(call.invocation()));
    return Json.bytes(event);
  }

  private static void putParameters(ObjectNode event, RequestParameters parameters) {
    RequestEvent.putParameters(
        event,
        parameters,
        MethodOverride.without(ClientSignature.without(parameters.headers())),
        NullNode.instance);
    for (String name : List.of("queryStringParameters", "multiValueQueryStringParameters")) {
      if (event.path(name).isNull()) {
        event.remove(name);
      }
    }
  }

  /** AWS: these headers, whatever the client had; source: events that users have published. */
  private static void putEnd(ObjectNode event, Invocation invocation) {
    Headers headers =
        Headers.of(
            "Host",
            invocation.domainName(),
            "x-api-key",
            "",
            "X-Forwarded-For",
            "",
            "x-restapi",
            "");
    ObjectNode single = event.putObject("headers");
    ObjectNode multi = event.putObject("multiValueHeaders");
    for (Headers.Field field : headers) {
      single.put(field.name(), field.value());
      multi.putArray(field.name()).add(field.value());
    }
  }

  private static ObjectNode requestContext(Invocation invocation) {
    ObjectNode context = Json.object();
    putValues(context, List.of(ContextVariable.ROUTE_KEY), invocation);
    RequestEvent.putAuthorizer(context, invocation.observations());
    putValues(context, BEFORE_IDENTITY, invocation);
    putValues(context.putObject("identity"), ContextValues.ofIdentity(invocation), invocation);
    putValues(context, BEHIND_IDENTITY, invocation);
    return context;
  }

  private static void putValues(
      ObjectNode node, List<ContextVariable> variables, Invocation invocation) {
    for (ContextVariable variable : variables) {
      Object value = ContextValues.value(variable, invocation);
      if (value instanceof Long number) {
        node.put(variable.memberName(), number);
      } else if (value != null) {
        node.put(variable.memberName(), value.toString());
      }
    }
  }
}

package io.portico.gateway.execute.websocket;

import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.HeaderText;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.MethodRequest;
import io.portico.gateway.execute.Payload;
import io.portico.gateway.execute.WebSocketCall;
import io.portico.gateway.execute.integration.EndpointContent;
import io.portico.gateway.execute.integration.LambdaProxyReply;
import io.portico.gateway.execute.integration.LambdaProxyReply.MalformedReplyException;
import io.portico.gateway.execute.mapping.Expressions;
import io.portico.gateway.execute.mapping.PayloadConversion;
import io.portico.gateway.http.Headers;
import io.portico.gateway.regex.TooManyStepsException;
import io.portico.gateway.snapshot.ContentHandling;
import io.portico.gateway.snapshot.IntegrationSnapshot;
import io.portico.gateway.snapshot.MappingTemplate;
import io.portico.gateway.snapshot.ParameterMapping;
import io.portico.gateway.snapshot.websocket.MessageResponses;
import io.portico.gateway.snapshot.websocket.MessageResponses.Mapping;
import io.portico.gateway.snapshot.websocket.SelectionExpression;
import io.portico.gateway.snapshot.websocket.WebSocketIntegration;
import io.portico.gateway.snapshot.websocket.WebSocketRoute;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The <b>integration response</b> of an event: a proxy's passes, any other selects an integration
 * response and is mapped by it.
 *
 * <p>Faults: {@code API_CONFIGURATION_ERROR} where none is for the answer of a two-way route, or a
 * template or conversion fails; {@code DEFAULT_5XX} with 502 for a function that fails, or whose
 * reply is none.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-responses.html">Integration
 *     responses</a>
 */
final class EventResponses {
  private static final String JSON = "application/json";

  private EventResponses() {}

  /**
   * What a route makes of an answer.
   *
   * @param told whether somebody is to be told of it: a two-way route's client, or one that
   *     connects
   */
  static RouteAnswer read(
      EndpointResponse endpoint,
      MethodRequest request,
      WebSocketIntegration integration,
      boolean told,
      WebSocketCall call) {
    if (integration.isProxy()) {
      return integration.backend() instanceof IntegrationSnapshot.Lambda
          ? ofFunction(endpoint, call.invocation())
          : new RouteAnswer(
              endpoint.status(),
              endpoint.headers(),
              EndpointContent.whole(endpoint, call.invocation()),
              false);
    }
    Payload content = new Payload(EndpointContent.whole(endpoint, call.invocation()));
    Mapping mapping = select(integration.responses(), endpoint, call);
    if (mapping == null) {
      // AWS: whether one that connects needs any is not described; its status is the backend's.
      if (told && call.route() != null && call.route().twoWay()) {
        throw GatewayFault.misconfigured(
            FaultCause.NO_INTEGRATION_RESPONSE,
            "No match for output mapping and no default output mapping configured."
                + " Endpoint Response Status Code: "
                + endpoint.status(),
            "no integration response is for: " + endpoint.selector());
      }
      return new RouteAnswer(endpoint.status(), Headers.empty(), content.bytes(), false);
    }
    return told
        ? mapped(endpoint, content, request, mapping, call)
        : new RouteAnswer(endpoint.status(), Headers.empty(), content.bytes(), false);
  }

  private static RouteAnswer ofFunction(EndpointResponse endpoint, Invocation invocation) {
    if (endpoint.status() == EndpointResponse.FUNCTION_ERROR) {
      throw GatewayFault.badReply(
          FaultCause.FUNCTION_FAILED, "the function failed: " + endpoint.selector());
    }
    try {
      LambdaProxyReply reply = LambdaProxyReply.parse(EndpointContent.whole(endpoint, invocation));
      invocation.observations().functionAnswered(reply.status());
      Payload body = new Payload(reply.body().getBytes(StandardCharsets.UTF_8));
      return new RouteAnswer(
          reply.status(),
          reply.headers(),
          // AWS: what becomes of base64 is not described; as behind other APIs: assumed.
          reply.base64() ? PayloadConversion.DECODE.apply(body).bytes() : body.bytes(),
          reply.base64());
    } catch (MalformedReplyException e) {
      throw GatewayFault.badReply(FaultCause.FUNCTION_REPLY, String.valueOf(e.getMessage()))
          .telling("Malformed Lambda proxy response");
    }
  }

  private static @Nullable Mapping select(
      MessageResponses responses, EndpointResponse endpoint, WebSocketCall call) {
    for (MessageResponses.Selectable candidate : responses.selectable()) {
      try {
        if (candidate.pattern().matches(endpoint.selector(), call.invocation().carrier())) {
          return candidate.mapping();
        }
      } catch (TooManyStepsException e) {
        throw GatewayFault.misconfigured("an integration response key failed: " + e.getMessage());
      }
    }
    return responses.fallback();
  }

  private static RouteAnswer mapped(
      EndpointResponse endpoint,
      Payload content,
      MethodRequest request,
      Mapping mapping,
      WebSocketCall call) {
    PayloadConversion conversion = conversion(mapping.contentHandling());
    Payload body = conversion.apply(content);
    boolean binary = conversion.isBinary();
    MappingTemplate template =
        template(mapping.templates(), mapping.templateSelection(), request, endpoint, call);
    if (template != null && !(template instanceof MappingTemplate.Unchanged)) {
      if (body.bytes().length > 0 && binary) {
        throw GatewayFault.misconfigured(
            FaultCause.TEMPLATE_FAILED,
            Expressions.NO_RESPONSE,
            "a binary answer cannot enter a template");
      }
      body =
          new Payload(Expressions.render(template, body, request, call, Expressions.NO_RESPONSE));
      binary = false;
    }
    return new RouteAnswer(
        status(endpoint, call.invocation()),
        headers(mapping.headers(), endpoint, content, request, call),
        body.bytes(),
        binary);
  }

  /**
   * AWS: CONVERT_TO_TEXT makes base64 of a binary answer, and there are no binary media types;
   * source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-binary-media-types.html.
   */
  private static PayloadConversion conversion(ContentHandling handling) {
    return switch (handling) {
      case PASSTHROUGH -> PayloadConversion.TEXT;
      case CONVERT_TO_TEXT -> PayloadConversion.ENCODE;
      case CONVERT_TO_BINARY -> PayloadConversion.DECODE;
    };
  }

  private static @Nullable MappingTemplate template(
      Map<String, MappingTemplate> templates,
      @Nullable SelectionExpression expression,
      MethodRequest request,
      EndpointResponse endpoint,
      WebSocketCall call) {
    if (templates.isEmpty()) {
      return null;
    }
    String key =
        expression == null
            ? JSON
            : SelectionKeys.ofAnswer(expression, request.payload(), endpoint, call.invocation());
    MappingTemplate exact = key == null ? null : templates.get(key);
    return exact == null ? templates.get(WebSocketRoute.DEFAULT) : exact;
  }

  private static Headers headers(
      List<ParameterMapping> mappings,
      EndpointResponse endpoint,
      Payload content,
      MethodRequest request,
      WebSocketCall call) {
    Headers.Builder headers = Headers.builder();
    boolean functionError = endpoint.status() == EndpointResponse.FUNCTION_ERROR;
    for (ParameterMapping mapping : mappings) {
      for (String value :
          Expressions.ofResponse(
              mapping.source(), endpoint, content, functionError, request, call)) {
        HeaderText.add(headers, mapping.name(), HeaderText.octets(mapping.source(), value));
      }
    }
    call.invocation()
        .overrides()
        .responseHeader()
        .forEach(
            (name, value) -> {
              headers.remove(name);
              for (String text : Expressions.headerTexts(value)) {
                HeaderText.add(headers, name, text);
              }
            });
    return headers.build();
  }

  /** AWS: what is no status is ignored in REST APIs; source: second-hand, facts SEC-07. */
  private static int status(EndpointResponse endpoint, Invocation invocation) {
    Object override = invocation.overrides().responseStatus();
    String text = override == null ? "" : Expressions.texts(override).getLast();
    return text.matches("[1-5][0-9]{2}") ? Integer.parseInt(text) : endpoint.status();
  }
}

package io.portico.gateway.execute.rest;

import io.portico.gateway.execute.EndpointReply;
import io.portico.gateway.execute.EndpointResponse;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.HeaderText;
import io.portico.gateway.execute.IntegrationResponse;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.MethodRequest;
import io.portico.gateway.execute.Payload;
import io.portico.gateway.execute.integration.EndpointContent;
import io.portico.gateway.execute.mapping.Expressions;
import io.portico.gateway.execute.mapping.PayloadConversion;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.regex.BoundedPattern;
import io.portico.gateway.regex.TooManyStepsException;
import io.portico.gateway.snapshot.BinaryMediaTypes;
import io.portico.gateway.snapshot.IntegrationSnapshot;
import io.portico.gateway.snapshot.MappingTemplate;
import io.portico.gateway.snapshot.ParameterMapping;
import io.portico.gateway.snapshot.ResponseMappings;
import io.portico.gateway.snapshot.ResponseMappings.ResponseMapping;
import io.portico.gateway.snapshot.ResponseMappings.Selectable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The <b>integration response</b> stage: the backend's answer selects an integration response, and
 * is mapped by it; a proxy's passes.
 *
 * <p>Faults: {@code API_CONFIGURATION_ERROR} where no integration response is for the answer, or a
 * template or conversion fails; {@code DEFAULT_5XX} with 502 for a function's malformed reply.
 */
final class IntegrationResponseStage {

  /**
   * Reads an answer as far as it says the same to whoever is to hear it.
   *
   * @throws GatewayFault with 502 for a function's malformed reply
   */
  static EndpointReply read(EndpointResponse endpoint, MethodMatch match) {
    return match.method().integration() instanceof IntegrationSnapshot.Lambda lambda
            && lambda.proxy()
            && !lambda.isStreamed()
        ? ProxyResponses.read(endpoint, match)
        : new EndpointReply.Untouched(endpoint);
  }

  IntegrationResponse map(EndpointReply reply, MethodRequest request, MethodMatch match) {
    return switch (reply) {
      case EndpointReply.Untouched untouched -> map(untouched.response(), request, match);
      case EndpointReply.OfFunction function -> ProxyResponses.ofFunction(function, match);
    };
  }

  private static IntegrationResponse map(
      EndpointResponse endpoint, MethodRequest request, MethodMatch match) {
    return switch (match.method().integration()) {
      case IntegrationSnapshot.Http http ->
          http.proxy()
              ? ProxyResponses.ofBackend(endpoint, http.isStreamed(), match)
              : mapped(endpoint, request, match, http.responses());
      case IntegrationSnapshot.Lambda lambda ->
          lambda.isStreamed()
              ? ProxyResponses.ofStream(endpoint, match)
              : mapped(endpoint, request, match, lambda.responses());
      case IntegrationSnapshot.Service service ->
          service.proxy()
              ? ProxyResponses.ofBackend(endpoint, false, match)
              : mapped(endpoint, request, match, service.responses());
      case IntegrationSnapshot.Mock mock -> mapped(endpoint, request, match, mock.responses());
      case IntegrationSnapshot.Broken broken -> throw GatewayFault.misconfigured(broken.reason());
    };
  }

  private static IntegrationResponse mapped(
      EndpointResponse endpoint,
      MethodRequest request,
      MethodMatch match,
      ResponseMappings responses) {
    Payload payload = new Payload(EndpointContent.whole(endpoint, match.invocation()));
    ResponseMapping mapping = select(responses, endpoint, match);
    String accept = match.invocation().request().headers().first("Accept");
    PayloadConversion conversion = conversion(endpoint, accept, match, mapping);
    Payload body = conversion.apply(payload);

    MappingTemplate template = TemplateSelection.forResponse(mapping.templates(), accept);
    Headers.Builder headers = Headers.builder();
    addMapped(headers, mapping.headers(), endpoint, payload, request, match);
    if (template != null && !(template instanceof MappingTemplate.Unchanged)) {
      if (body.bytes().length > 0 && conversion.isBinary()) {
        throw GatewayFault.misconfigured(
            FaultCause.TEMPLATE_FAILED,
            Expressions.NO_RESPONSE,
            "a binary answer cannot enter a template");
      }
      body =
          new Payload(Expressions.render(template, body, request, match, Expressions.NO_RESPONSE));
    }
    return new IntegrationResponse(
        status(mapping, match), overridden(headers, match).build(), Body.of(body.bytes()));
  }

  /**
   * AWS: the first pattern that matches the whole wins over the default; source: recorded, facts
   * SEL-01, SEL-04. Nothing for the answer, or a status the method does not declare, is an error of
   * the configuration; source: second-hand, facts SEC-06, and documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html.
   */
  private static ResponseMapping select(
      ResponseMappings responses, EndpointResponse endpoint, MethodMatch match) {
    String selector = endpoint.selector();
    ResponseMapping selected = responses.fallback();
    for (Selectable candidate : responses.selectable()) {
      if (matches(candidate.pattern(), selector, match)) {
        selected = candidate.mapping();
        break;
      }
    }
    if (selected == null) {
      throw GatewayFault.misconfigured(
          FaultCause.NO_INTEGRATION_RESPONSE,
          "No match for output mapping and no default output mapping configured."
              + " Endpoint Response Status Code: "
              + endpointStatus(endpoint, match),
          "no integration response is for: " + selector);
    }
    match.invocation().observations().trail().selected(selected.statusCode());
    if (!selected.declared()) {
      throw GatewayFault.misconfigured(
          FaultCause.NO_METHOD_RESPONSE,
          "Output mapping refers to an invalid method response: " + selected.statusCode(),
          "the method has no response " + selected.statusCode());
    }
    return selected;
  }

  /** What the endpoint said itself: of a function that failed, Lambda's 200. */
  private static int endpointStatus(EndpointResponse endpoint, MethodMatch match) {
    return match.method().integration() instanceof IntegrationSnapshot.Lambda
        ? 200
        : endpoint.status();
  }

  private static boolean matches(BoundedPattern pattern, String selector, MethodMatch match) {
    try {
      return pattern.matches(selector, match.invocation().carrier());
    } catch (TooManyStepsException e) {
      throw GatewayFault.misconfigured("a selection pattern failed: " + e.getMessage());
    }
  }

  private static PayloadConversion conversion(
      EndpointResponse endpoint,
      @Nullable String accept,
      MethodMatch match,
      ResponseMapping mapping) {
    BinaryMediaTypes types = match.stage().binaryMediaTypes();
    return PayloadConversion.ofResponse(
        types.matches(endpoint.headers().first("Content-Type")),
        types.matches(accept),
        mapping.contentHandling());
  }

  private static void addMapped(
      Headers.Builder headers,
      List<ParameterMapping> mappings,
      EndpointResponse endpoint,
      Payload payload,
      MethodRequest request,
      MethodMatch match) {
    for (ParameterMapping mapping : mappings) {
      for (String value :
          Expressions.ofResponse(
              mapping.source(),
              endpoint,
              payload,
              isFunctionError(endpoint, match),
              request,
              match)) {
        ReservedHeaders.add(
            headers,
            mapping.name(),
            HeaderText.octets(mapping.source(), value),
            match.invocation());
      }
    }
  }

  private static boolean isFunctionError(EndpointResponse endpoint, MethodMatch match) {
    return endpoint.status() == EndpointResponse.FUNCTION_ERROR
        && match.method().integration() instanceof IntegrationSnapshot.Lambda;
  }

  private static Headers.Builder overridden(Headers.Builder headers, MethodMatch match) {
    for (Map.Entry<String, Object> override :
        match.invocation().overrides().responseHeader().entrySet()) {
      headers.remove(override.getKey());
      for (String value : Expressions.headerTexts(override.getValue())) {
        ReservedHeaders.add(headers, override.getKey(), value, match.invocation());
      }
    }
    return headers;
  }

  /** AWS: what is no status is ignored; source: second-hand, facts SEC-07. */
  private static int status(ResponseMapping mapping, MethodMatch match) {
    Object override = match.invocation().overrides().responseStatus();
    if (override == null) {
      return mapping.statusCode();
    }
    String text = Expressions.texts(override).getLast();
    return text.matches("[1-5][0-9]{2}") ? Integer.parseInt(text) : mapping.statusCode();
  }
}

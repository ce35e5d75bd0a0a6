package io.portico.gateway.execute.rest;

import io.portico.gateway.execute.Caller;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.IntegrationRequest;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.MethodRequest;
import io.portico.gateway.execute.Payload;
import io.portico.gateway.execute.mapping.Expressions;
import io.portico.gateway.execute.mapping.MappedParameters;
import io.portico.gateway.execute.mapping.PayloadConversion;
import io.portico.gateway.http.Body;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.IntegrationSnapshot;
import io.portico.gateway.snapshot.MappingTemplate;
import io.portico.gateway.snapshot.RequestMapping;
import java.util.Map;

/**
 * The <b>integration request</b> stage: parameters are mapped, the body goes through its template.
 *
 * <p>Faults: {@code UNSUPPORTED_MEDIA_TYPE} for a body no template is for where {@code
 * passthroughBehavior} forbids to pass it; {@code API_CONFIGURATION_ERROR} for a template or a
 * conversion that fails.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html">Passthrough
 *     behaviors</a>
 */
final class IntegrationRequestStage {

  IntegrationRequest map(MethodRequest request, MethodMatch match, Caller caller) {
    return switch (match.method().integration()) {
      case IntegrationSnapshot.Http http ->
          http.proxy()
              ? proxied(request, match, http.request())
              : mapped(request, match, http.request());
      case IntegrationSnapshot.Lambda lambda ->
          lambda.proxy() ? unchanged(request) : mapped(request, match, lambda.request());
      case IntegrationSnapshot.Service service -> mapped(request, match, service.request());
      case IntegrationSnapshot.Mock mock -> mapped(request, match, mock.request());
      case IntegrationSnapshot.Broken broken -> throw GatewayFault.misconfigured(broken.reason());
    };
  }

  private static IntegrationRequest unchanged(MethodRequest request) {
    return new IntegrationRequest(
        request, Map.of(), Map.of(), Map.of(), request.body(), request.contentType());
  }

  /** AWS: parameters are mapped, the body is not; source: recorded, facts REQ-08. */
  private static IntegrationRequest proxied(
      MethodRequest request, MethodMatch match, RequestMapping mapping) {
    MappedParameters parameters = MappedParameters.of(mapping.parameters(), request, match);
    PayloadConversion conversion = conversion(request, match, mapping);
    Body body =
        switch (conversion) {
          case BINARY -> request.body();
          case TEXT -> ProxiedText.of(request, match);
          case DECODE, ENCODE -> Body.of(conversion.apply(request.payload()).bytes());
        };
    return integrationRequest(request, parameters, body);
  }

  private static IntegrationRequest mapped(
      MethodRequest request, MethodMatch match, RequestMapping mapping) {
    MappedParameters parameters = MappedParameters.of(mapping.parameters(), request, match);
    PayloadConversion conversion = conversion(request, match, mapping);
    Payload converted = conversion.apply(request.payload());
    MappingTemplate template =
        TemplateSelection.forRequest(mapping.templates(), request.contentType());
    if (template == null && !mapping.passesUnmatched()) {
      throw new GatewayFault(GatewayResponseType.UNSUPPORTED_MEDIA_TYPE, FaultCause.NO_TEMPLATE);
    }
    if (template == null || template instanceof MappingTemplate.Unchanged) {
      return integrationRequest(request, parameters, Body.of(converted.bytes()));
    }
    // AWS: binary data cannot enter a template; source: recorded, facts BIN-08.
    if (converted.bytes().length > 0 && conversion.isBinary()) {
      throw GatewayFault.misconfigured(
          FaultCause.TEMPLATE_FAILED,
          Expressions.NO_REQUEST,
          "a binary body cannot enter a template");
    }
    byte[] result = Expressions.render(template, converted, request, match, Expressions.NO_REQUEST);
    return integrationRequest(
        request, parameters.with(match.invocation().overrides()), Body.of(result));
  }

  private static PayloadConversion conversion(
      MethodRequest request, MethodMatch match, RequestMapping mapping) {
    boolean binary = match.stage().binaryMediaTypes().matches(request.contentType());
    return PayloadConversion.ofRequest(binary, mapping.contentHandling());
  }

  private static IntegrationRequest integrationRequest(
      MethodRequest request, MappedParameters parameters, Body body) {
    return new IntegrationRequest(
        request,
        parameters.path(),
        parameters.query(),
        parameters.headers(),
        body,
        request.contentType());
  }
}

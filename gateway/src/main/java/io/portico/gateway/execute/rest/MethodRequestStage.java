package io.portico.gateway.execute.rest;

import io.portico.gateway.compute.Carrier;
import io.portico.gateway.execute.ExecutionTrace;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.MethodMatch;
import io.portico.gateway.execute.MethodRequest;
import io.portico.gateway.execute.RequestValidator;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.MediaType;
import io.portico.gateway.jsonschema.JsonSchema;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.RequestValidation;
import java.util.Map;

/**
 * The <b>method request</b> stage: does the request keep the contract the method declares?
 *
 * <p>Runs after the authorizer, so that a caller who may not call the method learns nothing about
 * its parameters. Parameters are looked at before the body (recorded, facts RTE-11). Faults: {@code
 * BAD_REQUEST_PARAMETERS}, {@code BAD_REQUEST_BODY}, {@code REQUEST_TOO_LARGE}; {@code DEFAULT_4XX}
 * for content of several types.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html">Request
 *     validation</a>
 */
final class MethodRequestStage {
  private static final String ANY_TYPE = "$default";

  /**
   * The request, its body in memory where the method, or what follows, takes it apart or somebody
   * listens who takes bodies.
   */
  MethodRequest accept(MethodRequest received, MethodMatch match) {
    long limit = match.stage().payloadLimit();
    MethodRequest request = received;
    ExecutionTrace trace = match.invocation().trace();
    if (trace.takesBodies()) {
      request = received.buffered(limit, match.invocation().deadlineNanos());
    }
    trace.methodRequest(request, match);
    RequestValidation validation = match.method().validation();
    if (!validation.required().isEmpty()) {
      RequestValidator.requireParameters(request.parameters(), validation.required());
    }
    if (match.method().readsBody()) {
      requireOneType(request.parameters().headers());
    }
    MethodRequest read =
        match.method().readsBody()
            ? request.buffered(limit, match.invocation().deadlineNanos())
            : request.within(limit);
    match.invocation().observations().trail().received(read.body());
    match.invocation().tellOf(read.body().length());
    if (match.method().readsBody()) {
      match.invocation().takesApart(read.payload().bytes());
    }
    if (!validation.models().isEmpty()) {
      requireBody(read, validation.models(), match.invocation().carrier());
    }
    return read;
  }

  /**
   * Whoever takes the body behind the gateway may go by another {@code Content-Type} than the model
   * or template was chosen by. AWS: what it makes of several is not described; that there is one at
   * most: RFC 9110, sections 5.3 and 8.3.
   */
  private static void requireOneType(Headers headers) {
    String first = null;
    for (int i = 0; i < headers.size(); i++) {
      if (headers.name(i).equalsIgnoreCase("Content-Type")) {
        String value = headers.value(i);
        if (first != null && !MediaType.of(first).equals(MediaType.of(value))) {
          throw new GatewayFault(GatewayResponseType.DEFAULT_4XX, FaultCause.CONTENT_TYPES)
              .because("several values of Content-Type");
        }
        first = value;
      }
    }
  }

  /**
   * AWS: an empty body is validated and fails (recorded, facts RTE-12); a request without {@code
   * Content-Type} counts as JSON (recorded, facts VTL-22); a model of {@code $default} is for all
   * types that have none of their own, and without it a body of such a type is not validated;
   * source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html.
   */
  private static void requireBody(
      MethodRequest request, Map<String, JsonSchema> models, Carrier carrier) {
    String type = request.contentType();
    String mediaType = type == null ? "application/json" : MediaType.of(type);
    JsonSchema ofType = models.get(mediaType);
    JsonSchema schema = ofType == null ? models.get(ANY_TYPE) : ofType;
    if (schema == null) {
      return;
    }
    RequestValidator.requireModel(schema, request.payload(), mediaType, carrier);
  }
}

package io.portico.gateway.execute.rest;

import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.HeaderText;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.GatewayResponseTemplate;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.GatewayResponses;
import io.portico.gateway.snapshot.GatewayResponses.Customised;
import io.portico.gateway.snapshot.ParameterMapping;
import org.jspecify.annotations.Nullable;

/**
 * Renders <b>gateway responses</b>: the customised type, else the customised default, else AWS's
 * own. The only place where a failure becomes text.
 */
final class GatewayResponseRenderer {

  /**
   * Renders a fault.
   *
   * @param invocation has observed the fault
   * @param responses those that the API customises
   */
  HttpResponse render(GatewayFault fault, Invocation invocation, GatewayResponses responses) {
    String errorType = fault.errorType();
    if (errorType == null) {
      return ofFrontEnd(fault);
    }
    Customised customised = responses.find(fault.type());
    Headers.Builder headers = Headers.builder();
    headers.addChecked("Content-Type", "application/json");
    headers.addChecked("x-amzn-RequestId", invocation.requestId());
    headers.addChecked("x-amzn-ErrorType", errorType);
    headers.addChecked("x-amz-apigw-id", invocation.extendedRequestId());
    return customised == null
        ? new HttpResponse(fault.status(), headers.build(), Body.of(builtIn(fault)))
        : customised(customised, fault, headers, invocation);
  }

  /**
   * AWS: the bare text with this type, and none of the headers that API Gateway adds; source:
   * reported by users, https://github.com/koki-develop/lgtm-generator/issues/10.
   */
  private static HttpResponse ofFrontEnd(GatewayFault fault) {
    return new HttpResponse(
        fault.status(),
        Headers.of("Content-Type", "text; charset=utf-8"),
        Body.of(String.valueOf(fault.text())));
  }

  private static HttpResponse customised(
      Customised customised, GatewayFault fault, Headers.Builder headers, Invocation invocation) {
    FaultValues values = new FaultValues(invocation);
    GatewayResponseTemplate template =
        TemplateSelection.forResponse(
            customised.templates(), invocation.request().headers().first("Accept"));
    String body = template == null ? null : values.render(template);
    if (template != null && body != null) {
      headers.set("Content-Type", template.contentType());
    }
    for (ParameterMapping mapping : customised.headers()) {
      String value = values.of(mapping.source());
      if (value != null && HeaderText.isName(mapping.name())) {
        ReservedHeaders.set(
            headers, mapping.name(), HeaderText.octets(mapping.source(), value), invocation);
      }
    }
    return new HttpResponse(
        customised.status() == null ? fault.status() : customised.status(),
        headers.build(),
        Body.of(body == null ? byDefaultTemplate(fault) : body));
  }

  /** AWS: recorded, facts GWR-02. Also for a body that grew beyond its limit. */
  private static String byDefaultTemplate(GatewayFault fault) {
    return "{\"message\":" + quoted(fault.text()) + "}";
  }

  /** An answer for a bug of ours: nothing of it is told. */
  HttpResponse bare(Invocation invocation) {
    return new HttpResponse(
        500,
        Headers.of(
            "Content-Type", "application/json",
            "x-amzn-RequestId", invocation.requestId(),
            "x-amzn-ErrorType", GatewayResponseType.DEFAULT_5XX.errorType(),
            "x-amz-apigw-id", invocation.extendedRequestId()),
        Body.of("{\"message\": \"Internal server error\"}"));
  }

  private static String builtIn(GatewayFault fault) {
    return "{\"" + member(fault.type()) + "\":" + blank(fault.type()) + quoted(fault.text()) + "}";
  }

  private static String quoted(@Nullable String text) {
    return text == null ? "null" : Json.text(Json.tree(text));
  }

  /**
   * AWS: capital for what a policy denies; source: documented,
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies-examples.html.
   */
  private static String member(GatewayResponseType type) {
    return type == GatewayResponseType.ACCESS_DENIED ? "Message" : "message";
  }

  /**
   * AWS: a blank stands in the texts of what fails once the method is executed (recorded for {@code
   * Internal server error}, facts RSP-05; assumed for the others), none in those of what is refused
   * before.
   */
  private static String blank(GatewayResponseType type) {
    return switch (type) {
      case API_CONFIGURATION_ERROR,
          BAD_REQUEST_BODY,
          BAD_REQUEST_PARAMETERS,
          DEFAULT_5XX,
          INTEGRATION_FAILURE,
          INTEGRATION_TIMEOUT,
          REQUEST_TOO_LARGE,
          UNSUPPORTED_MEDIA_TYPE ->
          " ";
      case ACCESS_DENIED,
          AUTHORIZER_CONFIGURATION_ERROR,
          AUTHORIZER_FAILURE,
          DEFAULT_4XX,
          EXPIRED_TOKEN,
          INVALID_API_KEY,
          INVALID_SIGNATURE,
          MISSING_AUTHENTICATION_TOKEN,
          QUOTA_EXCEEDED,
          RESOURCE_NOT_FOUND,
          THROTTLED,
          UNAUTHORIZED,
          WAF_FILTERED ->
          "";
    };
  }
}

package io.portico.gateway.execute.rest;

import io.portico.gateway.execute.GatewayFault;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.GatewayResponseType;
import io.portico.gateway.snapshot.GatewayResponses.Customised;
import org.jspecify.annotations.Nullable;

/**
 * Renders <b>gateway responses</b>: the customised type, else the customised default, else AWS's
 * own. The only place where a failure becomes text.
 */
final class GatewayResponseRenderer {

  HttpResponse render(GatewayFault fault, Invocation invocation) {
    Customised customised = invocation.stage().gatewayResponses().find(fault.type());
    Headers.Builder headers = Headers.builder();
    headers.addChecked("Content-Type", "application/json");
    headers.addChecked("x-amzn-RequestId", invocation.requestId());
    headers.addChecked("x-amzn-ErrorType", fault.type().errorType());
    headers.addChecked("x-amz-apigw-id", invocation.extendedRequestId());
    int status =
        customised == null || customised.status() == null ? fault.status() : customised.status();
    return new HttpResponse(status, headers.build(), Body.of(builtIn(fault)));
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

  static String quoted(@Nullable String text) {
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

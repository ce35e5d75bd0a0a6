package io.portico.lambda.url;

import io.portico.gateway.aws.SignatureVerdict;
import io.portico.gateway.control.protocol.AwsApi;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.json.Json;
import io.portico.gateway.proxy.ProxyReply;
import io.portico.lambda.environment.ConcurrencyException;
import tools.jackson.databind.node.ObjectNode;

/** The answers that function URLs give. */
final class UrlAnswers {
  private static final String ERROR_TYPE = "x-amzn-ErrorType";
  private static final String CONTENT_TYPE = "Content-Type";
  private static final String JSON = "application/json";

  private UrlAnswers() {}

  static HttpResponse of(ProxyReply reply) {
    return new HttpResponse(reply.status(), reply.headers(), Body.of(reply.body()));
  }

  /** AWS: source: recorded, facts URL-06. */
  static HttpResponse forbidden() {
    return refused(
        403,
        "AccessDeniedException",
        Json.object()
            .put(
                "Message",
                "Forbidden. For troubleshooting Function URL authorization issues, see:"
                    + " https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"));
  }

  /** AWS: the texts of all its services, in lower case; source: reported by users. */
  static HttpResponse unverified(SignatureVerdict.Refused refused) {
    return refused(403, refused.reason().errorType(), Json.object().put("message", refused.text()));
  }

  /** AWS: source: reported by users: of a URL that is not there, nothing is said. */
  static HttpResponse notFound() {
    return refused(404, "ResourceNotFoundException", Json.object().putNull("Message"));
  }

  /** AWS: in the words in which Invoke refuses it; source: reported by users. */
  static HttpResponse tooLarge() {
    return refused(AwsApi.LAMBDA.bodyTooLarge("Invoke"));
  }

  /** AWS: as Invoke refuses it; source: inferred. */
  static HttpResponse tooMany(ConcurrencyException refusal) {
    return refused(
        429,
        "TooManyRequestsException",
        Json.object()
            .put("Reason", refusal.reason())
            .put("Type", "User")
            .put("message", "Rate Exceeded."));
  }

  static HttpResponse refused(ServiceException refusal) {
    return refused(refusal.status(), refusal.code(), Json.object().put("Message", refusal.text()));
  }

  private static HttpResponse refused(int status, String type, ObjectNode body) {
    return new HttpResponse(
        status, Headers.of(CONTENT_TYPE, JSON, ERROR_TYPE, type), Body.of(Json.bytes(body)));
  }

  /**
   * The function has failed. AWS: source: documented, "Monitoring Lambda function URLs": 502; the
   * text as users report it.
   */
  static HttpResponse badGateway() {
    return new HttpResponse(502, Headers.of(CONTENT_TYPE, JSON), Body.of("Internal Server Error"));
  }
}

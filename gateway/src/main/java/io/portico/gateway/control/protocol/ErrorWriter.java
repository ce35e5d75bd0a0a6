package io.portico.gateway.control.protocol;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.json.Json;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Writes a refusal: the code in {@code x-amzn-ErrorType}, the text in the body. */
final class ErrorWriter {
  /** Where errors have their text, unless their shape says something else. */
  private static final String TEXT = "message";

  /** AWS: no error of Lambda's model; source: reported by users of AWS's clients. */
  private static final String ACCESS_DENIED = "AccessDeniedException";

  /** AWS: what refuses before Lambda itself does names no type; source: recorded, facts LAM-01. */
  private static final Set<String> WITHOUT_TYPE =
      Set.of(
          "ValidationException",
          "SerializationException",
          ACCESS_DENIED,
          "IncompleteSignatureException");

  /**
   * AWS: these have a member that stands in a header, which is not sent, and in the body without a
   * value; source: reported by users of AWS's clients,
   * https://github.com/hashicorp/terraform-provider-aws/issues/37605 (LimitExceededException) and
   * https://github.com/boto/botocore/pull/750 (no Retry-After).
   */
  private static final Set<String> RETRIED =
      Set.of("LimitExceededException", "TooManyRequestsException", "ServiceUnavailableException");

  private final ServiceModel model;

  ErrorWriter(ServiceModel model) {
    this.model = model;
  }

  HttpResponse write(ServiceException refusal, Headers.Builder headers) {
    headers.set("x-amzn-ErrorType", refusal.code());
    headers.set("Content-Type", "application/json");
    return new HttpResponse(refusal.status(), headers.build(), Body.of(Json.bytes(body(refusal))));
  }

  private ObjectNode body(ServiceException refusal) {
    ObjectNode body = Json.object();
    if (model.api() != AwsApi.LAMBDA) {
      // AWS: source: recorded, facts GEN-01.
      body.put(TEXT, refusal.text());
      return model.api() == AwsApi.API_GATEWAY && RETRIED.contains(refusal.code())
          ? body.putNull("retryAfterSeconds")
          : body;
    }
    if (!WITHOUT_TYPE.contains(refusal.code())) {
      body.put("Type", refusal.status() < 500 ? "User" : "Service");
    }
    body.put(textMember(refusal.code()), refusal.text());
    refusal.details().forEach(body::put);
    return body;
  }

  /** AWS: as the error's shape has it; source: its model, and recorded, facts LAM-01. */
  private String textMember(String code) {
    if (code.equals(ACCESS_DENIED)) {
      return "Message";
    }
    ServiceModel.ErrorShape shape = model.error(code);
    return shape == null ? TEXT : shape.text();
  }
}

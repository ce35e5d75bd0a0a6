package io.portico.gateway.control.protocol;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.json.Json;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Writes a refusal: the code in {@code x-amzn-ErrorType}, the text in the body. */
final class ErrorWriter {
  /** AWS: these carry a capital {@code Message} in Lambda; source: recorded, facts LAM-01. */
  private static final Set<String> CAPITAL_MESSAGE =
      Set.of(
          "ResourceNotFoundException",
          "CodeSigningConfigNotFoundException",
          "AccessDeniedException",
          "ServiceException");

  /** AWS: what refuses before Lambda itself does names no type; source: recorded, facts LAM-01. */
  private static final Set<String> WITHOUT_TYPE =
      Set.of(
          "ValidationException",
          "SerializationException",
          "AccessDeniedException",
          "IncompleteSignatureException");

  private final AwsApi api;

  ErrorWriter(AwsApi api) {
    this.api = api;
  }

  HttpResponse write(ServiceException refusal, Headers.Builder headers) {
    headers.set("x-amzn-ErrorType", refusal.code());
    headers.set("Content-Type", "application/json");
    return new HttpResponse(refusal.status(), headers.build(), Body.of(Json.bytes(body(refusal))));
  }

  private ObjectNode body(ServiceException refusal) {
    ObjectNode body = Json.object();
    if (api != AwsApi.LAMBDA) {
      // AWS: source: recorded, facts GEN-01.
      return body.put("message", refusal.text());
    }
    if (!WITHOUT_TYPE.contains(refusal.code())) {
      body.put("Type", refusal.status() < 500 ? "User" : "Service");
    }
    body.put(CAPITAL_MESSAGE.contains(refusal.code()) ? "Message" : "message", refusal.text());
    refusal.details().forEach(body::put);
    return body;
  }
}

package io.portico.lambda.async;

import io.portico.gateway.json.Json;
import io.portico.lambda.async.EventStore.Stored;
import io.portico.lambda.model.AsyncEventRecord;
import io.portico.lambda.model.AsyncEventRecord.Settlement;
import io.portico.lambda.model.AsyncResponseRecord;
import io.portico.lambda.model.VersionRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * The <b>invocation record</b>: what a destination is told. AWS: source: documented, its example in
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html; that one of a
 * function that has never run has neither {@code responseContext} nor {@code responsePayload} is
 * inferred.
 */
final class InvocationDocument {
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** AWS: a function that has failed has answered nevertheless; source: documented, as above. */
  static final int ANSWERED = 200;

  private InvocationDocument() {}

  /** The record of an event that is settled. */
  static String of(Stored stored, Settlement settlement) {
    AsyncEventRecord event = stored.event();
    ObjectNode head =
        Json.object()
            .put("version", "1.0")
            .put("timestamp", TIMESTAMP.format(Instant.ofEpochMilli(settlement.at())));
    head.putObject("requestContext")
        .put("requestId", event.requestId())
        .put("functionArn", functionArn(stored))
        .put("condition", settlement.condition())
        .put("approximateInvokeCount", event.invocations());
    StringBuilder document = new StringBuilder(open(head));
    document.append(",\"requestPayload\":").append(payload(stored.payload()));
    AsyncResponseRecord response = stored.response();
    if (response != null) {
      ObjectNode context =
          Json.object()
              .put("statusCode", ANSWERED)
              .put("executedVersion", response.executedVersion());
      if (response.failed()) {
        context.put("functionError", "Unhandled");
      }
      document
          .append(",\"responseContext\":")
          .append(Json.text(context))
          .append(",\"responsePayload\":")
          .append(payload(response.payload()));
    }
    return document.append('}').toString();
  }

  /** AWS: with a qualifier even where the caller has named none; source: documented, as above. */
  static String functionArn(Stored stored) {
    String qualifier = stored.event().qualifier();
    return stored.function().arn(qualifier == null ? VersionRecord.LATEST : qualifier);
  }

  private static String open(ObjectNode object) {
    String text = Json.text(object);
    return text.substring(0, text.length() - 1);
  }

  /** A payload as it is; as a text where a runtime has let a function answer with no JSON. */
  private static String payload(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    try {
      Json.parse(text);
      return text;
    } catch (JacksonException e) {
      return Json.text(Json.object().stringNode(text));
    }
  }
}

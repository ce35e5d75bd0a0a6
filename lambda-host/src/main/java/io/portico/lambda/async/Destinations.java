package io.portico.lambda.async;

import io.portico.gateway.json.Json;
import io.portico.lambda.async.EventStore.Stored;
import io.portico.lambda.async.ServiceMessages.Attribute;
import io.portico.lambda.model.AsyncEventRecord.Refusal;
import io.portico.lambda.model.AsyncEventRecord.Settlement;
import io.portico.lambda.model.AsyncEventRecord.Target;
import io.portico.lambda.model.AsyncResponseRecord;
import io.portico.lambda.snapshot.FunctionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Where it is told what an event came to: <b>destinations</b> get a record of the invocation,
 * <b>dead-letter queues</b> the event as it was.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html">Capturing
 *     records of Lambda asynchronous invocations</a>
 */
final class Destinations {
  /** AWS: source: documented, Dead-letter queue message attributes: "The first 1 KB". */
  private static final int LONGEST_MESSAGE = 1024;

  private static final int LONGEST_REASON = 500;

  /** AWS: source: documented, Adding a dead-letter queue. */
  private static final Set<String> DEAD_LETTERS = Set.of("sqs", "sns");

  private final ServiceCalls services;
  private final Functions functions;

  /** Invokes functions of this host asynchronously. */
  interface Functions {

    /**
     * Takes an event in for a function.
     *
     * @param traceId of the invocation that has led to it
     * @return whether there is the function
     */
    boolean accept(FunctionId id, @Nullable String qualifier, String traceId, byte[] payload);
  }

  Destinations(ServiceCalls services, Functions functions) {
    this.services = services;
    this.functions = functions;
  }

  /**
   * Tells one of them.
   *
   * @throws NoEndpointException if nothing says where its service is
   * @throws IOException if it was not reached or has refused
   */
  void send(Target target, Stored stored, Settlement settlement) throws IOException {
    ServiceArn arn = ServiceArn.of(target.arn());
    if (target.deadLetter() && !DEAD_LETTERS.contains(arn.service())) {
      throw new IOException("it is neither a queue nor a topic");
    }
    String text =
        target.deadLetter()
            ? new String(stored.payload(), StandardCharsets.UTF_8)
            : InvocationDocument.of(stored, settlement);
    Map<String, Attribute> attributes =
        target.deadLetter() ? attributes(stored, settlement) : Map.of();
    switch (arn.service()) {
      case "sqs" -> call(ServiceMessages.sqs(arn, text, attributes));
      case "sns" -> call(ServiceMessages.sns(arn, text, attributes));
      case "events" -> {
        boolean success = settlement.condition().equals(InvocationCondition.SUCCESS.word());
        ServiceMessages.checkEventBridge(
            call(ServiceMessages.eventBridge(arn, stored, success, text)));
      }
      case "s3" -> call(ServiceMessages.s3(arn, stored, settlement.at(), text));
      case "lambda" -> invoke(arn, stored.event().traceId(), text.getBytes(StandardCharsets.UTF_8));
      default -> throw new IOException(target.arn() + " is no destination");
    }
  }

  private byte[] call(ServiceCall call) throws IOException {
    ServiceCalls.Answer answer = services.call(call);
    if (answer.status() / 100 != 2) {
      String reason = new String(answer.body(), StandardCharsets.UTF_8);
      throw new IOException(
          "status %d, %s"
              .formatted(
                  answer.status(), reason.substring(0, Math.min(reason.length(), LONGEST_REASON))));
    }
    return answer.body();
  }

  private void invoke(ServiceArn arn, String traceId, byte[] payload) throws IOException {
    if (payload.length > AsyncInvocations.MOST_PAYLOAD) {
      throw new IOException(
          "a record of %d bytes is longer than an asynchronous invocation may be (%d bytes)"
              .formatted(payload.length, AsyncInvocations.MOST_PAYLOAD));
    }
    FunctionId id = arn.function();
    if (id == null) {
      throw new IOException(arn.arn() + " is not the ARN of a function");
    }
    if (!functions.accept(id, arn.qualifier(), traceId, payload)) {
      throw new IOException("Function not found: " + arn.arn());
    }
  }

  /** AWS: source: documented, Dead-letter queue message attributes. */
  private static Map<String, Attribute> attributes(Stored stored, Settlement settlement) {
    AsyncResponseRecord response = stored.response();
    Refusal refusal = settlement.refusal();
    // AWS: a function that has failed has answered 200; source: reported by users. Of one that was
    // not run it is the status that its refusal has elsewhere; inferred.
    int status = refusal == null ? InvocationDocument.ANSWERED : refusal.status();
    String message =
        refusal != null ? refusal.message() : response == null ? "" : errorMessage(response);
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    attributes.put("RequestID", new Attribute("String", stored.event().requestId()));
    attributes.put("ErrorCode", new Attribute("Number", Integer.toString(status)));
    if (!message.isEmpty()) {
      attributes.put("ErrorMessage", new Attribute("String", message));
    }
    return attributes;
  }

  private static String errorMessage(AsyncResponseRecord response) {
    String message;
    try {
      message = Json.parse(response.payload()).path("errorMessage").asString("");
    } catch (JacksonException e) {
      // An error document that is none has no message.
      return "";
    }
    return shortened(allowed(message));
  }

  /** Queues and topics take no other control characters. */
  private static String allowed(String text) {
    StringBuilder allowed = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> !Character.isISOControl(c) || c == '\t' || c == '\n' || c == '\r')
        .forEach(allowed::appendCodePoint);
    return allowed.toString();
  }

  private static String shortened(String text) {
    int bytes = 0;
    int end = 0;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      if (bytes > LONGEST_MESSAGE) {
        break;
      }
      end += Character.charCount(c);
    }
    return text.substring(0, end);
  }
}

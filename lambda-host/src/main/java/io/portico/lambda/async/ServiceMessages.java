package io.portico.lambda.async;

import io.portico.gateway.http.Headers;
import io.portico.gateway.json.Json;
import io.portico.lambda.async.EventStore.Stored;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** What is said to AWS's services of an invocation, in the protocol of each. */
final class ServiceMessages {
  private static final String FORM = "application/x-www-form-urlencoded; charset=utf-8";

  /** AWS: source: documented, the table of destinations in Capturing records. */
  private static final DateTimeFormatter OBJECT_FOLDER =
      DateTimeFormatter.ofPattern("yyyy/MM/dd/", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter OBJECT_NAME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH.mm.ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private ServiceMessages() {}

  /** A message for a queue. */
  static ServiceCall sqs(ServiceArn queue, String body, Map<String, Attribute> attributes) {
    StringBuilder form = new StringBuilder();
    add(form, "Action", "SendMessage");
    add(form, "Version", "2012-11-05");
    add(form, "MessageBody", body);
    add(form, "MessageAttribute.", attributes);
    return query(queue, "/" + queue.accountId() + "/" + queue.resource(), form);
  }

  /** A message for a topic. */
  static ServiceCall sns(ServiceArn topic, String body, Map<String, Attribute> attributes) {
    StringBuilder form = new StringBuilder();
    add(form, "Action", "Publish");
    add(form, "Version", "2010-03-31");
    add(form, "TopicArn", topic.arn());
    add(form, "Message", body);
    add(form, "MessageAttributes.entry.", attributes);
    return query(topic, "/", form);
  }

  /**
   * An attribute of a message.
   *
   * @param type {@code String} or {@code Number}
   */
  record Attribute(String type, String value) {}

  private static ServiceCall query(ServiceArn target, String path, StringBuilder form) {
    return new ServiceCall(
        target.partition(),
        target.region(),
        target.service(),
        "POST",
        path,
        Headers.of("Content-Type", FORM),
        form.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void add(StringBuilder form, String prefix, Map<String, Attribute> attributes) {
    int number = 0;
    for (Map.Entry<String, Attribute> attribute : attributes.entrySet()) {
      number++;
      String name = prefix + number;
      add(form, name + ".Name", attribute.getKey());
      add(form, name + ".Value.DataType", attribute.getValue().type());
      add(form, name + ".Value.StringValue", attribute.getValue().value());
    }
  }

  private static void add(StringBuilder form, String name, String value) {
    if (!form.isEmpty()) {
      form.append('&');
    }
    form.append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
  }

  /**
   * An event for a bus. AWS: its page says that the source is {@code aws.lambda}; the rules of its
   * users find {@code lambda}; source: reported by users of AWS's destinations.
   */
  static ServiceCall eventBridge(ServiceArn bus, Stored stored, boolean success, String document) {
    ObjectNode input = Json.object();
    ObjectNode entry =
        input
            .putArray("Entries")
            .addObject()
            .put("Source", "lambda")
            .put(
                "DetailType",
                "Lambda Function Invocation Result - " + (success ? "Success" : "Failure"))
            .put("Detail", document)
            .put("EventBusName", bus.arn());
    entry.putArray("Resources").add(bus.arn()).add(InvocationDocument.functionArn(stored));
    return new ServiceCall(
        bus.partition(),
        bus.region(),
        bus.service(),
        "POST",
        "/",
        Headers.of(
            "Content-Type", "application/x-amz-json-1.1", "X-Amz-Target", "AWSEvents.PutEvents"),
        Json.bytes(input));
  }

  /** PutEvents answers 200 even where it has not taken the event. */
  static void checkEventBridge(byte[] answer) throws IOException {
    try {
      if (Json.parse(answer).path("FailedEntryCount").asInt(0) == 0) {
        return;
      }
    } catch (JacksonException e) {
      throw new IOException("PutEvents was answered with what is no JSON", e);
    }
    throw new IOException(
        "the bus has not taken the event: " + new String(answer, StandardCharsets.UTF_8));
  }

  /** An object for a bucket, which is called where the function is. */
  static ServiceCall s3(ServiceArn bucket, Stored stored, long at, String document) {
    Instant time = Instant.ofEpochMilli(at);
    String key =
        "aws/lambda/async/"
            + stored.function().name()
            + "/"
            + OBJECT_FOLDER.format(time)
            + OBJECT_NAME.format(time)
            + "-"
            + UUID.randomUUID();
    return new ServiceCall(
        bucket.partition(),
        stored.function().region(),
        bucket.service(),
        "PUT",
        "/" + bucket.resource() + "/" + key,
        Headers.of("Content-Type", "application/json"),
        document.getBytes(StandardCharsets.UTF_8));
  }
}

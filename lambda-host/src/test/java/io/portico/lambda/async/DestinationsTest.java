package io.portico.lambda.async;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.json.Json;
import io.portico.lambda.async.EventStore.Stored;
import io.portico.lambda.model.AsyncEventRecord;
import io.portico.lambda.model.AsyncEventRecord.Settlement;
import io.portico.lambda.model.AsyncEventRecord.Target;
import io.portico.lambda.model.AsyncResponseRecord;
import io.portico.lambda.snapshot.FunctionId;
import java.io.IOException;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class DestinationsTest {
  private static final FunctionId ID = new FunctionId("000000000000", "eu-west-1", "my.function");
  private static final long AT = Instant.parse("2019-11-14T18:16:05.568Z").toEpochMilli();
  private static final AsyncResponseRecord ANSWER =
      new AsyncResponseRecord("3", false, "[1.50]".getBytes(UTF_8));
  private static final AsyncResponseRecord ERROR =
      new AsyncResponseRecord("3", true, "{\"errorMessage\": \"it\\u0000 broke\"}".getBytes(UTF_8));

  private final List<ServiceCall> calls = new ArrayList<>();
  private final List<String> invoked = new ArrayList<>();
  private byte[] answer = new byte[0];

  private final Destinations destinations =
      new Destinations(
          call -> {
            calls.add(call);
            return new ServiceCalls.Answer(200, answer);
          },
          (id, qualifier, traceId, payload) -> {
            invoked.add(
                id.arn() + " " + qualifier + " " + traceId + " " + new String(payload, UTF_8));
            return id.name().equals("there");
          });

  private static Stored stored(@Nullable AsyncResponseRecord response) {
    return new Stored(
        ID,
        new AsyncEventRecord("request", "live", "trace", AT - 1000, AT, 3, 0, null),
        "{\"ORDER_IDS\": [\"ü\"]}".getBytes(UTF_8),
        response,
        new EventSettings(2, Duration.ofHours(6), null, null, null, false, true));
  }

  private void send(String arn, @Nullable AsyncResponseRecord response, InvocationCondition end)
      throws IOException {
    destinations.send(
        new Target(arn, false),
        stored(response),
        new Settlement(end.word(), null, AT, List.of(), 0));
  }

  private String form() {
    return URLDecoder.decode(new String(calls.getLast().body(), UTF_8), UTF_8);
  }

  @Test
  void aQueueGetsARecordAsAwsWritesIt() throws IOException {
    send("arn:aws:sqs:us-east-1:000000000000:failed", ERROR, InvocationCondition.RETRIES_EXHAUSTED);

    assertThat(calls.getLast().path()).isEqualTo("/000000000000/failed");
    assertThat(calls.getLast().region()).isEqualTo("us-east-1");
    assertThat(form())
        .isEqualTo(
            "Action=SendMessage&Version=2012-11-05&MessageBody="
                + "{\"version\":\"1.0\",\"timestamp\":\"2019-11-14T18:16:05.568Z\","
                + "\"requestContext\":{\"requestId\":\"request\","
                + "\"functionArn\":\"arn:aws:lambda:eu-west-1:000000000000:function:my.function:live\","
                + "\"condition\":\"RetriesExhausted\",\"approximateInvokeCount\":3},"
                + "\"requestPayload\":{\"ORDER_IDS\": [\"ü\"]},"
                + "\"responseContext\":{\"statusCode\":200,\"executedVersion\":\"3\","
                + "\"functionError\":\"Unhandled\"},"
                + "\"responsePayload\":{\"errorMessage\": \"it\\u0000 broke\"}}");
  }

  @Test
  void aTopicGetsTheRecordOfASuccess() throws IOException {
    send("arn:aws:sns:us-east-1:000000000000:done", ANSWER, InvocationCondition.SUCCESS);

    assertThat(form())
        .startsWith(
            "Action=Publish&Version=2010-03-31"
                + "&TopicArn=arn:aws:sns:us-east-1:000000000000:done&Message={\"version\"")
        .contains("\"condition\":\"Success\"")
        .endsWith(
            "\"responseContext\":{\"statusCode\":200,\"executedVersion\":\"3\"},"
                + "\"responsePayload\":[1.50]}");
  }

  @Test
  void aBusGetsAnEvent() throws IOException {
    answer = "{\"FailedEntryCount\": 0, \"Entries\": [{}]}".getBytes(UTF_8);

    send(
        "arn:aws:events:us-east-1:000000000000:event-bus/own", ANSWER, InvocationCondition.SUCCESS);

    assertThat(calls.getLast().headers().first("X-Amz-Target")).isEqualTo("AWSEvents.PutEvents");
    JsonNode entry = Json.parse(calls.getLast().body()).at("/Entries/0");
    assertThat(entry.path("Source").asString()).isEqualTo("lambda");
    assertThat(entry.path("DetailType").asString())
        .isEqualTo("Lambda Function Invocation Result - Success");
    assertThat(entry.path("EventBusName").asString())
        .isEqualTo("arn:aws:events:us-east-1:000000000000:event-bus/own");
    assertThat(Json.parse(entry.path("Detail").asString()).at("/requestContext/requestId"))
        .hasToString("\"request\"");
  }

  @Test
  void aBusThatDoesNotTakeTheEventIsNotTold() {
    answer = "{\"FailedEntryCount\": 1}".getBytes(UTF_8);

    assertThatThrownBy(
            () ->
                send(
                    "arn:aws:events:us-east-1:000000000000:event-bus/own",
                    ANSWER,
                    InvocationCondition.SUCCESS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("FailedEntryCount");
  }

  @Test
  void aBucketGetsAnObject() throws IOException {
    send("arn:aws:s3:::failures", null, InvocationCondition.EVENT_AGE_EXCEEDED);

    ServiceCall call = calls.getLast();
    assertThat(call.method()).isEqualTo("PUT");
    assertThat(call.region()).isEqualTo("eu-west-1");
    assertThat(call.path())
        .matches(
            "/failures/aws/lambda/async/my\\.function/2019/11/14/2019-11-14T18\\.16\\.05-"
                + "[0-9a-f-]{36}");
    JsonNode document = Json.parse(call.body());
    assertThat(document.at("/requestContext/condition").asString()).isEqualTo("EventAgeExceeded");
    assertThat(document.has("responseContext")).isFalse();
    assertThat(document.has("responsePayload")).isFalse();
  }

  @Test
  void aFunctionIsInvokedWithTheRecord() throws IOException {
    send(
        "arn:aws:lambda:us-west-2:111111111111:function:there:1",
        ANSWER,
        InvocationCondition.SUCCESS);

    assertThat(invoked.getLast())
        .startsWith("arn:aws:lambda:us-west-2:111111111111:function:there 1 trace {\"version\"");
  }

  @Test
  void aFunctionThatIsNotThereIsNotTold() {
    assertThatThrownBy(
            () ->
                send(
                    "arn:aws:lambda:us-west-2:111111111111:function:gone",
                    ANSWER,
                    InvocationCondition.SUCCESS))
        .isInstanceOf(IOException.class)
        .hasMessage("Function not found: arn:aws:lambda:us-west-2:111111111111:function:gone");
  }

  @Test
  void aDeadLetterIsTheEventAsItWas() throws IOException {
    destinations.send(
        new Target("arn:aws:sqs:us-east-1:000000000000:dead", true),
        stored(ERROR),
        new Settlement("RetriesExhausted", null, AT, List.of(), 0));

    assertThat(form())
        .isEqualTo(
            "Action=SendMessage&Version=2012-11-05&MessageBody={\"ORDER_IDS\": [\"ü\"]}"
                + "&MessageAttribute.1.Name=RequestID"
                + "&MessageAttribute.1.Value.DataType=String"
                + "&MessageAttribute.1.Value.StringValue=request"
                + "&MessageAttribute.2.Name=ErrorCode"
                + "&MessageAttribute.2.Value.DataType=Number"
                + "&MessageAttribute.2.Value.StringValue=200"
                + "&MessageAttribute.3.Name=ErrorMessage"
                + "&MessageAttribute.3.Value.DataType=String"
                + "&MessageAttribute.3.Value.StringValue=it broke");
  }

  @Test
  void aDeadLettersErrorMessageIsShort() throws IOException {
    byte[] document = Json.bytes(Json.object().put("errorMessage", "é".repeat(1000)));

    destinations.send(
        new Target("arn:aws:sqs:us-east-1:000000000000:dead", true),
        stored(new AsyncResponseRecord("1", true, document)),
        new Settlement("RetriesExhausted", null, AT, List.of(), 0));

    assertThat(form()).endsWith("StringValue=" + "é".repeat(512));
  }

  @Test
  void whatIsNoQueueAndNoTopicGetsNoDeadLetters() {
    for (String arn : List.of("arn:aws:s3:::bucket", "queue", "arn:aws:sqs:us-east-1:1:")) {
      assertThatThrownBy(
              () ->
                  destinations.send(
                      new Target(arn, true),
                      stored(null),
                      new Settlement("RetriesExhausted", null, AT, List.of(), 0)))
          .isInstanceOf(IOException.class);
    }
    assertThat(calls).isEmpty();
  }

  @Test
  void anAnswerThatIsNoJsonIsAText() throws IOException {
    send(
        "arn:aws:sqs:us-east-1:000000000000:done",
        new AsyncResponseRecord("1", false, "not \"JSON\"".getBytes(UTF_8)),
        InvocationCondition.SUCCESS);

    assertThat(form()).endsWith("\"responsePayload\":\"not \\\"JSON\\\"\"}");
  }
}

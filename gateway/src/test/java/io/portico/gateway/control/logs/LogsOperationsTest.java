package io.portico.gateway.control.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.OperationHandler;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.v1.TestStore;
import io.portico.gateway.json.Json;
import io.portico.gateway.logs.LogFolder;
import io.portico.gateway.logs.LogStore;
import io.portico.gateway.store.Records;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

final class LogsOperationsTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final long TIME = NOW.toEpochMilli();
  private static final Caller CALLER = new Caller("111122223333", "eu-west-1", null);
  private static final String ARN = "arn:aws:logs:eu-west-1:111122223333:log-group:";

  private final Records records = new Records(new TestStore());
  private final LogStore store =
      new LogStore(LogFolder.temporary(), records, Clock.fixed(NOW, ZoneOffset.UTC));
  private final Operations operations =
      LogsOperations.of(new LogsEnvironment(records, store, Clock.fixed(NOW, ZoneOffset.UTC)));

  @AfterEach
  void close() {
    store.close();
  }

  private ObjectNode call(String operation, String input) {
    OperationHandler handler = operations.find(operation);
    assertThat(handler).as(operation).isNotNull();
    return handler.handle(
        new OperationCall(operation, CALLER, "request", new Input((ObjectNode) Json.parse(input))));
  }

  private String refusal(String operation, String input) {
    ServiceException refusal =
        catchThrowableOfType(ServiceException.class, () -> call(operation, input));
    assertThat(refusal).as(operation + " " + input).isNotNull();
    return refusal.code() + ": " + refusal.text();
  }

  private void group(String name) {
    call("CreateLogGroup", "{\"logGroupName\": \"" + name + "\"}");
  }

  private void stream(String name) {
    call("CreateLogStream", "{\"logGroupName\": \"g\", \"logStreamName\": \"" + name + "\"}");
  }

  private ObjectNode put(String stream, long time, String... messages) {
    ObjectNode input = Json.object().put("logGroupName", "g").put("logStreamName", stream);
    ArrayNode events = input.putArray("logEvents");
    for (int i = 0; i < messages.length; i++) {
      events.addObject().put("timestamp", time + i).put("message", messages[i]);
    }
    return call("PutLogEvents", Json.text(input));
  }

  private static List<String> texts(JsonNode list, String member) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.path(member).asString()));
    return texts;
  }

  @Test
  void aGroupIsMadeShownAndDeleted() {
    call(
        "CreateLogGroup", "{\"logGroupName\": \"/aws/lambda/hello\", \"tags\": {\"team\": \"a\"}}");

    JsonNode group = call("DescribeLogGroups", "{}").path("logGroups").path(0);
    assertThat(Json.parse(Json.text(group)))
        .isEqualTo(
            Json.parse(
                """
                {"logGroupName": "/aws/lambda/hello", "creationTime": %d,
                 "arn": "%2$s/aws/lambda/hello:*", "metricFilterCount": 0, "storedBytes": 0,
                 "logGroupClass": "STANDARD", "logGroupArn": "%2$s/aws/lambda/hello",
                 "deletionProtectionEnabled": false}
                """
                    .formatted(TIME, ARN)));
    assertThat(refusal("CreateLogGroup", "{\"logGroupName\": \"/aws/lambda/hello\"}"))
        .isEqualTo("ResourceAlreadyExistsException: The specified log group already exists");

    call("DeleteLogGroup", "{\"logGroupName\": \"/aws/lambda/hello\"}");
    assertThat(call("DescribeLogGroups", "{}").path("logGroups")).isEmpty();
    assertThat(refusal("DeleteLogGroup", "{\"logGroupName\": \"/aws/lambda/hello\"}"))
        .isEqualTo("ResourceNotFoundException: The specified log group does not exist.");
  }

  @Test
  void groupsAreListedByNameInPages() {
    List.of("b", "a/2", "a/1", "c/a/").forEach(this::group);

    JsonNode first = call("DescribeLogGroups", "{\"limit\": 3}");
    JsonNode second =
        call(
            "DescribeLogGroups",
            "{\"limit\": 3, \"nextToken\": \"" + first.path("nextToken").asString() + "\"}");

    assertThat(texts(first.path("logGroups"), "logGroupName")).containsExactly("a/1", "a/2", "b");
    assertThat(texts(second.path("logGroups"), "logGroupName")).containsExactly("c/a/");
    assertThat(second.has("nextToken")).isFalse();
    assertThat(
            texts(
                call("DescribeLogGroups", "{\"logGroupNamePrefix\": \"a/\"}").path("logGroups"),
                "logGroupName"))
        .containsExactly("a/1", "a/2");
    assertThat(call("DescribeLogGroups", "{\"logGroupNamePattern\": \"a/\"}").path("logGroups"))
        .hasSize(3)
        .allSatisfy(group -> assertThat(group.has("storedBytes")).isFalse());
    assertThat(
            call("DescribeLogGroups", "{\"logGroupIdentifiers\": [\"b\", \"" + ARN + "a/1\"]}")
                .path("logGroups"))
        .hasSize(2);
    assertThat(
            refusal(
                "DescribeLogGroups",
                "{\"logGroupNamePattern\": \"a\", \"logGroupNamePrefix\": \"a\"}"))
        .startsWith("InvalidParameterException: ");
    assertThat(refusal("DescribeLogGroups", "{\"nextToken\": \"?\"}"))
        .isEqualTo("InvalidParameterException: The specified nextToken is invalid.");
  }

  @Test
  void retentionIsSetAndTakenAway() {
    group("g");

    call("PutRetentionPolicy", "{\"logGroupName\": \"g\", \"retentionInDays\": 7}");
    assertThat(call("DescribeLogGroups", "{}").at("/logGroups/0/retentionInDays").intValue())
        .isEqualTo(7);
    call("DeleteRetentionPolicy", "{\"logGroupName\": \"g\"}");
    assertThat(call("DescribeLogGroups", "{}").at("/logGroups/0").has("retentionInDays")).isFalse();
    assertThat(refusal("PutRetentionPolicy", "{\"logGroupName\": \"g\", \"retentionInDays\": 2}"))
        .startsWith("InvalidParameterException: 1 validation error detected: Value '2' at");
  }

  @Test
  void whatIsOlderThanTheRetentionIsNotShown() {
    group("g");
    stream("s");
    long old = TIME - Duration.ofDays(2).toMillis();
    put("s", old, "old");
    put("s", TIME, "new");

    call("PutRetentionPolicy", "{\"logGroupName\": \"g\", \"retentionInDays\": 1}");

    JsonNode found = call("FilterLogEvents", "{\"logGroupName\": \"g\", \"startTime\": 0}");
    assertThat(texts(found.path("events"), "message")).containsExactly("new");
    JsonNode rejected = put("s", old, "too late");
    assertThat(rejected.at("/rejectedLogEventsInfo/expiredLogEventEndIndex").intValue())
        .isEqualTo(1);
  }

  @Test
  void aProtectedGroupIsNotDeleted() {
    call("CreateLogGroup", "{\"logGroupName\": \"g\", \"deletionProtectionEnabled\": true}");

    assertThat(refusal("DeleteLogGroup", "{\"logGroupName\": \"g\"}"))
        .startsWith("ValidationException: ");
    call(
        "PutLogGroupDeletionProtection",
        "{\"logGroupIdentifier\": \"" + ARN + "g\", \"deletionProtectionEnabled\": false}");
    call("DeleteLogGroup", "{\"logGroupName\": \"g\"}");

    assertThat(call("DescribeLogGroups", "{}").path("logGroups")).isEmpty();
  }

  @Test
  void streamsAreListedByNameOrByTheirLastEvent() {
    group("g");
    List.of("b", "a", "c").forEach(this::stream);
    put("b", TIME - 10, "first");
    put("a", TIME, "last");

    JsonNode byName = call("DescribeLogStreams", "{\"logGroupName\": \"g\", \"limit\": 2}");
    JsonNode rest =
        call(
            "DescribeLogStreams",
            "{\"logGroupName\": \"g\", \"nextToken\": \""
                + byName.path("nextToken").asString()
                + "\"}");
    JsonNode byTime =
        call(
            "DescribeLogStreams",
            "{\"logGroupIdentifier\": \""
                + ARN
                + "g:*\", \"orderBy\": \"LastEventTime\", \"descending\": true}");

    assertThat(texts(byName.path("logStreams"), "logStreamName")).containsExactly("a", "b");
    assertThat(texts(rest.path("logStreams"), "logStreamName")).containsExactly("c");
    assertThat(texts(byTime.path("logStreams"), "logStreamName")).containsExactly("a", "b", "c");
    JsonNode stream = byTime.at("/logStreams/0");
    assertThat(stream.path("arn").asString()).isEqualTo(ARN + "g:log-stream:a");
    assertThat(stream.path("creationTime").longValue()).isEqualTo(TIME);
    assertThat(stream.path("lastEventTimestamp").longValue()).isEqualTo(TIME);
    assertThat(stream.path("storedBytes").intValue()).isZero();
    assertThat(byTime.at("/logStreams/2").has("firstEventTimestamp")).isFalse();
    assertThat(
            call("DescribeLogStreams", "{\"logGroupName\": \"g\", \"logStreamNamePrefix\": \"b\"}")
                .path("logStreams"))
        .hasSize(1);
    assertThat(
            refusal(
                "DescribeLogStreams",
                "{\"logGroupName\": \"g\", \"logStreamNamePrefix\": \"b\", \"orderBy\":"
                    + " \"LastEventTime\"}"))
        .isEqualTo(
            "InvalidParameterException: Cannot order by LastEventTime with a"
                + " logStreamNamePrefix.");
  }

  @Test
  void streamsAreMadeAndDeletedOnce() {
    String stream = "{\"logGroupName\": \"g\", \"logStreamName\": \"s\"}";
    assertThat(refusal("CreateLogStream", stream))
        .isEqualTo("ResourceNotFoundException: The specified log group does not exist.");
    group("g");
    stream("s");

    assertThat(refusal("CreateLogStream", stream))
        .isEqualTo("ResourceAlreadyExistsException: The specified log stream already exists");
    call("DeleteLogStream", stream);
    assertThat(refusal("DeleteLogStream", stream))
        .isEqualTo("ResourceNotFoundException: The specified log stream does not exist.");
  }

  @Test
  void eventsThatCannotBeTakenAreRefusedOrRejected() {
    group("g");
    stream("s");

    assertThat(
            refusal(
                "PutLogEvents",
                "{\"logGroupName\": \"g\", \"logStreamName\": \"s\", \"logEvents\": [{\"timestamp\":"
                    + " 2, \"message\": \"b\"}, {\"timestamp\": 1, \"message\": \"a\"}]}"))
        .isEqualTo(
            "InvalidParameterException: Log events in a single PutLogEvents request must be in"
                + " chronological order.");
    assertThatThrownBy(() -> put("s", TIME, "x".repeat(1_048_551)))
        .hasMessage("Upload too large: 1048577 bytes exceeds limit of 1048576");
    assertThatThrownBy(() -> put("missing", TIME, "x"))
        .hasMessage("The specified log stream does not exist.");
    long day = Duration.ofDays(1).toMillis();
    assertThat(
            refusal(
                "PutLogEvents",
                ("{\"logGroupName\": \"g\", \"logStreamName\": \"s\", \"logEvents\":"
                        + " [{\"timestamp\": %d, \"message\": \"a\"}, {\"timestamp\": %d,"
                        + " \"message\": \"b\"}]}")
                    .formatted(TIME - day - 1, TIME)))
        .isEqualTo(
            "InvalidParameterException: The batch of log events in a single PutLogEvents request"
                + " cannot span more than 24 hours.");

    JsonNode answer =
        call(
            "PutLogEvents",
            ("{\"logGroupName\": \"g\", \"logStreamName\": \"s\", \"logEvents\":"
                    + " [{\"timestamp\": %d, \"message\": \"old\"}, {\"timestamp\": %d,"
                    + " \"message\": \"good\"}, {\"timestamp\": %d, \"message\": \"new\"}]}")
                .formatted(TIME - 15 * day, TIME, TIME + 7_200_001));
    assertThat(answer.path("rejectedLogEventsInfo"))
        .isEqualTo(Json.parse("{\"tooNewLogEventStartIndex\": 2, \"tooOldLogEventEndIndex\": 1}"));
    assertThat(
            texts(call("FilterLogEvents", "{\"logGroupName\": \"g\"}").path("events"), "message"))
        .containsExactly("good");
  }

  private JsonNode get(String more) {
    return call("GetLogEvents", "{\"logGroupName\": \"g\", \"logStreamName\": \"s\"" + more + "}");
  }

  private static String token(JsonNode page, String direction) {
    return ", \"nextToken\": \"" + page.path("next" + direction + "Token").asString() + "\"";
  }

  @Test
  void aStreamIsReadForwardToItsEndAndOn() {
    group("g");
    stream("s");
    put("s", TIME, "0", "1", "2");

    JsonNode first = get(", \"startFromHead\": true, \"limit\": 2");
    JsonNode second = get(", \"limit\": 2" + token(first, "Forward"));
    JsonNode end = get(token(second, "Forward"));

    assertThat(texts(first.path("events"), "message")).containsExactly("0", "1");
    assertThat(first.path("nextForwardToken").asString()).startsWith("f/");
    assertThat(texts(second.path("events"), "message")).containsExactly("2");
    assertThat(end.path("events")).isEmpty();
    assertThat(end.path("nextForwardToken")).isEqualTo(second.path("nextForwardToken"));

    put("s", TIME + 3, "3");
    assertThat(texts(get(token(end, "Forward")).path("events"), "message")).containsExactly("3");
  }

  @Test
  void aStreamIsReadBackwardToItsBeginning() {
    group("g");
    stream("s");
    put("s", TIME, "0", "1", "2");

    JsonNode last = get(", \"limit\": 2");
    JsonNode before = get(token(last, "Backward"));
    JsonNode begin = get(token(before, "Backward"));

    assertThat(texts(last.path("events"), "message")).containsExactly("1", "2");
    assertThat(last.path("nextBackwardToken").asString()).startsWith("b/");
    assertThat(texts(before.path("events"), "message")).containsExactly("0");
    assertThat(begin.path("events")).isEmpty();
    assertThat(begin.path("nextBackwardToken")).isEqualTo(before.path("nextBackwardToken"));
    assertThat(texts(get(token(begin, "Forward")).path("events"), "message"))
        .containsExactly("0", "1", "2");
  }

  @Test
  void anEmptyStreamsTokenLeadsToWhatComes() {
    group("g");
    stream("s");
    JsonNode empty = get("");

    put("s", TIME, "first");

    assertThat(texts(get(token(empty, "Forward")).path("events"), "message"))
        .containsExactly("first");
    assertThatThrownBy(() -> get(", \"nextToken\": \"x/y\""))
        .hasMessage("The specified nextToken is invalid.");
  }

  @Test
  void theEndOfAPeriodBelongsToAFilterAndNotToAStream() {
    group("g");
    stream("s");
    put("s", TIME, "0", "1", "2");
    String period = ", \"startTime\": " + (TIME + 1) + ", \"endTime\": " + (TIME + 2);

    assertThat(texts(get(period).path("events"), "message")).containsExactly("1");
    assertThat(
            texts(
                call("FilterLogEvents", "{\"logGroupName\": \"g\"" + period + "}").path("events"),
                "message"))
        .containsExactly("1", "2");
  }

  @Test
  void eventsOfAllStreamsAreFilteredInPages() {
    group("g");
    stream("a");
    stream("b");
    put("a", TIME, "ERROR 0", "fine 1", "ERROR 2");
    put("b", TIME, "ERROR 3", "ERROR 4");

    List<String> found = new ArrayList<>();
    String more = "";
    do {
      JsonNode page =
          call(
              "FilterLogEvents",
              "{\"logGroupName\": \"g\", \"filterPattern\": \"ERROR\", \"limit\": 1" + more + "}");
      found.addAll(texts(page.path("events"), "message"));
      more = page.has("nextToken") ? token(page, "") : "";
    } while (!more.isEmpty());

    assertThat(found).containsExactly("ERROR 0", "ERROR 3", "ERROR 4", "ERROR 2");
    JsonNode newest =
        call("FilterLogEvents", "{\"logGroupName\": \"g\", \"startFromHead\": false}");
    assertThat(texts(newest.path("events"), "message"))
        .containsExactly("ERROR 2", "ERROR 4", "fine 1", "ERROR 3", "ERROR 0");
    assertThat(newest.path("searchedLogStreams")).isEmpty();
    assertThat(texts(newest.path("events"), "eventId")).doesNotHaveDuplicates();
  }

  @Test
  void aFilterIsForSomeStreams() {
    group("g");
    List.of("a/1", "a/2", "b").forEach(this::stream);
    put("a/1", TIME, "one");
    put("a/2", TIME + 1, "two");
    put("b", TIME + 2, "three");

    assertThat(
            texts(
                call(
                        "FilterLogEvents",
                        "{\"logGroupName\": \"g\", \"logStreamNamePrefix\": \"a/\"}")
                    .path("events"),
                "message"))
        .containsExactly("one", "two");
    assertThat(
            texts(
                call(
                        "FilterLogEvents",
                        "{\"logGroupName\": \"g\", \"logStreamNames\": [\"b\", \"a/1\"]}")
                    .path("events"),
                "message"))
        .containsExactly("one", "three");
    assertThat(refusal("FilterLogEvents", "{\"logGroupName\": \"g\", \"logStreamNames\": [\"x\"]}"))
        .isEqualTo("ResourceNotFoundException: The specified log stream does not exist.");
    assertThat(
            refusal(
                "FilterLogEvents",
                "{\"logGroupName\": \"g\", \"logStreamNames\": [\"b\"], \"logStreamNamePrefix\":"
                    + " \"b\"}"))
        .startsWith("InvalidParameterException: ");
  }

  @Test
  void aPatternThatIsNoneIsRefused() {
    group("g");

    assertThat(refusal("FilterLogEvents", "{\"logGroupName\": \"g\", \"filterPattern\": \"{\"}"))
        .isEqualTo("InvalidParameterException: Invalid filter pattern");
  }

  @Test
  void aGroupIsNamedOnce() {
    assertThat(refusal("FilterLogEvents", "{}")).startsWith("InvalidParameterException: ");
    assertThat(
            refusal("FilterLogEvents", "{\"logGroupName\": \"g\", \"logGroupIdentifier\": \"g\"}"))
        .startsWith("InvalidParameterException: ");
    assertThat(refusal("FilterLogEvents", "{\"logGroupName\": \"g\"}"))
        .isEqualTo("ResourceNotFoundException: The specified log group does not exist.");
  }

  @Test
  void tagsAreChangedByArnAndByName() {
    group("g");
    String arn = "\"resourceArn\": \"" + ARN + "g\"";

    call("TagResource", "{" + arn + ", \"tags\": {\"a\": \"1\", \"b\": \"2\"}}");
    call("TagLogGroup", "{\"logGroupName\": \"g\", \"tags\": {\"c\": \"3\"}}");
    call("UntagResource", "{" + arn + ", \"tagKeys\": [\"a\"]}");
    JsonNode byArn = call("ListTagsForResource", "{" + arn + "}");
    call("UntagLogGroup", "{\"logGroupName\": \"g\", \"tags\": [\"b\"]}");
    JsonNode byName = call("ListTagsLogGroup", "{\"logGroupName\": \"g\"}");

    assertThat(byArn).isEqualTo(Json.parse("{\"tags\": {\"b\": \"2\", \"c\": \"3\"}}"));
    assertThat(byName).isEqualTo(Json.parse("{\"tags\": {\"c\": \"3\"}}"));
    assertThat(
            refusal(
                "ListTagsForResource",
                "{\"resourceArn\": \"arn:aws:logs:us-east-1:111122223333:log-group:g\"}"))
        .isEqualTo("ResourceNotFoundException: The specified log group does not exist.");
    assertThat(refusal("ListTagsForResource", "{\"resourceArn\": \"arn:aws:sqs:x\"}"))
        .startsWith("InvalidParameterException: ");
  }

  @Test
  void thereAreNoFiltersThatHandEventsOn() {
    group("g");

    assertThat(call("DescribeSubscriptionFilters", "{\"logGroupName\": \"g\"}"))
        .isEqualTo(Json.parse("{\"subscriptionFilters\": []}"));
    assertThat(call("DescribeMetricFilters", "{}"))
        .isEqualTo(Json.parse("{\"metricFilters\": []}"));
    assertThat(refusal("DescribeSubscriptionFilters", "{\"logGroupName\": \"x\"}"))
        .startsWith("ResourceNotFoundException: ");
  }

  @Test
  void aGroupsBytesAreCounted() {
    group("g");
    stream("s");

    put("s", TIME, "x".repeat(1000));

    assertThat(call("DescribeLogGroups", "{}").at("/logGroups/0/storedBytes").longValue())
        .isBetween(1000L, 1200L);
  }
}

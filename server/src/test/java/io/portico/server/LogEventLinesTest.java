package io.portico.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.gateway.execute.telemetry.AccessLine;
import io.portico.gateway.execute.telemetry.PartlyWrittenException;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.LogDestination;
import io.portico.lambda.async.ServiceCall;
import io.portico.lambda.async.ServiceCalls.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class LogEventLinesTest {
  private static final Answer TAKEN = answer(200, "{}");
  private static final Answer MISSING =
      answer(
          400,
          "{\"__type\": \"ResourceNotFoundException\", \"message\": \"The specified log stream does"
              + " not exist.\"}");
  private static final Answer THERE =
      answer(400, "{\"__type\": \"ResourceAlreadyExistsException\"}");
  private static final Answer THROTTLED = answer(400, "{\"__type\": \"ThrottlingException\"}");
  private static final long DAY = Duration.ofDays(1).toMillis();

  private final List<ServiceCall> calls = new ArrayList<>();
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final LogEventLines lines =
      new LogEventLines(
          new LineCalls(
              call -> {
                calls.add(call);
                Answer answer = answers.poll();
                return answer == null ? TAKEN : answer;
              },
              Duration.ZERO));

  private static Answer answer(int status, String body) {
    return new Answer(status, body.getBytes(UTF_8));
  }

  private static AccessLine line(String text, String group, long millis) {
    return line(text, group, millis, false);
  }

  private static AccessLine line(String text, String group, long millis, boolean canary) {
    return new AccessLine(
        text,
        LogDestination.of("arn:aws:logs:eu-west-1:000000000000:log-group:" + group),
        canary,
        millis);
  }

  private List<String> operations() {
    return calls.stream()
        .map(call -> String.valueOf(call.headers().first("X-Amz-Target")).split("\\.", 2)[1])
        .toList();
  }

  private static JsonNode input(ServiceCall call) {
    return Json.parse(call.body());
  }

  private static List<String> messages(ServiceCall call) {
    List<String> messages = new ArrayList<>();
    input(call).get("logEvents").forEach(event -> messages.add(event.get("message").asString()));
    return messages;
  }

  private PartlyWrittenException partly(List<AccessLine> batch) {
    return catchThrowableOfType(PartlyWrittenException.class, () -> lines.write(batch));
  }

  @Test
  void eachGroupIsSentItsLinesInTheOrderOfTheirTimes() throws IOException {
    lines.write(List.of(line("two", "a", 2), line("other", "b", 1), line("one", "a", 1, true)));

    assertThat(operations()).containsOnly("PutLogEvents").hasSize(3);
    ServiceCall call = calls.getFirst();
    assertThat(call.service()).isEqualTo("logs");
    assertThat(call.region()).isEqualTo("eu-west-1");
    assertThat(call.headers().first("Content-Type")).isEqualTo("application/x-amz-json-1.1");
    assertThat(input(call).get("logGroupName").asString()).isEqualTo("a");
    assertThat(input(call).get("logStreamName").asString()).matches("[0-9a-f]{32}");
    assertThat(input(call).get("logEvents"))
        .hasToString(
            "[{\"timestamp\":1,\"message\":\"one\"},{\"timestamp\":2,\"message\":\"two\"}]");
    assertThat(calls)
        .extracting(each -> input(each).get("logGroupName").asString())
        .containsExactly("a", "b", "a/Canary");
    assertThat(messages(calls.getLast())).containsExactly("one");
  }

  @Test
  void aCallHasTenThousandEventsAMegabyteAndADayAtMost() throws IOException {
    String half = "é".repeat(262_144 - 13);

    lines.write(IntStream.range(0, 10_001).mapToObj(i -> line("x", "a", i)).toList());
    lines.write(List.of(line(half, "a", 1), line(half, "a", 2), line("x", "a", 3)));
    lines.write(List.of(line("one", "a", 0), line("two", "a", DAY), line("three", "a", DAY + 1)));

    assertThat(calls)
        .extracting(call -> messages(call).size())
        .containsExactly(10_000, 1, 2, 1, 2, 1);
  }

  @Test
  void aLineThatIsNoEventIsLostAndHoldsUpNoOther() {
    List<AccessLine> batch = List.of(line("x".repeat(1_048_551), "a", 1), line("short", "a", 2));

    PartlyWrittenException partly = partly(batch);

    assertThat(partly.refused()).isEqualTo(1);
    assertThat(partly.left(batch)).isEmpty();
    assertThat(calls).hasSize(1);
    assertThat(messages(calls.getFirst())).containsExactly("short");
  }

  @Test
  void theStreamIsMadeWhereItIsMissing() throws IOException {
    answers.addAll(List.of(MISSING, TAKEN));

    lines.write(List.of(line("one", "a", 1)));

    assertThat(operations()).containsExactly("PutLogEvents", "CreateLogStream", "PutLogEvents");
    assertThat(input(calls.get(1)).get("logStreamName"))
        .isEqualTo(input(calls.get(0)).get("logStreamName"));
    assertThat(messages(calls.getLast())).containsExactly("one");
  }

  @Test
  void soIsTheGroupAndWhateverSomebodyElseHasMadeMeanwhileIsThere() throws IOException {
    answers.addAll(List.of(MISSING, MISSING, THERE, THERE));

    lines.write(List.of(line("one", "a", 1)));

    assertThat(operations())
        .containsExactly(
            "PutLogEvents", "CreateLogStream", "CreateLogGroup", "CreateLogStream", "PutLogEvents");
  }

  @Test
  void whatHasJustBeenMadeMayTakeAMomentToBeThere() throws IOException {
    answers.addAll(List.of(MISSING, TAKEN, MISSING, TAKEN));

    lines.write(List.of(line("one", "a", 1)));

    assertThat(operations())
        .containsExactly("PutLogEvents", "CreateLogStream", "PutLogEvents", "PutLogEvents");
  }

  @Test
  void soMayTheGroup() throws IOException {
    answers.addAll(List.of(MISSING, MISSING, TAKEN, MISSING, TAKEN));

    lines.write(List.of(line("one", "a", 1)));

    assertThat(operations())
        .containsExactly(
            "PutLogEvents", "CreateLogStream", "CreateLogGroup", "CreateLogStream", "PutLogEvents");
  }

  /** Something before the service, or another at its address: a proxy, a page. */
  @Test
  void whatIsNoErrorOfTheServiceIsNotForGood() {
    List<AccessLine> batch = List.of(line("one", "a", 1));
    for (Answer answer :
        List.of(
            answer(302, ""),
            answer(403, "<html>ResourceNotFoundException</html>"),
            answer(404, "{\"message\": \"no route\"}"))) {
      answers.addAll(List.of(answer, answer, answer));

      PartlyWrittenException partly = partly(batch);

      assertThat(partly.refused()).isZero();
      assertThat(partly.left(batch)).isEqualTo(batch);
    }
  }

  @Test
  void errorsAreKnownByTheirNamesAndNotByWhatIsSaidOfThem() {
    answers.add(
        answer(
            400,
            "{\"__type\": \"com.amazonaws.logs#AccessDeniedException\", \"message\":"
                + " \"not on log-group:Throttled-ResourceNotFoundException\"}"));
    List<AccessLine> batch = List.of(line("one", "a", 1));

    assertThat(partly(batch).refused()).isEqualTo(1);
    assertThat(operations()).containsExactly("PutLogEvents");
  }

  @Test
  void anEmptyAnswerSaysThatAllIsTaken() throws IOException {
    answers.add(answer(200, ""));

    lines.write(List.of(line("one", "a", 1)));

    assertThat(calls).hasSize(1);
  }

  @Test
  void aLineOfACanaryThatOneGroupHasTakenComesToTheOtherAloneAgain() throws IOException {
    List<AccessLine> batch = List.of(line("one", "a", 1, true), line("two", "a", 2));
    answers.addAll(List.of(TAKEN, THROTTLED, THROTTLED, THROTTLED));
    List<AccessLine> left = partly(batch).left(batch);
    answers.addAll(List.of(THROTTLED, THROTTLED, THROTTLED));
    List<AccessLine> again = partly(left).left(left);
    calls.clear();

    lines.write(again);

    assertThat(calls)
        .extracting(each -> input(each).get("logGroupName").asString())
        .containsExactly("a/Canary");
    assertThat(messages(calls.getFirst())).containsExactly("one");
    lines.write(List.of(line("one", "a", 1, true)));
    assertThat(calls).as("another line, though it is the same").hasSize(3);
  }

  @Test
  void whoeverIsBusyIsAskedAgain() throws IOException {
    answers.addAll(List.of(THROTTLED, answer(503, "busy")));

    lines.write(List.of(line("one", "a", 1)));

    assertThat(operations()).containsExactly("PutLogEvents", "PutLogEvents", "PutLogEvents");
  }

  @Test
  void whatIsBehindEventsThatAGroupIsTooBusyForStaysBehindThem() {
    answers.addAll(List.of(THROTTLED, THROTTLED, THROTTLED));
    List<AccessLine> batch =
        List.of(line("one", "busy", 1), line("later", "busy", 2 * DAY), line("two", "idle", 1));

    PartlyWrittenException partly = partly(batch);

    assertThat(calls).hasSize(4);
    assertThat(messages(calls.getLast())).containsExactly("two");
    assertThat(partly.refused()).isZero();
    assertThat(partly.left(batch)).isEqualTo(batch.subList(0, 2));
    assertThat(partly).hasMessageContaining("the log group busy");
  }

  @Test
  void whatIsRefusedForGoodIsLost() {
    answers.add(answer(400, "{\"__type\": \"AccessDeniedException\"}"));
    List<AccessLine> batch = List.of(line("one", "a", 1), line("two", "a", 2));

    PartlyWrittenException partly = partly(batch);

    assertThat(partly.refused()).isEqualTo(2);
    assertThat(partly.left(batch)).isEmpty();
    assertThat(calls).hasSize(1);
  }

  @Test
  void whatTheServiceHasNotKeptIsLost() {
    answers.add(
        answer(
            200,
            "{\"rejectedLogEventsInfo\": {\"tooOldLogEventEndIndex\": 1, \"expiredLogEventEndIndex\":"
                + " 2, \"tooNewLogEventStartIndex\": 4}}"));
    List<AccessLine> batch = IntStream.range(0, 5).mapToObj(i -> line("x", "a", i)).toList();

    PartlyWrittenException partly = partly(batch);

    assertThat(partly.refused()).isEqualTo(3);
    assertThat(partly.left(batch)).isEmpty();
  }

  @Test
  void withoutAnAnswerOrWithOneThatIsNoneTheyAreLeft() {
    List<AccessLine> batch = List.of(line("one", "a", 1));
    LogEventLines silent =
        new LogEventLines(
            new LineCalls(
                call -> {
                  throw new IOException("no answer");
                },
                Duration.ZERO));
    answers.add(answer(200, "<html>"));

    PartlyWrittenException unheard =
        catchThrowableOfType(PartlyWrittenException.class, () -> silent.write(batch));

    assertThat(unheard.left(batch)).isEqualTo(batch);
    assertThat(partly(batch).left(batch)).isEqualTo(batch);
  }

  /** One of its two groups may take it yet. */
  @Test
  void aLineOfACanaryThatOneGroupRefusesAndAnotherIsTooBusyForIsLeft() {
    answers.addAll(
        List.of(
            answer(400, "{\"__type\": \"AccessDeniedException\"}"),
            THROTTLED,
            THROTTLED,
            THROTTLED));
    List<AccessLine> batch = List.of(line("one", "a", 1, true));

    PartlyWrittenException partly = partly(batch);

    assertThat(partly.refused()).isZero();
    assertThat(partly.left(batch)).isEqualTo(batch);
  }
}

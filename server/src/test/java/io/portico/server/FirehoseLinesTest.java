package io.portico.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.portico.gateway.execute.telemetry.AccessLine;
import io.portico.gateway.execute.telemetry.PartlyWrittenException;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.LogDestination;
import io.portico.lambda.async.NoEndpointException;
import io.portico.lambda.async.ServiceCall;
import io.portico.lambda.async.ServiceCalls;
import io.portico.lambda.async.ServiceCalls.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class FirehoseLinesTest {
  private static final Answer TAKEN = answer(200, "{\"FailedPutCount\": 0}");

  private final List<ServiceCall> calls = new ArrayList<>();
  private final Deque<Answer> answers = new ArrayDeque<>();
  private final FirehoseLines lines =
      lines(
          call -> {
            calls.add(call);
            Answer answer = answers.poll();
            return answer == null ? TAKEN : answer;
          });

  private static FirehoseLines lines(ServiceCalls services) {
    return new FirehoseLines(new LineCalls(services, Duration.ZERO));
  }

  private static Answer answer(int status, String body) {
    return new Answer(status, body.getBytes(UTF_8));
  }

  private static AccessLine line(String text, String stream) {
    return new AccessLine(
        text,
        LogDestination.of(
            "arn:aws:firehose:eu-west-1:000000000000:deliverystream/amazon-apigateway-" + stream),
        false,
        1);
  }

  private static List<String> records(ServiceCall call) {
    List<String> records = new ArrayList<>();
    for (JsonNode record : Json.parse(call.body()).get("Records")) {
      records.add(new String(Base64.getDecoder().decode(record.get("Data").asString()), UTF_8));
    }
    return records;
  }

  @Test
  void eachStreamIsSentItsLines() throws IOException {
    lines.write(List.of(line("one", "a"), line("two", "b"), line("three", "a")));

    assertThat(calls).hasSize(2);
    ServiceCall call = calls.getFirst();
    assertThat(call.service()).isEqualTo("firehose");
    assertThat(call.region()).isEqualTo("eu-west-1");
    assertThat(call.headers().first("X-Amz-Target")).isEqualTo("Firehose_20150804.PutRecordBatch");
    assertThat(Json.parse(call.body()).get("DeliveryStreamName").asString())
        .isEqualTo("amazon-apigateway-a");
    assertThat(records(call)).containsExactly("one\n", "three\n");
    assertThat(records(calls.getLast())).containsExactly("two\n");
  }

  @Test
  void aCallHasFiveHundredRecordsAndFourMegabytesAtMost() throws IOException {
    String megabyte = "x".repeat(1_000_000);

    lines.write(IntStream.range(0, 501).mapToObj(i -> line("line " + i, "a")).toList());
    lines.write(IntStream.range(0, 5).mapToObj(i -> line(megabyte, "a")).toList());

    assertThat(calls).extracting(call -> records(call).size()).containsExactly(500, 1, 4, 1);
  }

  @Test
  void whatTheStreamDidNotTakeIsSentAgain() throws IOException {
    answers.add(answer(503, "busy"));
    answers.add(
        answer(
            200,
            "{\"FailedPutCount\": 1, \"RequestResponses\": [{\"RecordId\": \"1\"},"
                + " {\"ErrorCode\": \"ServiceUnavailableException\"}]}"));

    lines.write(List.of(line("one", "a"), line("two", "a")));

    assertThat(calls).hasSize(3);
    assertThat(records(calls.getLast())).containsExactly("two\n");
  }

  @Test
  void whatIsRefusedIsNotSentAgain() {
    answers.add(answer(400, "{\"__type\": \"ResourceNotFoundException\"}"));

    assertThatThrownBy(() -> lines.write(List.of(line("one", "a"))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("amazon-apigateway-a")
        .hasMessageContaining("ResourceNotFoundException");
    assertThat(calls).hasSize(1);
  }

  @Test
  void whoeverIsBusyForTooLongLosesThem() {
    for (int i = 0; i < 3; i++) {
      answers.add(answer(500, "busy"));
    }

    assertThatThrownBy(() -> lines.write(List.of(line("one", "a"))))
        .isInstanceOf(IOException.class);
    assertThat(calls).hasSize(3);
  }

  @Test
  void aStreamThatRefusesOrIsBusyHoldsUpNoOtherAndOnlyWhatMayBeTakenLaterIsLeft() {
    answers.add(TAKEN);
    answers.add(answer(400, "{\"__type\": \"ResourceNotFoundException\"}"));
    for (int i = 0; i < 3; i++) {
      answers.add(answer(400, "{\"__type\": \"ThrottlingException\"}"));
    }
    List<AccessLine> batch =
        List.of(
            line("one", "taken"),
            line("two", "missing"),
            line("three", "missing"),
            line("four", "busy"),
            line("five", "later"));

    PartlyWrittenException partly =
        catchThrowableOfType(PartlyWrittenException.class, () -> lines.write(batch));

    assertThat(calls).hasSize(6);
    assertThat(records(calls.getLast())).containsExactly("five\n");
    assertThat(partly.refused()).isEqualTo(2);
    assertThat(partly.left(batch)).containsExactly(line("four", "busy"));
    assertThat(partly).hasMessageContaining("amazon-apigateway-missing");
  }

  @Test
  void withoutAnEndpointLinesAreLostAndWithoutAnAnswerTheyAreLeft() {
    List<AccessLine> batch = List.of(line("one", "a"));
    FirehoseLines nowhere =
        lines(
            call -> {
              throw new NoEndpointException("set AWS_ENDPOINT_URL_FIREHOSE");
            });
    FirehoseLines silent =
        lines(
            call -> {
              throw new IOException("no answer");
            });

    PartlyWrittenException lost =
        catchThrowableOfType(PartlyWrittenException.class, () -> nowhere.write(batch));
    PartlyWrittenException left =
        catchThrowableOfType(PartlyWrittenException.class, () -> silent.write(batch));

    assertThat(lost.refused()).isEqualTo(1);
    assertThat(lost.left(batch)).isEmpty();
    assertThat(left.refused()).isZero();
    assertThat(left.left(batch)).isEqualTo(batch);
  }

  @Test
  void whatIsBehindRecordsThatAStreamIsTooBusyForStaysBehindThem() {
    for (int i = 0; i < 3; i++) {
      answers.add(answer(503, "busy"));
    }
    List<AccessLine> batch = IntStream.range(0, 501).mapToObj(i -> line("line " + i, "a")).toList();

    PartlyWrittenException partly =
        catchThrowableOfType(PartlyWrittenException.class, () -> lines.write(batch));

    assertThat(calls).hasSize(3);
    assertThat(partly.left(batch)).isEqualTo(batch);
  }
}

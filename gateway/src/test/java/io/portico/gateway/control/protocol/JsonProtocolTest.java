package io.portico.gateway.control.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** CloudWatch Logs' wire. */
final class JsonProtocolTest {
  private static final ServiceModel LOGS = ServiceModel.of(AwsApi.LOGS);
  private static final CallerResolver CALLERS =
      new CallerResolver("111122223333", "us-east-1", new ControlHosts(List.of()));

  private final RecordedCalls calls = new RecordedCalls();

  private static HttpResponse send(Operations operations, String operation, String body) {
    return new AwsApiHandler(LOGS, operations, CALLERS)
        .handle(
            Requests.request(
                "POST",
                "/",
                Body.of(body),
                Headers.of(
                    "Content-Type",
                    "application/x-amz-json-1.1",
                    "X-Amz-Target",
                    "Logs_20140328." + operation)));
  }

  private static String body(HttpResponse response) throws IOException {
    return new String(response.body().readAll(100_000), StandardCharsets.UTF_8);
  }

  @Test
  void theBodyIsTheInputAndTheOutput() throws IOException {
    calls.answering((ObjectNode) Json.parse("{\"nextForwardToken\": \"f\"}"));

    HttpResponse response =
        send(
            calls.of(LOGS),
            "GetLogEvents",
            "{\"logStreamName\": \"s\", \"startTime\": 1767323045123, \"extra\": 1}");

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers().first("Content-Type")).isEqualTo("application/x-amz-json-1.1");
    assertThat(response.headers().first("x-amzn-RequestId")).isEqualTo(calls.only().requestId());
    assertThat(body(response)).isEqualTo("{\"nextForwardToken\":\"f\"}");
    assertThat(calls.only().input().json())
        .isEqualTo(Json.parse("{\"logStreamName\": \"s\", \"startTime\": 1767323045123}"));
  }

  @Test
  void anOperationWithoutOutputAnswersNothing() throws IOException {
    HttpResponse response = send(calls.of(LOGS), "CreateLogGroup", "{\"logGroupName\": \"group\"}");

    assertThat(response.status()).isEqualTo(200);
    assertThat(body(response)).isEmpty();
  }

  @Test
  void aBodyMayBeAbsent() {
    HttpResponse response = send(calls.of(LOGS), "DescribeLogGroups", "");

    assertThat(response.status()).isEqualTo(200);
    assertThat(calls.only().input().json()).isEqualTo(Json.object());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NoSuchThing | {} | {\"__type\":\"UnknownOperationException\"}",
        "CreateLogGroup | { | {\"__type\":\"SerializationException\",\"message\":\"Unable to parse the request body as JSON\"}",
        "CreateLogGroup | {\"logGroupName\": 1} | {\"__type\":\"SerializationException\",\"message\":\"class com.amazon.coral.value.json.numbers.TruncatingBigNumber can not be converted to an String\"}",
        "CreateLogGroup | {\"logGroupName\": \"a b\"} | {\"__type\":\"InvalidParameterException\",\"message\":\"1 validation error detected: Value 'a b' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\\\.\\\\-_/#A-Za-z0-9]+\"}"
      })
  void aRefusalNamesItsTypeInTheBody(String operation, String request, String answer)
      throws IOException {
    HttpResponse response = send(calls.of(LOGS), operation, request);

    assertThat(response.status()).isEqualTo(400);
    assertThat(body(response)).isEqualTo(answer);
    assertThat(calls.calls).isEmpty();
  }

  @Test
  void aRequestWithoutATargetMeansNoOperation() throws IOException {
    HttpResponse response =
        new AwsApiHandler(LOGS, calls.of(LOGS), CALLERS)
            .handle(Requests.request("POST", "/", "{}"));

    assertThat(response.status()).isEqualTo(400);
    assertThat(body(response)).isEqualTo("{\"__type\":\"UnknownOperationException\"}");
  }

  @Test
  void aHandlersRefusalCarriesWhatItsErrorHas() throws IOException {
    Operations operations =
        Operations.builder()
            .add(
                "PutLogEvents",
                call -> {
                  throw new ServiceException("InvalidSequenceTokenException", 400, "t")
                      .with("expectedSequenceToken", "7");
                })
            .build();

    HttpResponse response =
        send(
            operations,
            "PutLogEvents",
            "{\"logGroupName\": \"g\", \"logStreamName\": \"s\", \"logEvents\":"
                + " [{\"timestamp\": 1, \"message\": \"m\"}]}");

    assertThat(body(response))
        .isEqualTo(
            "{\"__type\":\"InvalidSequenceTokenException\",\"message\":\"t\","
                + "\"expectedSequenceToken\":\"7\"}");
  }

  @Test
  void anOperationThatIsNotBuiltSaysSo() throws IOException {
    HttpResponse response = send(Operations.builder().build(), "DescribeLogGroups", "{}");

    assertThat(response.status()).isEqualTo(501);
    assertThat(body(response))
        .isEqualTo(
            "{\"__type\":\"NotImplementedException\",\"message\":\"The operation DescribeLogGroups"
                + " of logs is not implemented by Portico yet.\"}");
  }
}

package io.portico.gateway.control.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.json.Cbor;
import io.portico.gateway.json.CborWriter;
import io.portico.gateway.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.cbor.CBORMapper;

/** CloudWatch's wire, and those of its older clients. */
final class CborProtocolTest {
  private static final int ROUNDS = 20;
  private static final ServiceModel MODEL = ServiceModel.of(AwsApi.CLOUDWATCH);
  private static final CallerResolver CALLERS =
      new CallerResolver("111122223333", "us-east-1", new ControlHosts(List.of()));
  private static final CBORMapper CLIENT = new CBORMapper();

  private final RecordedCalls calls = new RecordedCalls();

  private static HttpRequest request(String operation, byte[] body, String... headers) {
    return Requests.request(
        "POST",
        "/service/GraniteServiceVersion20100801/operation/" + operation,
        Body.of(body),
        Headers.of(headers).toBuilder()
            .add("Smithy-Protocol", "rpc-v2-cbor")
            .add("Content-Type", "application/cbor")
            .build());
  }

  private HttpResponse send(HttpRequest request) {
    return new AwsApiHandler(MODEL, calls.of(MODEL), CALLERS).handle(request);
  }

  private HttpResponse send(String operation, String json) {
    return send(request(operation, CLIENT.writeValueAsBytes(Json.parse(json))));
  }

  private static byte[] bytes(HttpResponse response) throws IOException {
    return response.body().readAll(100_000);
  }

  private static byte[] gzipped(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream zipping = new GZIPOutputStream(zipped)) {
      zipping.write(bytes);
    }
    return zipped.toByteArray();
  }

  @Test
  void theBodyIsTheInputAndTheOutput() throws IOException {
    calls.answering(
        (ObjectNode)
            Json.parse(
                """
                {"Label": "l", "Datapoints": [
                  {"Timestamp": 1767323040, "Sum": 2, "ExtendedStatistics": {"p50": 0.5}}]}
                """));

    HttpResponse response =
        send(
            request(
                "GetMetricStatistics",
                new CborWriter()
                    .openMap(6)
                    .name("Namespace")
                    .text("AWS/ApiGateway")
                    .name("MetricName")
                    .text("Count")
                    .name("StartTime")
                    .timestamp(BigDecimal.valueOf(1_767_323_045))
                    .name("EndTime")
                    .timestamp(new BigDecimal("1767323105.5"))
                    .name("Period")
                    .whole(60)
                    .name("Unknown")
                    .nothing()
                    .closeMap()
                    .bytes()));

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers().first("Content-Type")).isEqualTo("application/cbor");
    assertThat(response.headers().first("Smithy-Protocol")).isEqualTo("rpc-v2-cbor");
    assertThat(response.headers().first("x-amzn-RequestId")).isEqualTo(calls.only().requestId());
    assertThat(Json.parse(Json.text(calls.only().input().json())))
        .isEqualTo(
            Json.parse(
                """
                {"Namespace": "AWS/ApiGateway", "MetricName": "Count", "StartTime": 1767323045,
                 "EndTime": 1767323105.5, "Period": 60}
                """));
    // A time is tagged, and a number with a fraction in its shape is a double.
    assertThat(HexFormat.of().formatHex(bytes(response)))
        .contains("6954696d657374616d70" + "c1" + "1a695735a0")
        .contains("6353756d" + "fb4000000000000000");
  }

  @Test
  void anOperationWithoutOutputAnswersNothing() throws IOException {
    HttpResponse response = send("DeleteAlarms", "{\"AlarmNames\": [\"a\"]}");

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers().first("Smithy-Protocol")).isEqualTo("rpc-v2-cbor");
    assertThat(response.headers().contains("Content-Type")).isFalse();
    assertThat(bytes(response)).isEmpty();
  }

  @Test
  void anEmptyOutputIsAMap() throws IOException {
    assertThat(Cbor.parse(bytes(send(request("ListMetrics", new byte[0])))))
        .isEqualTo(Json.object());
  }

  @Test
  void aRefusalIsKnownByItsNameAndByTheCodeOfTheQueryProtocol() throws IOException {
    HttpResponse response =
        new AwsApiHandler(
                MODEL,
                Operations.builder()
                    .add(
                        "GetMetricStatistics",
                        call -> {
                          throw new ServiceException("InvalidParameterValueException", 400, "why");
                        })
                    .build(),
                CALLERS)
            .handle(
                request(
                    "GetMetricStatistics",
                    CLIENT.writeValueAsBytes(
                        Json.parse(
                            """
                            {"Namespace": "n", "MetricName": "m", "StartTime": 1, "EndTime": 2,
                             "Period": 60}
                            """))));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.headers().first("x-amzn-query-error"))
        .isEqualTo("InvalidParameterValue;Sender");
    assertThat(Cbor.parse(bytes(response)))
        .isEqualTo(
            Json.parse(
                """
                {"__type": "com.amazonaws.cloudwatch#InvalidParameterValueException",
                 "message": "why"}
                """));
  }

  @Test
  void aViolationIsAValidationError() throws IOException {
    HttpResponse response = send("PutMetricAlarm", "{\"AlarmName\": \"a\", \"Period\": 0}");

    assertThat(response.headers().first("x-amzn-query-error")).isEqualTo("ValidationError;Sender");
    assertThat(Cbor.parse(bytes(response)).path("message").asString())
        .isEqualTo(
            "1 validation error detected: Value '0' at 'period' failed to satisfy constraint:"
                + " Member must have value greater than or equal to 1");
  }

  @Test
  void whatJsonCannotSayReachesTheOperation() {
    HttpResponse response =
        send(
            request(
                "PutMetricAlarm",
                new CborWriter()
                    .openMap(2)
                    .name("AlarmName")
                    .text("a")
                    .name("Threshold")
                    .number(Double.NaN)
                    .closeMap()
                    .bytes()));

    assertThat(response.status()).isEqualTo(200);
    assertThat(calls.only().input().json().get("Threshold").doubleValue()).isNaN();
  }

  @Test
  void aBodyMayBeCompressed() throws IOException {
    byte[] body = CLIENT.writeValueAsBytes(Json.parse("{\"Namespace\": \"n\"}"));

    HttpResponse response =
        send(request("PutMetricData", gzipped(body), "Content-Encoding", "gzip"));

    assertThat(response.status()).isEqualTo(200);
    assertThat(calls.only().input().string("Namespace")).isEqualTo("n");
  }

  @Test
  void aBodyThatGrowsBeyondMeasureIsRefused() throws IOException {
    HttpResponse response =
        send(request("PutMetricData", gzipped(new byte[9 << 20]), "Content-Encoding", "gzip"));

    assertThat(response.status()).isEqualTo(413);
  }

  @Test
  void aBodyThatIsNotCompressedAsItSaysIsRefused() {
    assertThat(
            send(request("PutMetricData", new byte[] {1, 2}, "Content-Encoding", "gzip")).status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/service/GraniteServiceVersion20100801/operation/NoSuchThing",
        "/service/Other/operation/ListMetrics",
        "/"
      })
  void aPathThatMeansNothingIsRefused(String path) throws IOException {
    HttpResponse response =
        send(
            Requests.request(
                "POST", path, Body.of(new byte[0]), Headers.of("Smithy-Protocol", "rpc-v2-cbor")));

    assertThat(response.status()).isEqualTo(404);
    assertThat(Cbor.parse(bytes(response)).path("__type").asString())
        .isEqualTo("UnknownOperationException");
  }

  @Test
  void anOlderClientSpeaksJson() throws IOException {
    calls.answering((ObjectNode) Json.parse("{\"NextToken\": \"t\"}"));

    HttpResponse response =
        send(
            Requests.request(
                "POST",
                "/",
                "{\"Namespace\": \"n\"}",
                "X-Amz-Target",
                "GraniteServiceVersion20100801.ListMetrics",
                "Content-Type",
                "application/x-amz-json-1.0"));

    assertThat(response.headers().first("Content-Type")).isEqualTo("application/x-amz-json-1.0");
    assertThat(new String(bytes(response), StandardCharsets.UTF_8))
        .isEqualTo("{\"NextToken\":\"t\"}");
    assertThat(calls.only().input().string("Namespace")).isEqualTo("n");
  }

  @Test
  void anEvenOlderClientSpeaksForms() throws IOException {
    calls.answering(
        (ObjectNode) Json.parse("{\"Datapoints\": [{\"Timestamp\": 1767323045, \"Sum\": 2}]}"));

    HttpResponse response =
        send(
            Requests.request(
                "POST",
                "/",
                "Action=GetMetricStatistics&Version=2010-08-01&Namespace=n&MetricName=m&Period=60"
                    + "&StartTime=2026-01-02T03%3A04%3A05Z&EndTime=2026-01-02T04%3A04%3A05Z"
                    + "&Statistics.member.1=Sum",
                "Content-Type",
                "application/x-www-form-urlencoded"));

    assertThat(new String(bytes(response), StandardCharsets.UTF_8))
        .contains(
            "<GetMetricStatisticsResponse"
                + " xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\">",
            "<Timestamp>2026-01-02T03:04:05Z</Timestamp>",
            "<Sum>2.0</Sum>");
    assertThat(calls.only().input().json().get("StartTime").longValue()).isEqualTo(1_767_323_045);
  }

  @Test
  void aRequestFindsItsOperationAndItsInput() throws IOException {
    CborProtocol protocol = new CborProtocol(MODEL);
    for (Operation operation : MODEL.operations()) {
      for (int round = 0; round < ROUNDS; round++) {
        Random random = new Random(GeneratedRequest.SEED + round);
        JsonNode input = new GeneratedRequest(MODEL, operation, random).input;

        WireProtocol.Asked asked =
            protocol.read(request(operation.name(), CLIENT.writeValueAsBytes(input)));

        assertThat(asked.operation()).isSameAs(operation);
        assertThat(Json.parse(Json.text(asked.input().get())))
            .as("%s, -Dportico.seed=%d, round %d", operation.name(), GeneratedRequest.SEED, round)
            .isEqualTo(Json.parse(Json.text(input)));
      }
    }
  }

  @Test
  void aSpoiltRequestIsNoFailure() {
    for (Operation operation : MODEL.operations()) {
      for (int round = 0; round < 10 * ROUNDS; round++) {
        Random random = new Random(GeneratedRequest.SEED + round);
        byte[] body =
            CLIENT.writeValueAsBytes(new GeneratedRequest(MODEL, operation, random).input);
        for (int spoilt = 0; spoilt <= random.nextInt(3); spoilt++) {
          body[random.nextInt(body.length)] = (byte) random.nextInt();
        }

        assertThat(send(request(operation.name(), body)).status())
            .as("%s, -Dportico.seed=%d, round %d", operation.name(), GeneratedRequest.SEED, round)
            .isLessThan(500);
      }
    }
  }
}

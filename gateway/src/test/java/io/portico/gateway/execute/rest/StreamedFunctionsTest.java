package io.portico.gateway.execute.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.execute.Requests;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions behind {@code AWS_PROXY} with {@code responseTransferMode STREAM}. */
final class StreamedFunctionsTest {
  private static final String NULS = "\0\0\0\0\0\0\0\0";
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:pets";
  private static final String STREAMING =
      "arn:aws:apigateway:us-east-1:lambda:path/2021-11-15/functions/"
          + FUNCTION
          + "/response-streaming-invocations";
  private static final String WHOLE =
      "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/" + FUNCTION + "/invocations";

  private final List<UpstreamRequest> sent = new ArrayList<>();

  @Test
  void whatComesBehindTheMetadataIsTheAnswer() throws IOException {
    HttpResponse answer =
        streamed(
            new EventStreams()
                .chunk(
                    """
                    {"statusCode": 201, "headers": {"X-Own": "1"}, "cookies": ["a=1", "b=2"],
                     "multiValueHeaders": {"X-Many": ["2", "3"]}}\
                    """
                        + NULS
                        + "one ")
                .chunk("two")
                .ended());

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.headers().first("X-Own")).isEqualTo("1");
    assertThat(answer.headers().all("X-Many")).containsExactly("2", "3");
    assertThat(answer.headers().all("Set-Cookie")).containsExactly("a=1", "b=2");
    assertThat(text(answer)).isEqualTo("one two");
    assertThat(sent.getFirst().target())
        .isEqualTo(
            "/2021-11-15/functions/"
                + FUNCTION.replace(":", "%3A")
                + "/response-streaming-invocations");
    assertThat(new String(sent.getFirst().body().readAll(100_000), StandardCharsets.UTF_8))
        .contains("\"resource\":\"/pets\"");
  }

  @Test
  void metadataComesInAnyPieces() throws IOException {
    EventStreams stream = new EventStreams();
    String whole = "{\"statusCode\":202}" + NULS + "content";
    whole.chars().forEach(character -> stream.chunk(String.valueOf((char) character)));

    HttpResponse answer = streamed(stream.chunk("").event("Unheard", "{}").ended());

    assertThat(answer.status()).isEqualTo(202);
    assertThat(text(answer)).isEqualTo("content");
  }

  @Test
  void emptyMetadataIsEnough() throws IOException {
    HttpResponse answer = streamed(new EventStreams().chunk("{}" + NULS).ended());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers().first("Content-Type")).isEqualTo("application/json");
    assertThat(text(answer)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "content alone",
        "{\"statusCode\": 200}",
        "not JSON\0\0\0\0\0\0\0\0content",
        "[]\0\0\0\0\0\0\0\0content",
        "{\"statusCode\": 99}\0\0\0\0\0\0\0\0content",
        "{\"cookies\": \"a=1\"}\0\0\0\0\0\0\0\0content",
        "{\"headers\": {\"X-Split\": \"1\\r\\nSet-Cookie: a=1\"}}\0\0\0\0\0\0\0\0content",
        "{\"cookies\": [\"a=1\\r\\nX-Split: 1\"]}\0\0\0\0\0\0\0\0content",
        "{}\0\0\0\0\0\0\0content",
      })
  void anythingElseIsABadGateway(String content) {
    assertBadGateway(streamed(new EventStreams().chunk(content).ended()));
  }

  @Test
  void metadataBeyondSixteenKilobytesIsNone() {
    String blanks = " ".repeat(16 * 1024);

    assertBadGateway(streamed(new EventStreams().chunk("{" + blanks + "}" + NULS).ended()));
    assertBadGateway(streamed(new EventStreams().chunk(blanks).chunk("{}" + NULS).ended()));
  }

  @Test
  void aFunctionThatFailsBeforeItsMetadataIsABadGateway() {
    assertBadGateway(
        streamed(
            new EventStreams()
                .event(
                    "InvokeComplete",
                    "{\"ErrorCode\": \"Unhandled\", \"ErrorDetails\": \"a secret\"}")
                .open()));
  }

  @Test
  void aFunctionThatFailsWithinItsAnswerBreaksItOff() {
    HttpResponse answer =
        streamed(
            new EventStreams()
                .chunk("{}" + NULS + "some")
                .event("InvokeComplete", "{\"ErrorCode\": \"Unhandled\"}")
                .open());

    assertThat(answer.status()).isEqualTo(200);
    assertThatThrownBy(() -> text(answer)).hasMessageContaining("the function failed");
  }

  @Test
  void aStreamWithoutItsEndBreaksTheAnswerOff() {
    HttpResponse answer = streamed(new EventStreams().chunk("{}" + NULS + "some").open());

    assertThatThrownBy(() -> text(answer)).hasMessageContaining("ended before");
  }

  @Test
  void whatIsNoStreamOfEventsFailsTheIntegration() {
    HttpResponse answer = streamed("{\"statusCode\": 200}".getBytes(StandardCharsets.UTF_8));

    assertThat(answer.status()).isEqualTo(504);
  }

  @Test
  void aRefusalOfLambdasIsAnErrorOfTheConfiguration() {
    HttpResponse answer =
        call(STREAMING, "STREAM", new UpstreamResponse(403, Headers.empty(), Body.of("{}")));

    assertThat(answer.status()).isEqualTo(500);
  }

  @Test
  void anEmulatorsWholeAnswerIsTheStream() throws IOException {
    HttpResponse answer =
        call(
            STREAMING.replace("function:pets", "function:emulated"),
            "STREAM",
            new UpstreamResponse(
                200, Headers.empty(), Body.of("{\"statusCode\": 201}" + NULS + "content")));

    assertThat(answer.status()).isEqualTo(201);
    assertThat(text(answer)).isEqualTo("content");
    assertThat(sent.getFirst().target()).endsWith("/invocations");
  }

  @Test
  void transferModeAndAddressGoTogether() {
    assertThat(call(WHOLE, "STREAM", events()).status()).isEqualTo(500);
    assertThat(call(STREAMING, "BUFFERED", events()).status()).isEqualTo(500);
    assertThat(sent).isEmpty();
  }

  @Test
  void aStreamMayTakeItsTimeoutButNotStandStill() {
    call(STREAMING, "STREAM, timeoutInMillis: 900000", events());

    assertThat(sent.getFirst().timeout()).isEqualTo(Duration.ofMinutes(15));
    assertThat(sent.getFirst().idleTimeout()).isEqualTo(Duration.ofMinutes(5));
  }

  private static UpstreamResponse events() {
    return response(new EventStreams().chunk("{}" + NULS).ended());
  }

  private static UpstreamResponse response(byte[] events) {
    return new UpstreamResponse(
        200, Headers.of("Content-Type", "application/vnd.amazon.eventstream"), Body.of(events));
  }

  private HttpResponse streamed(byte[] events) {
    return call(STREAMING, "STREAM", response(events));
  }

  private HttpResponse call(String uri, String transferMode, UpstreamResponse answer) {
    CaseApi api = new CaseApi();
    api.integration(
        "{type: AWS_PROXY, httpMethod: POST, uri: '%s', responseTransferMode: %s}"
            .formatted(uri, transferMode));
    return TestGateway.of(
            api,
            request -> {
              sent.add(request);
              return answer;
            })
        .handle(Requests.get("/pets"));
  }

  private static String text(HttpResponse answer) throws IOException {
    return new String(answer.body().readAll(1 << 20), StandardCharsets.UTF_8);
  }

  private static void assertBadGateway(HttpResponse answer) {
    assertThat(answer.status()).isEqualTo(502);
    try {
      assertThat(text(answer)).isEqualTo("{\"message\": \"Internal server error\"}");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

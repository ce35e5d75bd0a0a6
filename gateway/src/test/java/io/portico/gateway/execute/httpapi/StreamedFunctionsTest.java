package io.portico.gateway.execute.httpapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.execute.cases.CaseGateway;
import io.portico.gateway.execute.cases.HttpCaseDefinition;
import io.portico.gateway.execute.rest.EventStreams;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpHandler;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UpstreamRequest;
import io.portico.gateway.http.UpstreamResponse;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Functions of HTTP APIs that are invoked by InvokeWithResponseStream. */
final class StreamedFunctionsTest {
  private static final String NULS = "\0\0\0\0\0\0\0\0";

  private final List<UpstreamRequest> sent = new ArrayList<>();

  @Test
  void whatComesBehindTheMetadataIsTheAnswer() throws IOException {
    HttpResponse answer =
        streamed(
            new EventStreams()
                .chunk(
                    "{\"statusCode\": 201, \"headers\": {\"X-Own\": \"1\"}, \"cookies\": [\"a=1\"]}"
                        + NULS
                        + "one ")
                .chunk("two")
                .ended());

    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.headers().first("X-Own")).isEqualTo("1");
    assertThat(answer.headers().first("X-Added")).isEqualTo("by the API");
    assertThat(answer.headers().first("Set-Cookie")).isEqualTo("a=1");
    assertThat(text(answer)).isEqualTo("one two");
    assertThat(sent.getFirst().target()).endsWith("/response-streaming-invocations");
    assertThat(new String(sent.getFirst().body().readAll(100_000), StandardCharsets.UTF_8))
        .contains("\"version\":\"2.0\"");
  }

  @Test
  void aStreamMayTakeAsLongAsAFunctionButNotStandStill() {
    streamed(new EventStreams().chunk("{}" + NULS).ended());

    assertThat(sent.getFirst().timeout()).isEqualTo(Duration.ofMinutes(15));
    assertThat(sent.getFirst().idleTimeout()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void aFunctionThatFailsOrStreamsNoneIsAnErrorOfTheServer() {
    assertThat(
            streamed(
                    new EventStreams()
                        .event("InvokeComplete", "{\"ErrorCode\": \"Unhandled\"}")
                        .open())
                .status())
        .isEqualTo(500);
    assertThat(streamed(new EventStreams().chunk("content alone").ended()).status()).isEqualTo(500);
    assertThat(call(new UpstreamResponse(403, Headers.empty(), Body.of("{}"))).status())
        .isEqualTo(500);
  }

  @Test
  void aStreamWithoutItsEndBreaksTheAnswerOff() {
    HttpResponse answer = streamed(new EventStreams().chunk("{}" + NULS + "some").open());

    assertThatThrownBy(() -> text(answer)).hasMessageContaining("ended before");
  }

  private HttpResponse streamed(byte[] events) {
    return call(
        new UpstreamResponse(
            200,
            Headers.of("Content-Type", "application/vnd.amazon.eventstream"),
            Body.of(events)));
  }

  private HttpResponse call(UpstreamResponse answer) {
    HttpCaseDefinition api = new HttpCaseDefinition();
    assertThat(api.take("route GET /pets", "")).isTrue();
    assertThat(
            api.take(
                "integration",
                """
                {integrationType: AWS_PROXY, payloadFormatVersion: '2.0',
                 integrationUri: 'arn:aws:apigateway:us-east-1:lambda:path/2021-11-15/functions/\
                arn:aws:lambda:us-east-1:000000000000:function:pets/response-streaming-invocations',
                 responseParameters: {'201': {'append:header.X-Added': by the API}}}
                """))
        .isTrue();
    HttpHandler gateway =
        CaseGateway.of(
            api.served(),
            request -> {
              sent.add(request);
              return answer;
            },
            line -> {});
    try {
      return gateway.handle(
          CaseGateway.fromTheClient(
              "GET",
              "/pets",
              "HTTP/1.1",
              Headers.of("Host", CaseApi.ID + ".execute-api.us-east-1.localhost"),
              Body.EMPTY));
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(HttpResponse answer) throws IOException {
    return new String(answer.body().readAll(1000), StandardCharsets.UTF_8);
  }
}

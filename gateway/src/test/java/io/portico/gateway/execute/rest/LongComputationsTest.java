package io.portico.gateway.execute.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.compute.HeardCarrier;
import io.portico.gateway.execute.Requests;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.ContentCoding;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UpstreamResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Whatever may compute for long says so, and leaves the event loop. */
final class LongComputationsTest {
  private static final String LONG_TEXT = "\"" + "x".repeat(20_000) + "\"";

  private final HeardCarrier carrier = new HeardCarrier();

  @Test
  void aShortExchangeStaysWhereItIs() {
    assertThat(exchange("{}", "{}", "$input.body").status()).isEqualTo(200);

    assertThat(carrier.timesComputing()).isZero();
    assertThat(carrier.timesForLong()).isZero();
  }

  @Test
  void aLongRequestLeaves() {
    assertThat(exchange(LONG_TEXT, "{}", "{}").status()).isEqualTo(200);

    assertThat(carrier.timesForLong()).isPositive();
  }

  @Test
  void aLongAnswerLeaves() {
    assertThat(exchange("{}", LONG_TEXT, "{}").status()).isEqualTo(200);

    assertThat(carrier.timesForLong()).isPositive();
  }

  @Test
  void aLongResultOfATemplateLeaves() {
    assertThat(exchange("{}", "{}", "x".repeat(20_000)).status()).isEqualTo(200);

    assertThat(carrier.timesForLong()).isPositive();
  }

  @Test
  void aLongAnswerThatIsCompressedLeaves() {
    CaseApi api = new CaseApi();
    api.api("{minimumCompressionSize: 0}");

    HttpResponse answer =
        TestGateway.of(
                api, _ -> new UpstreamResponse(200, Headers.empty(), Body.of(LONG_TEXT)), carrier)
            .handle(
                Requests.request(
                    "GET", "/pets", Headers.of("Accept-Encoding", "gzip"), Body.EMPTY));

    assertThat(answer.body().length()).isBetween(20L, 1_000L);
    assertThat(carrier.timesForLong()).isPositive();
  }

  @Test
  void aRequestThatIsMuchLongerDecompressedSaysSo() {
    byte[] coded = ContentCoding.GZIP.encode(LONG_TEXT.getBytes(StandardCharsets.UTF_8));

    HttpResponse answer =
        TestGateway.of(
                new CaseApi(), _ -> new UpstreamResponse(200, Headers.empty(), Body.EMPTY), carrier)
            .handle(
                Requests.request(
                    "GET", "/pets", Headers.of("Content-Encoding", "gzip"), Body.of(coded)));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(carrier.timesComputing()).isPositive();
  }

  @Test
  void aTemplateThatGoesOnSaysSo() {
    String loops = "#foreach($a in [1..100])#foreach($b in [1..100])#set($c = $a)#end#end";

    assertThat(exchange("{}", "{}", loops).status()).isEqualTo(200);

    assertThat(carrier.timesComputing()).isPositive();
  }

  @Test
  void aPathThatGoesOnSaysSo() {
    String numbers = "[" + "1,".repeat(4_000) + "1]";

    assertThat(exchange(numbers, "{}", "$input.path('$..*').size()").status()).isEqualTo(200);

    assertThat(carrier.timesComputing()).isPositive();
  }

  private HttpResponse exchange(String sent, String received, String template) {
    CaseApi api = new CaseApi();
    api.method("POST", "/pets", "{methodResponses: {'200': {}}}");
    api.integration(
        """
        type: HTTP
        httpMethod: POST
        uri: http://backend.test/
        requestTemplates: {application/json: '%s'}
        integrationResponses: {'200': {}}
        """
            .formatted(template.replace("'", "''")));
    return TestGateway.of(
            api, _ -> new UpstreamResponse(200, Headers.empty(), Body.of(received)), carrier)
        .handle(Requests.request("POST", "/pets", Headers.empty(), Body.of(sent)));
  }
}

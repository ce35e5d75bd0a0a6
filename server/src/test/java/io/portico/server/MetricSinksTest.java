package io.portico.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.portico.gateway.aws.Credentials;
import io.portico.gateway.aws.EndpointUrl;
import io.portico.gateway.compile.ServiceEndpoints;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.UpstreamResponse;
import io.portico.gateway.json.Json;
import io.portico.gateway.metrics.Dimension;
import io.portico.gateway.metrics.Distribution;
import io.portico.gateway.metrics.MetricBatch;
import io.portico.gateway.metrics.MetricBatch.Measured;
import io.portico.gateway.metrics.MetricExports;
import io.portico.gateway.metrics.MetricKey;
import io.portico.lambda.async.NoEndpointException;
import io.portico.lambda.async.ServiceCalls;
import io.portico.server.config.ConfigLoader;
import io.portico.server.config.MetricsConfig;
import io.portico.transport.loop.EventLoops;
import io.portico.transport.upstream.NettyUpstream;
import io.portico.transport.upstream.UpstreamConfig;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Metrics that others keep, over a real client and a real server. */
@Timeout(120)
final class MetricSinksTest {
  private static final MetricBatch BATCH =
      new MetricBatch(
          "111122223333/eu-west-1",
          1_767_323_040,
          List.of(
              new MetricBatch.Measured(
                  new MetricKey(
                      "111122223333/eu-west-1",
                      "AWS/ApiGateway",
                      "4XXError",
                      List.of(new Dimension("Stage", "prod"), new Dimension("ApiName", "a b"))),
                  "Count",
                  Distribution.ofOnes(1, 4)),
              new MetricBatch.Measured(
                  new MetricKey("111122223333/eu-west-1", "AWS/ApiGateway", "Latency", List.of()),
                  "Milliseconds",
                  Distribution.ofStatistics(2, 7.5, 2.5, 5))));

  private final EventLoops loops = EventLoops.start(EventLoops.Config.best());
  private final NettyUpstream upstream = new NettyUpstream(loops, UpstreamConfig.standard());
  private final HeardBackend backend = HeardBackend.start();

  @AfterEach
  void end() {
    backend.close();
    upstream.close();
    loops.close();
  }

  @Test
  void aCollectorIsSentSummaries() throws Exception {
    new OtlpMetrics(EndpointUrl.of(URI.create(backend.url() + "/v1/metrics")), Map.of(), upstream)
        .export(BATCH);

    HeardBackend.Call call = backend.called();
    JsonNode resource = Json.parse(call.body()).at("/resourceMetrics/0");
    assertThat(call.headers().getOrDefault("Content-type", List.of("none")).getFirst())
        .isEqualTo("application/json");
    assertThat(resource.at("/resource/attributes"))
        .isEqualTo(
            Json.parse(
                """
                [{"key": "service.name", "value": {"stringValue": "portico"}},
                 {"key": "cloud.provider", "value": {"stringValue": "aws"}},
                 {"key": "cloud.account.id", "value": {"stringValue": "111122223333"}},
                 {"key": "cloud.region", "value": {"stringValue": "eu-west-1"}}]
                """));
    JsonNode metrics = resource.at("/scopeMetrics/0/metrics");
    assertThat(metrics.path(0))
        .isEqualTo(
            Json.parse(
                """
                {"name": "amazonaws.com/AWS/ApiGateway/4XXError", "unit": "{Count}",
                 "summary": {"dataPoints": [{
                   "attributes": [
                     {"key": "Namespace", "value": {"stringValue": "AWS/ApiGateway"}},
                     {"key": "MetricName", "value": {"stringValue": "4XXError"}},
                     {"key": "Dimensions", "value": {"kvlistValue": {"values": [
                       {"key": "ApiName", "value": {"stringValue": "a b"}},
                       {"key": "Stage", "value": {"stringValue": "prod"}}]}}}],
                   "startTimeUnixNano": "1767323040000000000",
                   "timeUnixNano": "1767323100000000000",
                   "count": "4", "sum": 1.0,
                   "quantileValues": [
                     {"quantile": 0.0, "value": 0.0}, {"quantile": 0.5, "value": 0.0},
                     {"quantile": 0.9, "value": 1.0}, {"quantile": 0.95, "value": 1.0},
                     {"quantile": 0.99, "value": 1.0}, {"quantile": 1.0, "value": 1.0}]}]}}
                """));
    assertThat(metrics.path(1).at("/summary/dataPoints/0/quantileValues")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 502, 503, 504})
  void whatACollectorDoesNotTakeForNowIsBroughtAgain(int status) {
    assertThatThrownBy(() -> answering(status).export(BATCH))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(MetricExports.RefusedException.class)
        .hasMessageContaining(Integer.toString(status));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 413, 500, 501, 505})
  void whatACollectorRefusesIsNot(int status) {
    assertThatThrownBy(() -> answering(status).export(BATCH))
        .isInstanceOf(MetricExports.RefusedException.class)
        .hasMessageContaining(Integer.toString(status));
  }

  private static OtlpMetrics answering(int status) {
    return new OtlpMetrics(
        EndpointUrl.of(URI.create("http://collector.test/v1/metrics")),
        Map.of(),
        request -> new UpstreamResponse(status, Headers.empty(), Body.EMPTY));
  }

  @Test
  void aCollectorIsSentTheHeadersThatAreConfigured() throws Exception {
    MetricsConfig config =
        new ConfigLoader()
            .load(
                null,
                Map.of(
                    "PORTICO_METRICS_OTLP_HEADERS",
                    "Authorization=Bearer%20of-a-vendor,x-name=caf%C3%A9"),
                Map.of("metrics.otlp-endpoint", backend.url() + "/v1/metrics"))
            .config()
            .metrics();
    Measured measured = BATCH.all().getFirst();

    try (MetricExports exports =
        MetricSinks.of(
                config,
                upstream,
                call -> {
                  throw new AssertionError("no service is called");
                },
                new SimpleMeterRegistry())
            .getFirst()) {
      exports.add(measured.key(), measured.unit(), measured.values());
      exports.end(BATCH.minute());
      HeardBackend.Call call = backend.called();

      assertThat(call.headers()).containsEntry("Authorization", List.of("Bearer of-a-vendor"));
      assertThat(call.headers()).containsEntry("X-name", List.of("caf\u00c3\u00a9"));
      assertThat(call.headers()).containsEntry("Content-type", List.of("application/json"));
    }
  }

  @Test
  void anotherCloudWatchIsPutTheValuesOrTheStatisticsWhereTheyAreNotKnown() throws Exception {
    new PutMetricDataCalls(
            "Portico",
            new AwsCalls(
                new ServiceEndpoints(Map.of("CLOUDWATCH", URI.create(backend.url())), null, false),
                upstream,
                new Credentials("key", "secret", null),
                Clock.systemUTC()))
        .export(BATCH);

    HeardBackend.Call call = backend.called();
    assertThat(call.headers().getOrDefault("Authorization", List.of("none")).getFirst())
        .contains("/eu-west-1/monitoring/aws4_request");
    assertThat(List.of(URLDecoder.decode(call.body(), StandardCharsets.UTF_8).split("&", -1)))
        .contains(
            "Action=PutMetricData",
            "Namespace=Portico",
            "MetricData.member.1.MetricName=4XXError",
            "MetricData.member.1.Unit=Count",
            "MetricData.member.1.Timestamp=2026-01-02T03:04:00Z",
            "MetricData.member.1.Dimensions.member.1.Name=ApiName",
            "MetricData.member.1.Dimensions.member.1.Value=a b",
            "MetricData.member.1.Values.member.1=0.0",
            "MetricData.member.1.Counts.member.1=3.0",
            "MetricData.member.1.Values.member.2=1.0",
            "MetricData.member.1.Counts.member.2=1.0",
            "MetricData.member.2.StatisticValues.SampleCount=2.0",
            "MetricData.member.2.StatisticValues.Maximum=5.0");
  }

  @Test
  void noRequestHasMoreThanAwsTakes() throws Exception {
    Distribution wide = new Distribution();
    for (double value = 0.01; value < 100_000; value *= 1.03) {
      wide.add(value, 3);
    }
    List<Measured> measured = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      MetricKey key =
          new MetricKey(
              BATCH.scope(), "AWS/ApiGateway", "Latency" + i, List.of(new Dimension("a", "b")));
      measured.add(new Measured(key, "Milliseconds", wide));
    }
    List<String> sent = new ArrayList<>();
    PutMetricDataCalls calls =
        new PutMetricDataCalls(
            "Portico",
            call -> {
              sent.add(new String(call.body(), StandardCharsets.UTF_8));
              return new ServiceCalls.Answer(200, new byte[0]);
            });

    List<MetricBatch> parts =
        calls.divided(new MetricBatch(BATCH.scope(), BATCH.minute(), measured));
    for (MetricBatch part : parts) {
      calls.export(part);
    }

    assertThat(parts).flatExtracting(MetricBatch::all).isEqualTo(measured);
    assertThat(sent)
        .hasSizeGreaterThan(1)
        .allSatisfy(
            form ->
                assertThat(form)
                    .hasSizeLessThan(1_000_000)
                    .contains("Values.member.150=")
                    .doesNotContain("Values.member.151=", "MetricData.member.1001."));
  }

  @Test
  void noRequestHasMoreThanAThousandData() {
    Measured one =
        new Measured(
            new MetricKey(BATCH.scope(), "AWS/ApiGateway", "Count", List.of()),
            "Count",
            Distribution.of(1, 1));
    List<Measured> many = Collections.nCopies(1_500, one);

    assertThat(answered(200, "").divided(new MetricBatch(BATCH.scope(), BATCH.minute(), many)))
        .extracting(part -> part.all().size())
        .containsExactly(1_000, 500);
  }

  @Test
  void oneMetricThatIsMoreThanARequestTakesIsNotDivided() {
    Distribution vast = new Distribution();
    for (double value = 1e-300; value < 1e300; value *= 1.021) {
      vast.add(value, 1);
    }
    MetricKey key = new MetricKey(BATCH.scope(), "AWS/ApiGateway", "Latency", List.of());
    List<Measured> all =
        List.of(
            new Measured(key, "Milliseconds", vast),
            new Measured(key, "Milliseconds", Distribution.of(1, 1)));

    assertThat(answered(200, "").divided(new MetricBatch(BATCH.scope(), BATCH.minute(), all)))
        .extracting(part -> part.all().size())
        .containsExactly(1, 1);
  }

  private static PutMetricDataCalls answered(int status, String body) {
    return new PutMetricDataCalls(
        "Portico", call -> new ServiceCalls.Answer(status, body.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void whatIsRefusedIsToldApartFromWhatMayPass() {
    assertThatThrownBy(() -> answered(400, "<Code>InvalidParameterValue</Code>").export(BATCH))
        .isInstanceOf(MetricExports.RefusedException.class)
        .hasMessageContaining("400");
    assertThatThrownBy(() -> answered(400, "<Code>Throttling</Code>").export(BATCH))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(MetricExports.RefusedException.class);
    assertThatThrownBy(() -> answered(429, "").export(BATCH))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(MetricExports.RefusedException.class);
    assertThatThrownBy(() -> answered(503, "").export(BATCH))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(MetricExports.RefusedException.class);
  }

  @Test
  void aRegionWithoutAnEndpointIsRefused() {
    PutMetricDataCalls nowhere =
        new PutMetricDataCalls(
            "Portico",
            call -> {
              throw new NoEndpointException("nothing says where");
            });

    assertThatThrownBy(() -> nowhere.export(BATCH))
        .isInstanceOf(MetricExports.RefusedException.class);
  }

  @Test
  void aSinkThatIsDownFails() {
    EndpointUrl nobody = EndpointUrl.of(URI.create("http://127.0.0.1:1/v1/metrics"));

    assertThatThrownBy(() -> new OtlpMetrics(nobody, Map.of(), upstream).export(BATCH))
        .isInstanceOf(IOException.class);
  }
}

package io.portico.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.bench.report.FigureTable.Figure;
import io.portico.gateway.execute.IntegrationRequest;
import io.portico.gateway.http.Headers;
import io.portico.gateway.json.Json;
import io.portico.gateway.snapshot.ApiKeySnapshot;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

final class MicroBenchmarksTest {

  @Test
  void everyBenchmarkHasItsTimeAndItsBytes() {
    List<Figure> figures =
        MicroBenchmarks.measure(
            new OptionsBuilder()
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(10)));

    assertThat(figures).extracting(Figure::what).hasSize(23).doesNotHaveDuplicates();
    assertThat(figures)
        .extracting(Figure::measured)
        .allMatch(
            measured -> measured.matches("[0-9,]+ ns \\([0-9,]+, ± 0 %\\), [1-9][0-9,]* bytes"));
  }

  @Test
  void theMeasuredApiIsAsLargeAsTheTableSays() {
    assertThat(
            MeasuredApi.definition().resources().stream()
                .mapToInt(resource -> resource.methods().size())
                .sum())
        .isEqualTo(MeasuredApi.METHODS);
  }

  @Test
  void aCallIsRouted() {
    assertThat(new RoutingBenchmark().route().method().resourcePath()).isEqualTo("/things17/{id}");
    assertThat(new RoutingBenchmark().canonicalPath().segments())
        .containsExactly("things17", "t-4711");
  }

  @Test
  void parametersOfARequestAreMapped() {
    IntegrationRequest mapped = new HeaderMappingBenchmark().requestMappings();

    assertThat(mapped.headers())
        .containsOnlyKeys("X-Tenant", "Accept-Language", "X-Call", "X-Release", "X-Client")
        .containsEntry("X-Tenant", List.of("tenant-42"));
    assertThat(mapped.query()).containsEntry("offset", List.of("3"));
    assertThat(mapped.path()).containsEntry("part", "p-17");
  }

  @Test
  void headersOfAnAnswerAreMapped() {
    assertThat(
            StreamSupport.stream(
                    new HeaderMappingBenchmark().responseMappings().headers().spliterator(), false)
                .map(Headers.Field::name))
        .containsExactlyInAnyOrder(
            "ETag", "Cache-Control", "X-Call", "Access-Control-Allow-Origin");
  }

  @Test
  void callersWithKeysAreAdmitted() {
    ApiKeyBenchmark benchmark = new ApiKeyBenchmark();

    assertThat(List.of(benchmark.admit(), benchmark.admit()))
        .extracting(caller -> Objects.requireNonNull(caller.apiKey()))
        .extracting(ApiKeySnapshot::id)
        .containsExactly("key10", "key20");
  }

  @Test
  void aLineOfTheAccessLogSaysWhatHappened() {
    String line = new AccessLogBenchmark().line();

    assertThat(Json.parse(line).get("routeKey").asString()).isEqualTo("/things17/{id}");
    assertThat(Json.parse(line).get("responseLength").asString()).isEqualTo("1024");
    assertThat(Json.parse(line).get("integrationLatency").asString()).isEqualTo("3");
  }

  @Test
  void aCallIsCountedForCloudWatch() {
    MetricsBenchmark benchmark = new MetricsBenchmark();

    benchmark.prometheus();
    benchmark.cloudWatch();

    assertThat(benchmark.told()).contains("Count", "Latency", "IntegrationLatency");
  }

  @Test
  void aCallIsTraced() {
    TracingBenchmark benchmark = new TracingBenchmark();

    assertThat(benchmark.notSampled().id()).endsWith(";Sampled=0");
    assertThat(benchmark.sampled().id()).endsWith(";Sampled=1");
    assertThat(Json.parse(benchmark.segment()).get("subsegments")).hasSize(1);
    assertThat(Json.parse(benchmark.spans()).at("/resourceSpans/0/scopeSpans/0/spans")).hasSize(2);
    benchmark.end();
  }

  @Test
  void explanationsAreKeptWhereTheyAreMeasured() {
    ExplainBenchmark benchmark = new ExplainBenchmark();

    assertThat(benchmark.passedOver().status()).isEqualTo(200);
    assertThat(benchmark.explanations()).isZero();
    assertThat(benchmark.kept().status()).isEqualTo(200);
    assertThat(benchmark.explanations()).isEqualTo(1);
  }

  @Test
  void theTemplateGoesThroughTheLinesOfTheOrder() {
    String rendered = new TemplateBenchmark().render();

    assertThat(Json.parse(rendered).get("tenant").asString()).isEqualTo("tenant-42");
    assertThat(Json.parse(rendered).get("size").intValue()).isEqualTo(4);
    assertThat(Json.parse(rendered).get("lines"))
        .extracting(line -> line.get("sku").asString() + " " + line.get("express").asBoolean())
        .containsExactly("A-1001 false", "B-2002 true", "C-3003 true", "D-4004 false");
  }

  @Test
  void theTemplateIsAsLongAsTheTableSays() {
    assertThat(
            Json.parse(MeasuredApi.resource("api.json"))
                .at("/paths/~1orders/post/x-amazon-apigateway-integration/requestTemplates")
                .get("application/json")
                .asString())
        .hasSizeBetween(1024, 1100);
  }

  @Test
  void theOrderIsValid() {
    assertThat(new SchemaBenchmark().validate()).isEmpty();
    assertThat(Order.bytes()).hasSize(Order.BYTES);
  }

  @Test
  void wholeCallsAreAnsweredByTheBackend() {
    CallBenchmark calls = new CallBenchmark();

    assertThat(calls.passThrough().status()).isEqualTo(200);
    assertThat(calls.line()).isEmpty();
    assertThat(calls.features().status()).isEqualTo(200);
    assertThat(Json.parse(calls.line()).get("status").asString()).isEqualTo("200");
  }

  @Test
  void theCacheAnswersWhatTheBackendWasAskedForOnce() {
    CacheBenchmark calls = new CacheBenchmark();

    assertThat(List.of(calls.hit().status(), calls.hit().status(), calls.mock().status()))
        .containsOnly(200);
    assertThat(calls.hit().body().length()).isEqualTo(1024);
    assertThat(calls.mock().body().length()).isEqualTo("{\"page\": \"3\"}".length());
    assertThat(calls.backendCalls()).isEqualTo(1);
  }
}

package io.portico.gateway.execute.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RouteSeriesTest {
  private static final String NAME = "http.server.request.duration";
  private static final long MILLI = 1_000_000;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void whatFindsNoRoomIsCountedTogetherByStatus() {
    RouteSeries room = new RouteSeries(registry, 2);
    StatusTimers pets = of(room, "/pets");
    StatusTimers cats = of(room, "/cats");
    StatusTimers dogs = of(room, "/dogs");

    pets.record(200, MILLI);
    cats.record(200, MILLI);
    cats.record(500, MILLI);
    dogs.record(200, MILLI);
    dogs.record(500, MILLI);
    dogs.record(500, MILLI);
    pets.record(200, MILLI);

    assertThat(count("/pets", "200")).isEqualTo(2);
    assertThat(count("/cats", "200")).isEqualTo(1);
    assertThat(count("_OVERFLOW", "200")).isEqualTo(1);
    assertThat(count("_OVERFLOW", "500")).isEqualTo(3);
    assertThat(registry.find(NAME).timers()).hasSize(4);
    assertThat(leftOut()).isEqualTo(3);
  }

  @Test
  void whatIsBeyondHasTheLabelsOfAllOthers() {
    RouteSeries room = new RouteSeries(registry, 1);

    of(room, "/pets").record(200, MILLI);
    of(room, "/cats").record(200, MILLI);

    assertThat(registry.find(NAME).timers())
        .extracting(timer -> timer.getId().getTags().stream().map(tag -> tag.getKey()).toList())
        .containsOnly(
            List.of(
                "api.id",
                "api.stage",
                "http.request.method",
                "http.response.status_code",
                "http.route"));
  }

  @Test
  void aRouteThatFoundNoRoomGetsItsOwnSeriesOnceThereIsSome() {
    RouteSeries room = new RouteSeries(registry, 1);
    StatusTimers pets = of(room, "/pets");
    StatusTimers cats = of(room, "/cats");
    pets.record(200, MILLI);
    cats.record(200, MILLI);

    pets.remove();
    cats.record(200, MILLI);

    assertThat(count("/cats", "200")).isEqualTo(1);
    assertThat(count("_OVERFLOW", "200")).isEqualTo(1);
    assertThat(registry.find(NAME).tags("http.route", "/pets").timer()).isNull();
    assertThat(leftOut()).isZero();
  }

  @Test
  void aRouteThatGoesIsNoLongerLeftOut() {
    RouteSeries room = new RouteSeries(registry, 0);
    StatusTimers pets = of(room, "/pets");
    pets.record(200, MILLI);
    double before = leftOut();

    pets.remove();
    pets.record(200, MILLI);

    assertThat(before).isEqualTo(1);
    assertThat(leftOut()).isZero();
    assertThat(count("_OVERFLOW", "200")).isEqualTo(1);
  }

  @Test
  void statusesMakeNoSeriesWithoutEndBeyondEither() {
    RouteSeries room = new RouteSeries(registry, 0);
    StatusTimers pets = of(room, "/pets");
    StatusTimers cats = of(room, "/cats");

    IntStream.range(200, 400).forEach(status -> pets.record(status, MILLI));
    IntStream.range(400, 600).forEach(status -> cats.record(status, MILLI));

    assertThat(registry.find(NAME).timers()).hasSizeLessThan(30);
    assertThat(registry.find(NAME).timers().stream().mapToLong(Timer::count).sum()).isEqualTo(400);
  }

  private static StatusTimers of(RouteSeries room, String path) {
    Tags stage = Tags.of("api.id", "abc1234567", "api.stage", "prod");
    return room.timers(NAME, RouteMeters.tags(stage, new Route(path, "GET")));
  }

  private long count(String route, String status) {
    return registry
        .get(NAME)
        .tags("http.route", route, "http.response.status_code", status)
        .timer()
        .count();
  }

  private double leftOut() {
    return registry.get("portico.metrics.route.series.left.out").gauge().value();
  }
}

package io.portico.gateway.execute.telemetry;

import io.micrometer.core.instrument.Tags;
import io.portico.gateway.execute.Observations;

/** OpenTelemetry's metrics of one route. */
final class RouteMeters {
  private final StatusTimers server;
  private final StatusTimers client;

  /**
   * @param room for its series
   */
  RouteMeters(RouteSeries room, Tags stageTags, Route route) {
    Tags tags = tags(stageTags, route);
    this.server = room.timers("http.server.request.duration", tags);
    this.client = room.timers("http.client.request.duration", tags);
  }

  static Tags tags(Tags stageTags, Route route) {
    return stageTags.and("http.route", route.path(), "http.request.method", route.verb());
  }

  void record(Answer answer, Observations observations) {
    server.record(answer.status(), answer.nanos());
    if (observations.integrationCalled()) {
      client.record(observations.integrationStatus(), observations.integrationNanos());
    }
  }

  void remove() {
    server.remove();
    client.remove();
  }
}

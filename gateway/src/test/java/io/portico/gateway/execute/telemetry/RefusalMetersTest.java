package io.portico.gateway.execute.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.portico.gateway.execute.ApiAddress;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.RefusedRequests;
import io.portico.gateway.execute.Requests;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.http.UnreadRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RefusalMetersTest {
  private static final HttpResponse REFUSAL =
      new HttpResponse(403, Headers.empty(), Body.of("refused"));
  private static final HttpResponse EXPLAINED =
      new HttpResponse(403, Headers.empty(), Body.of("explained"));

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<UnreadRequest> unread = new ArrayList<>();
  private final RefusalMeters meters =
      new RefusalMeters(
          registry,
          new RefusedRequests() {
            @Override
            public HttpResponse heard(
                HttpRequest request,
                HttpResponse response,
                FaultCause cause,
                @Nullable ApiAddress address) {
              return EXPLAINED;
            }

            @Override
            public void unread(UnreadRequest request) {
              unread.add(request);
            }
          });

  @Test
  void countsByStatusAndCauseAndTellsTheNext() {
    HttpRequest request = Requests.get("/x");
    UnreadRequest broken =
        new UnreadRequest(
            request.connection(), "", "", "HTTP/1.1", 400, "Bad Request", "no request line");

    assertThat(meters.heard(request, REFUSAL, FaultCause.UNKNOWN_API, null)).isSameAs(EXPLAINED);
    assertThat(meters.heard(request, REFUSAL, FaultCause.UNKNOWN_API, null)).isSameAs(EXPLAINED);
    assertThat(meters.heard(request, REFUSAL, FaultCause.NO_MAPPING, null)).isSameAs(EXPLAINED);
    meters.unread(broken);

    assertThat(count("403", "UNKNOWN_API")).isEqualTo(2);
    assertThat(count("403", "NO_MAPPING")).isEqualTo(1);
    assertThat(count("400", "UNREADABLE")).isEqualTo(1);
    assertThat(registry.find("portico.refused.requests").counters()).hasSize(3);
    assertThat(unread).containsExactly(broken);
  }

  private double count(String status, String cause) {
    return registry
        .get("portico.refused.requests")
        .tags("status", status, "cause", cause)
        .counter()
        .count();
  }
}

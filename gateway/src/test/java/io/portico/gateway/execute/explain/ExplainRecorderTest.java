package io.portico.gateway.execute.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.portico.gateway.compute.Carrier;
import io.portico.gateway.execute.ApiAddress;
import io.portico.gateway.execute.FaultCause;
import io.portico.gateway.execute.Invocation;
import io.portico.gateway.execute.Invocations;
import io.portico.gateway.execute.Overruns;
import io.portico.gateway.execute.Requests;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.execute.telemetry.Answer;
import io.portico.gateway.execute.telemetry.Telemetry;
import io.portico.gateway.execute.throttle.Throttles;
import io.portico.gateway.http.Body;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.snapshot.GatewaySnapshot;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ExplainRecorderTest {
  private static final HttpResponse REFUSAL =
      new HttpResponse(403, Headers.empty(), Body.of("refused"));

  private final ExplainRing ring = new ExplainRing(new ExplainLimits(10, 10, 1_000_000, 100, 100));
  private final BucketStates buckets = new BucketStates(new Throttles(), null);
  private final ExplainRecorder recorder = recorder(new EntryMaker(buckets, Clock.systemUTC()));

  private ExplainRecorder recorder(EntryMaker maker) {
    return new ExplainRecorder(ring, maker, null);
  }

  private static Invocation invocation() {
    HttpRequest request = Requests.get("/pets");
    return new Invocations(Clock.systemUTC(), Carrier.UNSHARED, Overruns.UNTOLD)
        .explained()
        .begin(
            request,
            Objects.requireNonNull(ApiAddress.of(request)),
            new CaseApi().compile(),
            GatewaySnapshot.EMPTY);
  }

  /** One with a bug. */
  private final class BrokenMaker extends EntryMaker {
    BrokenMaker() {
      super(buckets, Clock.systemUTC());
    }

    @Override
    ExplainEntry of(
        long number, Invocation invocation, int status, @Nullable HttpResponse response) {
      throw new IllegalStateException("a bug");
    }

    @Override
    ExplainEntry of(
        long number,
        HttpRequest request,
        HttpResponse response,
        FaultCause cause,
        @Nullable ApiAddress address) {
      throw new IllegalStateException("a bug");
    }
  }

  @Test
  void aBugInExplainingLeavesTheAnswerAsItIs() {
    ExplainRecorder broken = recorder(new BrokenMaker());
    Invocation invocation = invocation();

    assertThat(broken.began(invocation).answering(REFUSAL)).isSameAs(REFUSAL);
    assertThat(broken.heard(Requests.get("/x"), REFUSAL, FaultCause.UNKNOWN_API, null))
        .isSameAs(REFUSAL);
    Telemetry.Ending ending = broken.began(invocation);
    assertThatCode(() -> ending.ended(new Answer(invocation, 500, Headers.empty(), 0, true, 1)))
        .doesNotThrowAnyException();
    assertThat(ring.last()).isNull();
  }
}

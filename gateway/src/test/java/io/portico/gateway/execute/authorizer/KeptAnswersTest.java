package io.portico.gateway.execute.authorizer;

import static io.portico.gateway.execute.authorizer.SignedPlane.may;
import static io.portico.gateway.execute.authorizer.SignedPlane.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.authorizer.SignedPlane.Answer;
import io.portico.gateway.execute.cache.Eventually;
import io.portico.gateway.execute.cases.CaseApi;
import io.portico.gateway.http.Headers;
import io.portico.gateway.http.UpstreamException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** For whom an answer of a Lambda authorizer is kept, and until when. */
final class KeptAnswersTest {
  private final SignedPlane plane = new SignedPlane(api("{}"));

  private static CaseApi api(String authorizer) {
    CaseApi api = new CaseApi();
    api.authorizers("{guard: %s}".formatted(authorizer));
    api.method("GET", "/pets", "{authorizationType: CUSTOM, authorizerId: guard}");
    return api;
  }

  private Answer call() {
    return plane.answer(request("GET", "/pets", Headers.of("Authorization", "x"), ""));
  }

  @Test
  void anAuthorizerThatIsTheSameIsNotAskedAgain() {
    plane.ofAuthorizer = may("Allow", "*");
    call();

    plane.serve(api("{authorizerResultTtlInSeconds: 3600}"));

    assertThat(call().status()).isEqualTo(200);
    assertThat(plane.asked).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{type: REQUEST}",
        "{identityValidationExpression: '.*'}",
        "{authorizerCredentials: 'arn:aws:iam::000000000000:role/invoker'}",
        "{identitySource: 'method.request.header.authorization'}",
        "{authorizerUri: 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
            + "arn:aws:lambda:us-east-1:000000000000:function:other/invocations'}",
      })
  void anAuthorizerThatIsConfiguredOtherwiseIsAnother(String authorizer) {
    plane.ofAuthorizer = may("Allow", "*");
    call();
    plane.ofAuthorizer = may("Deny", "*");

    plane.serve(api(authorizer));

    assertThat(call().status()).isEqualTo(403);
    assertThat(plane.asked).hasSize(2);
  }

  @Test
  void aTimeToLiveThatIsShorterNowHoldsForWhatIsKept() {
    plane.ofAuthorizer = may("Allow", "*");
    call();
    plane.nanos.addAndGet(Duration.ofSeconds(10).toNanos());
    plane.ofAuthorizer = may("Deny", "*");

    plane.serve(api("{authorizerResultTtlInSeconds: 11}"));
    int within = call().status();
    plane.serve(api("{authorizerResultTtlInSeconds: 10}"));

    assertThat(within).isEqualTo(200);
    assertThat(call().status()).isEqualTo(403);
  }

  @Test
  void aStageThatIsMadeAnewHasNothingOfTheOneBefore() {
    plane.ofAuthorizer = may("Allow", "*");
    call();
    plane.ofAuthorizer = may("Deny", "*");

    plane.snapshot.update(current -> current.without(CaseApi.ID, CaseApi.STAGE));
    plane.serve(api("{}"));

    assertThat(call().status()).isEqualTo(403);
    assertThat(plane.asked).hasSize(2);
  }

  @Test
  void aClientThatGoesAwayTakesNoOtherAlong() throws Exception {
    CountDownLatch goes = new CountDownLatch(1);
    AtomicBoolean gone = new AtomicBoolean();
    plane.guard =
        asked -> {
          if (gone.compareAndSet(false, true)) {
            awaitIt(goes);
            throw new UpstreamException(UpstreamException.Reason.CANCELLED, "gone", null);
          }
          return SignedPlane.saying(may("Allow", "*"));
        };
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Answer> first = threads.submit(this::call);
      Eventually.holds(() -> plane.asked.size() == 1);
      List<Future<Answer>> others = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        others.add(threads.submit(this::call));
      }
      Eventually.holds(() -> plane.lambdaAuthorizers.waiting() == 5);
      goes.countDown();

      assertThat(first.get(30, TimeUnit.SECONDS).status()).isEqualTo(500);
      for (Future<Answer> each : others) {
        assertThat(each.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
      }
    }
    assertThat(plane.asked).hasSize(2);
  }

  private static void awaitIt(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

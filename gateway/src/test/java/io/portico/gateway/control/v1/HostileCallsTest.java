package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.compile.FunctionEndpoints;
import io.portico.gateway.compile.ServiceEndpoints;
import io.portico.gateway.compile.SnapshotCompiler;
import io.portico.gateway.control.SnapshotPublisher;
import io.portico.gateway.control.protocol.AwsApi;
import io.portico.gateway.control.protocol.AwsApiHandler;
import io.portico.gateway.control.protocol.CallerResolver;
import io.portico.gateway.control.protocol.ControlHosts;
import io.portico.gateway.control.protocol.GeneratedRequest;
import io.portico.gateway.control.protocol.ServiceModel;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.http.HttpResponse;
import io.portico.gateway.snapshot.CurrentSnapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Calls of every operation that is built, in any order, with values that are right here and wrong
 * there: each is answered or refused, every answer fits its shape, what is refused changes nothing,
 * and every operation succeeds now and then.
 */
final class HostileCallsTest {
  private static final int CALLS = 9_000;

  /** By then, chance has deleted what most operations need. */
  private static final int CALLS_AN_API = 25;

  @Test
  void noCallIsAFailureOfOurs() throws IOException {
    Random random = new Random(GeneratedRequest.SEED);
    ServiceModel model = ServiceModel.of(AwsApi.API_GATEWAY);
    TestControlPlane plane =
        new TestControlPlane(
            new SnapshotPublisher(
                new CurrentSnapshot(),
                new SnapshotCompiler(
                    SnapshotCompiler.PAYLOAD_LIMIT,
                    new ServiceEndpoints(Map.of(), null, false),
                    new FunctionEndpoints(List.of(), null))));
    List<String> operations = plane.operations().names().stream().sorted().toList();
    AwsApiHandler service =
        new AwsApiHandler(
            model,
            plane.operations(),
            new CallerResolver(
                TestControlPlane.CALLER.accountId(),
                TestControlPlane.CALLER.region(),
                new ControlHosts(List.of())));
    PlausibleValues values = new PlausibleValues(random);
    Set<String> answered = new TreeSet<>();

    for (int call = 0; call < CALLS; call++) {
      if (call % CALLS_AN_API == 0) {
        values.startAnew(plane);
      }
      String operation = operations.get(random.nextInt(operations.size()));
      values.aim();
      HttpRequest request =
          GeneratedRequest.of(model, operation, random, name -> values.next(operation, name));

      Object before = plane.store.state();
      HttpResponse response = service.handle(request);

      String answer = text(response.body().readAll(1 << 24));
      String sent = text(request.body().readAll(1 << 24));
      assertThat(response.status())
          .as(
              "-Dportico.seed=%d, call %d, %s: %s %s",
              GeneratedRequest.SEED, call, operation, request.target(), sent)
          .isLessThan(500);
      if (response.status() >= 300) {
        assertThat(plane.store.state())
            .as("-Dportico.seed=%d, call %d, %s: refused", GeneratedRequest.SEED, call, operation)
            .isSameAs(before);
      } else {
        // An Update without a change says nothing.
        if (!operation.startsWith("Update") || sent.contains("\"path\"")) {
          answered.add(operation);
        }
        values.learn(operation, answer);
      }
    }
    assertThat(answered)
        .as("-Dportico.seed=%d: operations that succeeded", GeneratedRequest.SEED)
        .containsExactlyElementsOf(operations);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}

package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.control.protocol.GeneratedRequest;
import java.io.IOException;
import java.util.List;
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
  private static final int CALLS = 15_000;

  /** By then, chance has deleted what most operations need. */
  private static final int CALLS_AN_API = 25;

  @Test
  void noCallIsAFailureOfOurs() throws IOException {
    Random random = new Random(GeneratedRequest.SEED);
    HostilePlane plane = new HostilePlane();
    List<String> operations = plane.operations();
    PlausibleValues values = new PlausibleValues(random);
    Set<String> answered = new TreeSet<>();

    for (int call = 0; call < CALLS; call++) {
      if (call % CALLS_AN_API == 0) {
        values.startAnew(plane.control);
      }
      String operation = operations.get(random.nextInt(operations.size()));
      values.aim();
      HostilePlane.Outcome outcome =
          plane.call(
              GeneratedRequest.of(
                  plane.model, operation, random, name -> values.next(operation, name)),
              "-Dportico.seed=%d, call %d, %s".formatted(GeneratedRequest.SEED, call, operation));

      if (!outcome.refused()) {
        // An Update without a change says nothing.
        if (!operation.startsWith("Update") || outcome.sent().contains("\"path\"")) {
          answered.add(operation);
        }
        values.learn(operation, outcome.answer());
      }
    }
    assertThat(answered)
        .as("-Dportico.seed=%d: operations that succeeded", GeneratedRequest.SEED)
        .containsExactlyElementsOf(operations);
  }
}

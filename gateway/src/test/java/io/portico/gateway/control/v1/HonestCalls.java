package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.control.protocol.GeneratedRequest;
import io.portico.gateway.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls of every operation that is built, in any order, with values that are right here and wrong
 * there; of each operation, one that has succeeded is kept.
 */
final class HonestCalls {
  /** By then, every operation has succeeded some time. */
  private static final int MOST_CALLS = 60_000;

  /** By then, chance has deleted what most operations need. */
  private static final int CALLS_AN_API = 25;

  /** A key takes its time. */
  static final Set<String> SLOW = Set.of("GenerateClientCertificate");

  private final HostilePlane plane;
  private final List<String> operations;
  private final Random random = new Random(GeneratedRequest.SEED);
  private final Map<String, Honest> found = new TreeMap<>();
  final PlausibleValues values = new PlausibleValues(random);

  HonestCalls(HostilePlane plane) throws IOException {
    this.plane = plane;
    this.operations = plane.operations();
  }

  /**
   * A call that has succeeded.
   *
   * @param input by member
   * @param state of the store before it
   */
  record Honest(ObjectNode input, Object state) {}

  /**
   * Calls at least so often, and until every operation has succeeded.
   *
   * @return by operation; of those calls that have succeeded, the one that says most
   */
  Map<String, Honest> make(int least) throws IOException {
    values.startAnew(plane.control);
    Object beginning = plane.control.store.state();
    for (int call = 0; call < least || found.size() < operations.size(); call++) {
      assertThat(call)
          .as("-Dportico.seed=%d: only %s succeed", GeneratedRequest.SEED, found.keySet())
          .isLessThan(MOST_CALLS);
      if (call % CALLS_AN_API == 0) {
        plane.control.store.restore(beginning);
        values.startAnew(plane.control);
      }
      String operation = operations.get(random.nextInt(operations.size()));
      if (!SLOW.contains(operation) || !found.containsKey(operation)) {
        make(operation, "-Dportico.seed=%d, call %d".formatted(GeneratedRequest.SEED, call));
      }
    }
    return found;
  }

  private void make(String operation, String what) throws IOException {
    values.aim();
    GeneratedRequest generated =
        GeneratedRequest.of(
            plane.model, operation, random, member -> values.next(operation, member));
    Honest honest = new Honest(generated.input, plane.control.store.state());
    HostilePlane.Outcome outcome = plane.call(generated.request(), what + ", " + operation);
    if (outcome.refused()) {
      return;
    }
    values.learn(operation, outcome.answer());
    // An Update without a change says nothing.
    if (!operation.startsWith("Update") || outcome.sent().contains("\"path\"")) {
      found.merge(operation, honest, (one, other) -> size(one) < size(other) ? other : one);
    }
  }

  private static int size(Honest call) {
    return Json.text(call.input).length();
  }
}

package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.control.protocol.Faults;
import io.portico.gateway.control.protocol.HostileWalk;
import io.portico.gateway.control.protocol.ReadBack;
import io.portico.gateway.control.protocol.WireAnswer;
import io.portico.gateway.http.HttpRequest;
import io.portico.gateway.json.Json;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every hostile value in every member of every operation's input, as it may come in a request: each
 * is answered or refused in AWS's form, a refusal changes nothing, and what is accepted can be read
 * again.
 */
final class HostileMembersTest {
  private static final int CALLS = 1_000;

  /** For a call of a megabyte, on a machine with other work. */
  private static final long MOST_MILLIS = 10_000;

  private final HostilePlane plane = new HostilePlane();
  private final Faults faults = new Faults();
  private final HostileWalk walk = new HostileWalk(plane.model, HonestCalls.SLOW, this::call);
  private final ReadBack readBack = new ReadBack(plane.model);
  private Object before = plane.control.store.state();

  @Test
  void noMemberOfAnOperationIsAFailureOfOurs() throws IOException {
    HonestCalls honestCalls = new HonestCalls(plane);
    Map<String, HonestCalls.Honest> calls = honestCalls.make(CALLS);
    assertThat(calls.keySet()).containsExactlyElementsOf(plane.operations());

    for (Map.Entry<String, HonestCalls.Honest> honest : calls.entrySet()) {
      before = honest.getValue().state();
      plane.control.store.restore(before);
      walk.walk(honest.getKey(), honest.getValue().input());
      for (ObjectNode change : honestCalls.values.changes(honest.getKey(), HostileWalk.MARK)) {
        ObjectNode input = honest.getValue().input().deepCopy();
        input.putArray("patchOperations").add(change);
        walk.spoilText(honest.getKey(), Json.text(change), input);
      }
    }

    faults.assertNone();
  }

  private void call(String what, String operation, HttpRequest request) throws IOException {
    int published = plane.published();
    long begun = System.nanoTime();
    WireAnswer answer = plane.answer(request);
    long millis = (System.nanoTime() - begun) / 1_000_000;
    if (millis > MOST_MILLIS) {
      faults.add(what, "takes " + millis + " ms");
    }
    boolean changed = !plane.control.store.isAt(before) || plane.published() != published;
    String fault = answer.fault(plane.model);
    if (fault != null) {
      faults.add(what, fault);
    } else if (changed && (answer.refused() || operation.startsWith("Get"))) {
      faults.add(what, "something has changed");
    } else if (changed) {
      for (HttpRequest reading : readBack.of(request, answer)) {
        WireAnswer read = plane.answer(reading);
        if (read.refused()) {
          faults.add(what, "cannot be read: " + reading.target() + " " + read.text());
        }
      }
    }
    plane.control.store.restore(before);
  }
}

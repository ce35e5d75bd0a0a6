package io.portico.gateway.control.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * Calls of every operation that is built, in any order, with values that are right here and wrong
 * there: each is answered or refused, every answer fits its shape, what is refused changes nothing,
 * and every operation succeeds now and then.
 */
final class HostileCallsTest {
  private static final int CALLS = 14_000;

  @Test
  void noCallIsAFailureOfOurs() throws IOException {
    HostilePlane plane = new HostilePlane();

    assertThat(new HonestCalls(plane).make(CALLS).keySet())
        .containsExactlyElementsOf(plane.operations());
  }
}

package io.portico.transport.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which transport loops use, and how many there are. */
final class EventLoopsTest {

  @Test
  void takesTheFirstThatWorksAndSaysWhyOthersDoNot() {
    IoTransport first =
        Arrays.stream(IoTransport.values())
            .filter(transport -> transport.obstacle() == null)
            .findFirst()
            .orElseThrow();

    try (EventLoops loops = EventLoops.start(EventLoops.Config.best())) {
      assertThat(loops.transport()).isEqualTo(first);
      assertThat(loops.choice()).startsWith(first.label());
      assertThat(loops.all()).hasSize(Runtime.getRuntime().availableProcessors());
      for (IoTransport better : IoTransport.values()) {
        if (better.compareTo(first) < 0) {
          assertThat(loops.choice()).contains("no " + better.label() + ": ");
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(IoTransport.class)
  void takesTheOneAskedForOrNone(IoTransport asked) {
    EventLoops.Config config = new EventLoops.Config(3, asked, RequestThreads.onDefaultScheduler());
    if (asked.obstacle() != null) {
      assertThatThrownBy(() -> EventLoops.start(config))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(asked.label());
      return;
    }
    try (EventLoops loops = EventLoops.start(config)) {
      assertThat(loops.transport()).isEqualTo(asked);
      assertThat(loops.all()).hasSize(3).extracting(Loop::index).containsExactly(0, 1, 2);
    }
  }
}

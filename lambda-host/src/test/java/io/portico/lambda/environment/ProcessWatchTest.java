package io.portico.lambda.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProcessWatchTest {
  private static final long PORTICO = 40;
  private static final long FUNCTION = 100;
  private static final long CHILD = 101;

  private static ProcessFigures figures(long parent, long group, long session) {
    return new ProcessFigures(parent, group, session, 1, 1);
  }

  @Test
  void aFunctionThatHasNotLeftTheGroupOfPorticoYetHasMadeNone() {
    Map<Long, ProcessFigures> all = Map.of(FUNCTION, figures(PORTICO, PORTICO, 39));

    assertThat(ProcessWatch.groups(FUNCTION, Set.of(FUNCTION), all)).isEmpty();
  }

  @Test
  void aGroupWithinTheFunctionsSessionIsItsOwn() {
    Map<Long, ProcessFigures> all =
        Map.of(
            FUNCTION,
            figures(PORTICO, FUNCTION, FUNCTION),
            CHILD,
            figures(FUNCTION, CHILD, FUNCTION),
            102L,
            figures(1, 99, FUNCTION));

    assertThat(ProcessWatch.groups(FUNCTION, Set.of(FUNCTION, CHILD, 102L), all))
        .containsExactlyInAnyOrder(CHILD, 99L);
  }

  @Test
  void aSessionThatAChildHasBegunIsTheFunctionsToo() {
    Map<Long, ProcessFigures> all =
        Map.of(
            FUNCTION,
            figures(PORTICO, FUNCTION, FUNCTION),
            CHILD,
            figures(FUNCTION, CHILD, CHILD),
            102L,
            figures(CHILD, 98, CHILD));

    assertThat(ProcessWatch.groups(FUNCTION, Set.of(FUNCTION, CHILD, 102L), all))
        .containsExactlyInAnyOrder(CHILD, 98L);
  }
}

package io.portico.gateway.control.v1;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import io.portico.gateway.control.protocol.GeneratedRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fuzzes PATCH: the fuzzer chooses the operation, and of each change the op, the path (one that the
 * tables know, or any text) and the value. Each call meets the same APIs; what is refused must
 * change nothing, and nothing may fail.
 */
public final class PatchFuzz {
  private static final int CALLS_BEFORE = 3_000;
  private static final int LONGEST = 200;

  private static final FuzzedRandom RANDOM = new FuzzedRandom(GeneratedRequest.SEED);
  private static final HostilePlane PLANE = new HostilePlane();
  private static final PlausibleValues VALUES = filled();
  private static final Object FULL = PLANE.control.store.state();
  private static final List<String> UPDATES =
      PLANE.operations().stream().filter(name -> name.startsWith("Update")).toList();

  private PatchFuzz() {}

  /** Makes of everything some, so that there is something to change. */
  private static PlausibleValues filled() {
    try {
      PlausibleValues values = new PlausibleValues(RANDOM);
      values.startAnew(PLANE.control);
      List<String> making =
          PLANE.operations().stream().filter(name -> !name.startsWith("Delete")).toList();
      for (int i = 0; i < CALLS_BEFORE; i++) {
        String operation = making.get(RANDOM.nextInt(making.size()));
        values.aim();
        HostilePlane.Outcome outcome = call(operation, name -> values.next(operation, name));
        if (!outcome.refused()) {
          values.learn(operation, outcome.answer());
        }
      }
      return values;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Hints {
    @Nullable String of(String member);
  }

  private static HostilePlane.Outcome call(String operation, Hints hints) throws IOException {
    return PLANE.call(
        GeneratedRequest.of(PLANE.model, operation, RANDOM, hints::of).request(), operation);
  }

  /** What Jazzer calls. */
  public static void fuzzerTestOneInput(FuzzedDataProvider data) throws IOException {
    PLANE.control.store.restore(FULL);
    RANDOM.feed(data);
    VALUES.aim();
    String operation = data.pickValue(UPDATES);
    HostilePlane.Outcome _ =
        call(
            operation,
            member ->
                (member.equals("path") || member.equals("value")) && data.consumeBoolean()
                    ? data.consumeString(LONGEST)
                    : VALUES.next(operation, member));
  }
}

package io.portico.lambda.environment;

import io.portico.lambda.snapshot.FunctionId;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * Which functions have been invoked in a chain of invocations, each of which has led to the next,
 * and how often each of them was before: the field {@code Lineage} of {@code X-Amzn-Trace-Id},
 * which AWS's clients send on where a function uses them. AWS: a function that is invoked for the
 * 17th time is in a loop; source: documented,
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html ("approximately 16
 * times"). The field's form is that of X-Ray's tracing header; how AWS names functions in it is not
 * known.
 */
public final class Lineage {
  private static final int MOST_INVOCATIONS = 16;

  /** So that a header stays one: who has been asked longest ago is forgotten. */
  private static final int MOST_FUNCTIONS = 16;

  private static final String FIELD = "Lineage=";
  private static final Pattern FUNCTION = Pattern.compile("([0-9a-f]{8}):([0-9]{1,9})");

  private final Map<String, Integer> before;

  private Lineage(Map<String, Integer> before) {
    this.before = before;
  }

  /** That of a trace; what is not understood of it is left out. */
  public static Lineage of(String trace) {
    Map<String, Integer> before = new LinkedHashMap<>();
    int start = trace.indexOf(FIELD);
    if (start >= 0) {
      int end = trace.indexOf(';', start);
      String field = trace.substring(start + FIELD.length(), end < 0 ? trace.length() : end);
      for (String function : field.split("\\|", MOST_FUNCTIONS + 1)) {
        Matcher matcher = FUNCTION.matcher(function.strip());
        if (matcher.matches()) {
          before.put(matcher.group(1), Integer.valueOf(matcher.group(2)));
        }
      }
    }
    return new Lineage(before);
  }

  /** The same with another invocation of a function. */
  public Lineage then(FunctionId id) {
    Map<String, Integer> now = new LinkedHashMap<>(before);
    Integer earlier = now.remove(name(id));
    if (now.size() >= MOST_FUNCTIONS) {
      now.remove(now.keySet().iterator().next());
    }
    // AWS: a function that was not invoked before has a 0; source: reported by users of tracing.
    now.put(name(id), earlier == null ? 0 : earlier + 1);
    return new Lineage(now);
  }

  /** Whether the last invocation of a function is one too many. */
  public boolean isLoop(FunctionId id) {
    return before(id) >= MOST_INVOCATIONS;
  }

  /** Whether a function that is in a loop was invoked again since that was found. */
  public boolean isEndless(FunctionId id) {
    return before(id) > MOST_INVOCATIONS;
  }

  private int before(FunctionId id) {
    return before.getOrDefault(name(id), 0);
  }

  private static String name(FunctionId id) {
    CRC32 sum = new CRC32();
    sum.update(id.arn().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits((int) sum.getValue());
  }

  /** The field. */
  @Override
  public String toString() {
    return before.entrySet().stream()
        .map(function -> function.getKey() + ":" + function.getValue())
        .collect(Collectors.joining("|", FIELD, ""));
  }
}

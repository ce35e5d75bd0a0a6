package io.portico.gateway.execute.cases;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.snapshot.ContextVariable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What access logs show for each variable that AWS documents, in one call and another. */
final class AccessLogVariablesTest {
  private static final String ABSENT = "-";
  private static final String STAGE = "stage: ";

  /**
   * A row of the table.
   *
   * @param why it shows nothing else in any call, or null
   */
  private record Row(String variable, String call, String value, @Nullable String why) {
    static Row parse(String line) {
      String[] cells = line.split(" \\| ", 4);
      return new Row(cells[0], cells[1], cells[2], cells.length > 3 ? cells[3] : null);
    }
  }

  /** Those of HTTP and WebSocket APIs alone. */
  private static final Set<ContextVariable> OF_OTHER_APIS =
      Set.of(
          ContextVariable.AWS_ENDPOINT_REQUEST_ID_2,
          ContextVariable.CONNECTED_AT,
          ContextVariable.CONNECTION_ID,
          ContextVariable.DATA_PROCESSED,
          ContextVariable.DISCONNECT_REASON,
          ContextVariable.DISCONNECT_STATUS_CODE,
          ContextVariable.EVENT_TYPE,
          ContextVariable.MESSAGE_DIRECTION,
          ContextVariable.MESSAGE_ID,
          ContextVariable.ROUTE_KEY);

  private final Map<String, String> calls = calls();
  private final List<Row> rows = text("rows.txt").lines().skip(2).map(Row::parse).toList();

  @TestFactory
  Stream<DynamicTest> showWhatTheTableSays() {
    return rows.stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.variable + ", " + row.call,
                    () -> CaseRun.run(CaseFile.parse(caseOf(row)))));
  }

  /** Either there is a call in which it has a value, or a reason why it has none. */
  @Test
  void everyVariableHasAValueOrAReason() {
    assertThat(names(row -> row.why != null))
        .isNotEmpty()
        .doesNotContainAnyElementsOf(names(row -> !row.value.equals(ABSENT)));
    assertThat(names(row -> true))
        .isEqualTo(names(row -> row.why != null || !row.value.equals(ABSENT)));
  }

  @Test
  void everyVariableThatIsKnownIsInTheTable() {
    Set<ContextVariable> inTable =
        rows.stream()
            .map(row -> ContextVariable.logged(row.variable))
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());

    assertThat(inTable)
        .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.copyOf(OF_OTHER_APIS)));
  }

  private Set<String> names(Predicate<Row> which) {
    return rows.stream()
        .filter(which)
        .map(Row::variable)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private String caseOf(Row row) {
    String call = Objects.requireNonNull(calls.get(row.call), row.call);
    String stage = "";
    if (call.startsWith(STAGE)) {
      int end = call.indexOf('\n') + 1;
      stage = call.substring(STAGE.length(), end);
      call = call.substring(end);
    }
    return """
        source: assumed
        --- stage
        %saccessLogSettings:
          destinationArn: arn:aws:logs:us-east-1:000000000000:log-group:pets
          format: '[$context.%s]'
        %s
        --- access log
        [%s]
        """
        .formatted(stage, row.variable, call.strip(), row.value);
  }

  private static Map<String, String> calls() {
    Map<String, String> calls = new HashMap<>();
    Arrays.stream(text("calls.txt").split("(?m)^=== ", -1))
        .skip(1)
        .forEach(
            call -> {
              int end = call.indexOf('\n');
              calls.put(call.substring(0, end), call.substring(end + 1));
            });
    return calls;
  }

  private static String text(String name) {
    try (InputStream file =
        Objects.requireNonNull(
            AccessLogVariablesTest.class.getResourceAsStream("/cases/variables/" + name))) {
      return new String(file.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package io.portico.gateway.execute.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.portico.gateway.execute.telemetry.LoggedEvents;
import java.util.List;

/** Compares what is to stand in a log group with what a case says of it. */
final class ExecutionLogChecks {
  private static final String GROUP =
      "API-Gateway-Execution-Logs_" + CaseApi.ID + "/" + CaseApi.STAGE;

  private ExecutionLogChecks() {}

  /**
   * @param expected a line for each event, without the request's id that each begins with
   * @param canary whether they are in the group of the canary
   */
  static void events(LoggedEvents logged, String expected, boolean canary) {
    assertThat(logged.group()).isEqualTo(canary ? GROUP + "/Canary" : GROUP);
    List<String> events = logged.events().stream().map(LoggedEvents.Event::message).toList();
    String id = events.getFirst().substring(0, events.getFirst().indexOf(')') + 2);
    assertThat(events).allMatch(event -> event.startsWith(id));
    List<String> lines = expected.lines().toList();
    for (int i = 0; i < Math.min(lines.size(), events.size()); i++) {
      assertThat(events.get(i).substring(id.length())).matches(Expectation.pattern(lines.get(i)));
    }
    assertThat(events).as("events").hasSameSizeAs(lines);
  }
}

package io.portico.lambda.environment;

import java.util.Map;

/**
 * Why a process ended, in AWS's words. AWS: source: recorded, facts INV-06, for one that says
 * nothing; documented in its troubleshooting pages for statuses; reported by users for signals
 * ("signal: segmentation fault"), whose names are those of the language that AWS's own program is
 * written in.
 */
final class ExitReason {
  private static final int BY_SIGNAL = 128;

  /**
   * By number. A status above 128 may as well be the program's own choice: of signals that hardly
   * any program dies of, the status is told.
   */
  private static final Map<Integer, String> SIGNALS =
      Map.of(
          4, "illegal instruction",
          5, "trace/breakpoint trap",
          6, "aborted",
          7, "bus error",
          8, "floating point exception",
          9, "killed",
          11, "segmentation fault",
          15, "terminated");

  private ExitReason() {}

  /**
   * The reason.
   *
   * @param status as a shell has it: 128 and the number of the signal that the process died of
   */
  static String of(int status) {
    if (status == 0) {
      return "Runtime exited without providing a reason";
    }
    String signal = SIGNALS.get(status - BY_SIGNAL);
    return "Runtime exited with error: "
        + (signal == null ? "exit status " + status : "signal: " + signal);
  }
}

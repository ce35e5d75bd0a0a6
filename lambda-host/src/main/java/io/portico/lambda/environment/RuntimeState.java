package io.portico.lambda.environment;

/**
 * Where the runtime of an execution environment stands, by the names in AWS's refusals. AWS:
 * source: reported by users for {@code RuntimeResponseSentState} and {@code InvocationResponse},
 * github.com/brefphp/bref/issues/1562; the others are those of AWS's runtime interface emulator.
 */
enum RuntimeState {
  STARTED("Started"),
  INIT_ERROR("InitError"),
  READY("Ready"),
  RUNNING("Running"),
  RESPONSE("InvocationResponse"),
  ERROR_RESPONSE("InvocationErrorResponse"),
  RESPONSE_SENT("RuntimeResponseSentState");

  private final String wording;

  RuntimeState(String wording) {
    this.wording = wording;
  }

  String wording() {
    return wording;
  }

  /** Whether a runtime may go on to this from another. */
  boolean follows(RuntimeState before) {
    return switch (this) {
      case STARTED -> false;
      case INIT_ERROR -> before == STARTED;
      case READY -> before == STARTED || before == READY || before == RESPONSE_SENT;
      case RUNNING -> before == READY;
      case RESPONSE, ERROR_RESPONSE -> before == RUNNING;
      case RESPONSE_SENT -> before == RESPONSE || before == ERROR_RESPONSE;
    };
  }
}

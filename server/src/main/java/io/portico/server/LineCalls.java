package io.portico.server;

import io.portico.gateway.json.Json;
import io.portico.lambda.async.NoEndpointException;
import io.portico.lambda.async.ServiceCall;
import io.portico.lambda.async.ServiceCalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/**
 * Calls of a service that is to take lines of access logs. Used by one thread, which waits for each
 * call.
 */
final class LineCalls {
  /** Before the second attempt; before the third it is twice as long. */
  static final Duration PAUSE = Duration.ofMillis(100);

  private static final int OK = 200;
  private static final int TOO_MANY = 429;
  private static final int CLIENT_ERROR = 400;
  private static final int SERVER_ERROR = 500;
  private static final int LONGEST_REASON = 300;

  /** In the names of errors by which a service refuses for now. */
  private static final Pattern FOR_NOW =
      Pattern.compile("Throttl|LimitExceeded|ExpiredToken|OperationAborted");

  private final ServiceCalls services;
  private final Duration pause;

  /** What became of a call. */
  sealed interface Outcome {

    /** It was answered by status 200. */
    @SuppressWarnings("ArrayRecordComponent")
    record Taken(byte[] answer) implements Outcome {}

    /**
     * It would be refused later, too.
     *
     * @param error the service's own name of it; empty if it is nobody's
     */
    record Refused(String error, String why) implements Outcome {}

    /** It may be taken in a moment. */
    record Busy(String why) implements Outcome {}

    /** There is no answer. */
    record Unheard(String why) implements Outcome {}
  }

  /**
   * @param pause before the second attempt
   */
  LineCalls(ServiceCalls services, Duration pause) {
    this.services = services;
    this.pause = pause;
  }

  /** Waits before an attempt, the first of which is number 0. */
  void pauseBefore(int attempt) {
    LockSupport.parkNanos(attempt * pause.toNanos());
  }

  Outcome make(ServiceCall call) {
    try {
      ServiceCalls.Answer answer = services.call(call);
      if (answer.status() == OK) {
        return new Outcome.Taken(answer.body());
      }
      String said = new String(answer.body(), StandardCharsets.UTF_8);
      String why =
          answer.status() + " " + said.substring(0, Math.min(said.length(), LONGEST_REASON));
      String error = error(answer.body());
      return isForGood(answer.status(), error)
          ? new Outcome.Refused(error, why)
          : new Outcome.Busy(why);
    } catch (NoEndpointException e) {
      return new Outcome.Refused("", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return new Outcome.Unheard(e.toString());
    }
  }

  /**
   * Whether it would be the same answer later: that there is no such place, that it may not be
   * written to, or that a line is none. Who is throttled, or whose credentials have expired, may
   * come again; and whatever no service says, but something before it, passes.
   */
  private static boolean isForGood(int status, String error) {
    return status >= CLIENT_ERROR
        && status < SERVER_ERROR
        && status != TOO_MANY
        && !error.isEmpty()
        && !FOR_NOW.matcher(error).find();
  }

  /**
   * The name of a service's error, without its shape's; empty for an answer that has none.
   *
   * @see <a href="https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html">AWS JSON 1.1,
   *     errors</a>
   */
  private static String error(byte[] answer) {
    try {
      String type = Json.parse(answer).path("__type").asString("");
      return type.substring(type.indexOf('#') + 1);
    } catch (JacksonException e) {
      // Nobody's who speaks the protocol.
      return "";
    }
  }
}

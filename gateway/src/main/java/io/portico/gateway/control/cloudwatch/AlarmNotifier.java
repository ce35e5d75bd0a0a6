package io.portico.gateway.control.cloudwatch;

import java.io.IOException;

/** Reaches whoever is to hear of an alarm. */
@FunctionalInterface
public interface AlarmNotifier {

  /**
   * A word about an alarm.
   *
   * @param arn of the action, such as a topic's
   * @param subject for people
   * @param message JSON, as AWS publishes it
   */
  record Notice(String arn, String subject, String message) {}

  /**
   * Hands it over; waits until it is taken.
   *
   * @throws UnreachableException if nothing says where to; it is not tried again
   * @throws IOException if it was not taken
   */
  void send(Notice notice) throws IOException;

  /** There is nobody by that ARN. */
  final class UnreachableException extends IOException {
    public UnreachableException(String message) {
      super(message);
    }
  }
}

package io.portico.gateway.control.protocol;

import java.io.IOException;

/**
 * The events that an operation answers, written as they come. A handler puts it into its output as
 * a POJO, as the member that is the event stream.
 */
@FunctionalInterface
public interface EventStream {

  /**
   * Writes all events; called once, on the thread of the call.
   *
   * @throws IOException if the caller has gone, or the stream stays incomplete
   */
  void writeTo(EventStreamWriter events) throws IOException;
}

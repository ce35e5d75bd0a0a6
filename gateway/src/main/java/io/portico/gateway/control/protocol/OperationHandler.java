package io.portico.gateway.control.protocol;

import tools.jackson.databind.node.ObjectNode;

/** What an operation does. Runs off the event loops and may block. */
@FunctionalInterface
public interface OperationHandler {

  /**
   * @return the output, keyed by wire names as in {@link Input}; empty where the operation has no
   *     output. A member the output shape does not have is an error. Timestamps are numbers of
   *     seconds since 1970; the binding writes them as the service does. A stream of events is an
   *     {@link EventStream}, as a POJO
   * @throws ServiceException for what AWS refuses
   */
  ObjectNode handle(OperationCall call);
}

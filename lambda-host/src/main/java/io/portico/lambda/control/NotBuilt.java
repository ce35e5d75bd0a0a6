package io.portico.lambda.control;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.ServiceException;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Members of inputs that AWS has, and with which a call would not do here what it says. */
final class NotBuilt {
  private NotBuilt() {}

  /**
   * Refuses a call that has one of these members; without anything in it, it is as good as none.
   */
  static void refuse(Input input, List<String> members) {
    for (String member : members) {
      JsonNode value = input.json().get(member);
      boolean empty = value == null || value.isNull() || (value.isContainer() && value.isEmpty());
      if (!empty) {
        throw ServiceException.notImplemented(member);
      }
    }
  }
}

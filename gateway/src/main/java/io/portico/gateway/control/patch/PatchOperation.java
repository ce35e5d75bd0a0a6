package io.portico.gateway.control.patch;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.ServiceException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One change of an Update operation, as the caller sent it.
 *
 * @param op add, remove, replace, copy, move or test
 * @param path what to change, a JSON pointer
 * @param value the new value; every value is text
 * @param from what to copy, a JSON pointer
 */
public record PatchOperation(
    @Nullable String op, @Nullable String path, @Nullable String value, @Nullable String from) {

  /** More than any record has to change, and few enough to be made while the store waits. */
  static final int MOST = 1_000;

  /**
   * The changes of a call, in the order sent; none is allowed.
   *
   * @throws ServiceException if there are more than {@value #MOST}
   */
  // AWS: documents no bound; the text is ours.
  public static List<PatchOperation> of(OperationCall call) {
    List<PatchOperation> operations = new ArrayList<>();
    JsonNode sent = call.input().json().get("patchOperations");
    if (sent != null) {
      if (sent.size() > MOST) {
        throw ServiceException.badRequest(
            "Too many patch operations: %d sent, at most %d are allowed in one request"
                .formatted(sent.size(), MOST));
      }
      for (JsonNode element : sent) {
        if (element instanceof ObjectNode members) {
          Input operation = new Input(members);
          operations.add(
              new PatchOperation(
                  operation.stringOrNull("op"),
                  operation.stringOrNull("path"),
                  operation.stringOrNull("value"),
                  operation.stringOrNull("from")));
        }
      }
    }
    return List.copyOf(operations);
  }
}

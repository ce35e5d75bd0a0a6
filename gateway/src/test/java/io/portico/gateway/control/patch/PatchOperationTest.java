package io.portico.gateway.control.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class PatchOperationTest {
  @Test
  void takesAsManyChangesAsAreAllowed() {
    assertThat(PatchOperation.of(call(PatchOperation.MOST))).hasSize(PatchOperation.MOST);
  }

  @Test
  void refusesALongerList() {
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> PatchOperation.of(call(PatchOperation.MOST + 1)))
        .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("BadRequestException"))
        .withMessage(
            "Too many patch operations: 1001 sent, at most 1000 are allowed in one request");
  }

  private static OperationCall call(int operations) {
    ObjectNode input = Json.object();
    ArrayNode list = input.putArray("patchOperations");
    for (int i = 0; i < operations; i++) {
      list.addObject().put("op", "replace").put("path", "/name").put("value", "n" + i);
    }
    return new OperationCall(
        "UpdateRestApi",
        new Caller("111122223333", "eu-west-1", null),
        "request",
        new Input(input));
  }
}

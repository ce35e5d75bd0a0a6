package io.portico.lambda.control;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.lambda.async.AsyncInvocations;
import io.portico.lambda.environment.TraceId;
import io.portico.lambda.model.VersionRecord;
import tools.jackson.databind.node.ObjectNode;

/** Takes events in. AWS: 202 and nothing else; source: recorded, facts INV-02. */
final class EventIntake {
  static final int ACCEPTED = 202;

  /** AWS: source: documented, InvokeAsync: "The payload limit is 256KB". */
  private static final int MOST_OLD_PAYLOAD = 262_144;

  private final LambdaEnvironment environment;

  EventIntake(LambdaEnvironment environment) {
    this.environment = environment;
  }

  static void checkSize(byte[] payload) {
    checkSize(payload, AsyncInvocations.MOST_PAYLOAD);
  }

  static void checkOldSize(byte[] payload) {
    checkSize(payload, MOST_OLD_PAYLOAD);
  }

  private static void checkSize(byte[] payload, int most) {
    if (payload.length > most) {
      // AWS: its code and words; source: reported by users of AWS's clients.
      throw new ServiceException(
          "RequestEntityTooLargeException",
          413,
          "%d byte payload is too large for the Event invocation type (limit %d bytes)"
              .formatted(payload.length, most));
    }
  }

  /** The event is durable when this returns. */
  ObjectNode accept(OperationCall call, FunctionReference reference, byte[] payload) {
    String traceId = TraceId.invocation(call.traceId(), reference.id());
    boolean taken =
        environment
            .asynchronous()
            .accept(reference.id(), reference.qualifier(), call.requestId(), traceId, payload);
    if (!taken) {
      throw LambdaErrors.functionNotFound(
          reference.qualifier() == null
              ? reference.id().arn(VersionRecord.LATEST)
              : reference.arn());
    }
    return Json.object().put("StatusCode", ACCEPTED);
  }
}

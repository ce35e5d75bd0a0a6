package io.portico.lambda.control;

import io.portico.gateway.aws.SourceArn;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.store.RecordReader;
import io.portico.lambda.environment.ConcurrencyException;
import io.portico.lambda.environment.Event;
import io.portico.lambda.environment.Invoked;
import io.portico.lambda.model.FunctionRecord;
import io.portico.lambda.model.VersionRecord;
import io.portico.lambda.snapshot.AliasRouting;
import io.portico.lambda.snapshot.FunctionSnapshot;
import io.portico.lambda.snapshot.ResourcePolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Invocations. AWS: source: recorded, facts INV-01 to INV-03, INV-11.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke</a>
 */
final class Invoke {
  /** AWS: without a payload the event is an empty object; source: inferred. */
  private static final byte[] NO_PAYLOAD = {'{', '}'};

  /** AWS: source: documented, Lambda quotas: 6 MB for a request that is waited for. */
  private static final int MOST_PAYLOAD = 6_291_456;

  private static final String ACTIVE = "Active";

  private final LambdaEnvironment environment;

  Invoke(LambdaEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations.add("Invoke", this::invoke).add("InvokeAsync", this::invokeAsync);
  }

  ObjectNode invoke(OperationCall call) {
    Input input = call.input();
    FunctionReference reference = FunctionReference.of(call);
    String type = input.stringOrNull("InvocationType");
    if ("Event".equals(type)) {
      EventIntake.checkSize(input.bytes("Payload"));
    }
    byte[] payload = payload(input.bytes("Payload"));
    FunctionSnapshot function = function(reference);
    checkPermission(call, reference);
    return switch (type == null ? "RequestResponse" : type) {
      case "RequestResponse" -> answered(call, reference, function, payload);
      case "Event" -> new EventIntake(environment).accept(call, reference, traceId(), payload);
      // AWS: 204, once the call is known to be good; source: documented, as above.
      case "DryRun" -> Json.object().put("StatusCode", 204);
      default -> throw LambdaErrors.notBuilt("Invoke with the type " + type);
    };
  }

  /** AWS: the old way to say {@code Event}; source: documented, InvokeAsync. */
  ObjectNode invokeAsync(OperationCall call) {
    FunctionReference reference = FunctionReference.of(call);
    byte[] given = call.input().bytes("InvokeArgs");
    EventIntake.checkOldSize(given);
    byte[] payload = payload(given);
    function(reference);
    checkPermission(call, reference);
    new EventIntake(environment).accept(call, reference, traceId(), payload);
    return Json.object().put("Status", EventIntake.ACCEPTED);
  }

  /**
   * AWS: API Gateway invokes what the function's policy lets it; others by their own rights, which
   * are not looked at; source: documented,
   * https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
   */
  private void checkPermission(OperationCall call, FunctionReference reference) {
    String sourceArn = call.caller().sourceArn();
    if (sourceArn == null || !environment.permissions()) {
      return;
    }
    String qualifier = reference.qualifier();
    ResourcePolicy policy =
        environment
            .catalog()
            .policy(reference.id(), qualifier == null ? VersionRecord.LATEST : qualifier);
    if (!policy.allowsApiGateway(
        "lambda:InvokeFunction", reference.arn(), sourceArn, SourceArn.account(sourceArn))) {
      throw new ServiceException(
          "AccessDeniedException",
          403,
          ("No statement of the policy of %s lets API Gateway invoke it for %s. aws lambda"
                  + " add-permission adds one; lambda.permissions=false asks for none.")
              .formatted(reference.arn(), sourceArn));
    }
  }

  private static byte[] payload(byte[] payload) {
    if (payload.length == 0) {
      return NO_PAYLOAD;
    }
    if (payload.length > MOST_PAYLOAD) {
      // AWS: source: reported by users of AWS's clients.
      throw new ServiceException(
          "RequestTooLargeException",
          413,
          "%d byte payload is too large for the RequestResponse invocation type (limit %d bytes)"
              .formatted(payload.length, MOST_PAYLOAD));
    }
    try {
      Json.check(payload);
    } catch (JacksonException e) {
      // AWS: source: reported by users of AWS's clients; its parser's words are like these.
      throw LambdaErrors.invalidContent(
          "Could not parse request body into json: Could not parse payload into json: "
              + e.getOriginalMessage());
    }
    return payload;
  }

  /** What one invocation runs. */
  FunctionSnapshot function(FunctionReference reference) {
    String version = version(reference);
    FunctionSnapshot ready = environment.catalog().find(reference.id(), version);
    if (ready != null) {
      return ready;
    }
    String state = environment.records().read(records -> state(records, reference));
    if (state.equals(ACTIVE)) {
      // Of a function that was there when this process has started, the turn has not come yet.
      environment.preparations().now(reference.id(), version);
      ready = environment.catalog().find(reference.id(), version);
    }
    if (ready == null) {
      // AWS: source: reported by users of AWS's clients.
      throw LambdaErrors.conflict(
          "The operation cannot be performed at this time. The function is currently in the"
              + " following state: "
              + state);
    }
    return ready;
  }

  /** The version that one invocation runs: an alias may choose between two. */
  private String version(FunctionReference reference) {
    String qualifier = reference.qualifier();
    if (qualifier == null) {
      return VersionRecord.LATEST;
    }
    AliasRouting alias = environment.catalog().alias(reference.id(), qualifier);
    return alias == null ? qualifier : alias.pick(ThreadLocalRandom.current());
  }

  private static String state(RecordReader records, FunctionReference reference) {
    // AWS: the qualifier is named even where none was given; source: recorded, facts LAM-11.
    FunctionReference qualified =
        reference.qualifier() == null
            ? new FunctionReference(reference.id(), VersionRecord.LATEST)
            : reference;
    FunctionRecord function = FunctionFinder.function(records, qualified);
    return switch (FunctionFinder.version(records, qualified, function).state().progress()) {
      case CREATING -> "Pending";
      case FAILED -> "Failed";
      case UPDATING, READY -> ACTIVE;
    };
  }

  private ObjectNode answered(
      OperationCall call, FunctionReference reference, FunctionSnapshot function, byte[] payload) {
    Event event =
        new Event(
            call.requestId(),
            reference.arn(),
            payload,
            traceId(),
            clientContext(call.input().stringOrNull("ClientContext")));
    Invoked invoked;
    try {
      invoked = environment.environments().invoke(function, event);
    } catch (ConcurrencyException e) {
      throw new ServiceException("TooManyRequestsException", 429, "Rate Exceeded.")
          .with("Reason", e.reason());
    } catch (IOException e) {
      // AWS: its word for a lack of room of its own; source: documented, as above.
      throw new ServiceException(
          "EC2UnexpectedException", 502, "No execution environment: " + e.getMessage());
    }
    ObjectNode reply =
        Json.object().put("StatusCode", 200).put("ExecutedVersion", function.version());
    reply.put("Payload", invoked.payload());
    if (invoked.failed()) {
      reply.put("FunctionError", "Unhandled");
    }
    if ("Tail".equals(call.input().stringOrNull("LogType"))) {
      reply.put(
          "LogResult",
          Base64.getEncoder().encodeToString(invoked.tail().getBytes(StandardCharsets.UTF_8)));
    }
    return reply;
  }

  private static @Nullable String clientContext(@Nullable String base64) {
    if (base64 == null) {
      return null;
    }
    try {
      // It goes to the function in a header, which has one line and no other characters.
      return Json.asciiText(Json.parse(Base64.getDecoder().decode(base64)));
    } catch (IllegalArgumentException | JacksonException e) {
      throw LambdaErrors.invalidContent(
          "Client context must be a valid Base64-encoded JSON object.");
    }
  }

  /** AWS: not sampled unless the function traces; source: documented, X-Ray's tracing header. */
  private static String traceId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    HexFormat hex = HexFormat.of();
    return "Root=1-"
        + hex.toHexDigits((int) (System.currentTimeMillis() / 1000))
        + "-"
        + hex.toHexDigits(random.nextInt())
        + hex.toHexDigits(random.nextLong())
        + ";Parent="
        + hex.toHexDigits(random.nextLong())
        + ";Sampled=0";
  }
}

package io.portico.lambda.control;

import io.portico.gateway.aws.SourceArn;
import io.portico.gateway.control.protocol.EventStream;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.json.JsonComplaint;
import io.portico.lambda.environment.ConcurrencyException;
import io.portico.lambda.environment.Event;
import io.portico.lambda.environment.Invoked;
import io.portico.lambda.environment.ResponseStream;
import io.portico.lambda.snapshot.FunctionSnapshot;
import io.portico.lambda.snapshot.ResourcePolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Invocations. AWS: source: recorded, facts INV-01 to INV-03, INV-11.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/api/API_InvokeWithResponseStream.html">InvokeWithResponseStream</a>
 */
final class Invoke {
  /** AWS: without a payload the event is an empty object; source: inferred. */
  private static final byte[] NO_PAYLOAD = {'{', '}'};

  /** AWS: source: documented, Invoke: "Up to 3,583 bytes of base64-encoded data". */
  private static final int MOST_CLIENT_CONTEXT = 3583;

  private static final List<String> NOT_BUILT = List.of("TenantId", "DurableExecutionName");

  private final LambdaEnvironment environment;
  private final ReadyFunctions functions;

  Invoke(LambdaEnvironment environment) {
    this.environment = environment;
    this.functions = new ReadyFunctions(environment);
  }

  void register(Operations.Builder operations) {
    operations
        .addLight("Invoke", this::invoke)
        .add("InvokeAsync", this::invokeAsync)
        .add("InvokeWithResponseStream", this::invokeWithResponseStream);
  }

  ObjectNode invoke(OperationCall call) {
    Input input = call.input();
    FunctionReference reference = reference(call);
    checkMembers(input);
    String type = input.stringOrNull("InvocationType");
    if ("Event".equals(type)) {
      EventIntake.checkSize(input.bytes("Payload"));
    }
    byte[] payload = payload(input.bytes("Payload"));
    FunctionSnapshot function = functions.find(reference);
    checkPermission(call, reference);
    return switch (type == null ? "RequestResponse" : type) {
      case "RequestResponse" -> answered(call, reference, function, payload);
      case "Event" -> taken(call, reference, payload);
      // AWS: 204, once the call is known to be good; source: documented, as above.
      case "DryRun" -> Json.object().put("StatusCode", 204);
      default -> throw ServiceException.notImplemented("Invoke with the type " + type);
    };
  }

  private ObjectNode taken(OperationCall call, FunctionReference reference, byte[] payload) {
    environment.carrier().computingForLong();
    return new EventIntake(environment).accept(call, reference, payload);
  }

  /** AWS: the old way to say {@code Event}; source: documented, InvokeAsync. */
  ObjectNode invokeAsync(OperationCall call) {
    FunctionReference reference = reference(call);
    byte[] given = call.input().bytes("InvokeArgs");
    EventIntake.checkOldSize(given);
    byte[] payload = payload(given);
    functions.find(reference);
    checkPermission(call, reference);
    new EventIntake(environment).accept(call, reference, payload);
    return Json.object().put("Status", EventIntake.ACCEPTED);
  }

  ObjectNode invokeWithResponseStream(OperationCall call) {
    Input input = call.input();
    FunctionReference reference = reference(call);
    checkMembers(input);
    byte[] payload = payload(input.bytes("Payload"));
    FunctionSnapshot function = functions.find(reference);
    checkPermission(call, reference);
    return "DryRun".equals(input.stringOrNull("InvocationType"))
        ? Json.object().put("StatusCode", 204)
        : streamed(function, event(call, reference, payload));
  }

  /**
   * What is to be invoked. AWS: another account's function only where its policy lets this account;
   * source: documented, "Granting Lambda function access to other accounts". So nobody learns which
   * functions another account has.
   */
  private FunctionReference reference(OperationCall call) {
    FunctionReference reference = FunctionReference.of(call);
    String account = call.caller().accountId();
    boolean direct = call.caller().sourceArn() == null;
    if (direct
        && environment.permissions()
        && !reference.id().accountId().equals(account)
        && !policy(reference).allowsAccount(reference.arn(), account)) {
      throw LambdaErrors.notShared(account, "InvokeFunction", reference.arn());
    }
    return reference;
  }

  private ResourcePolicy policy(FunctionReference reference) {
    return environment.catalog().policy(reference.id(), Qualified.key(reference));
  }

  /**
   * AWS: API Gateway invokes what the function's policy lets it, or what the role of the
   * integration, or whoever calls the method, may; others by their own rights, which are not looked
   * at; source: documented,
   * https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
   */
  private void checkPermission(OperationCall call, FunctionReference reference) {
    String sourceArn = call.caller().sourceArn();
    if (sourceArn == null || !environment.permissions()) {
      return;
    }
    ResourcePolicy policy = policy(reference);
    if (sourceArn.equals(SourceArn.CALLER)) {
      if (!InvokingCaller.mayInvoke(environment, call.caller(), reference, policy)) {
        throw denied(
            ("Whoever has signed with %s may not invoke %s: that takes lambda:InvokeFunction in a"
                    + " policy of his, or in the function's. lambda.permissions=false asks for"
                    + " none.")
                .formatted(call.caller().accessKeyId(), reference.arn()));
      }
      return;
    }
    if (SourceArn.isRole(sourceArn)) {
      if (!InvokingRole.mayInvoke(environment, sourceArn, reference, policy)) {
        throw denied(
            ("%s may not invoke %s: that takes lambda:InvokeFunction in a policy of the role, or in"
                    + " the function's. lambda.permissions=false asks for none.")
                .formatted(sourceArn, reference.arn()));
      }
      return;
    }
    if (!policy.allowsApiGateway(reference.arn(), sourceArn, SourceArn.account(sourceArn))) {
      throw denied(
          ("No statement of the policy of %s lets API Gateway invoke it for %s. aws lambda"
                  + " add-permission adds one; lambda.permissions=false asks for none.")
              .formatted(reference.arn(), sourceArn));
    }
  }

  private static ServiceException denied(String why) {
    return new ServiceException("AccessDeniedException", 403, why);
  }

  /** Whatever the type of the invocation is. */
  private static void checkMembers(Input input) {
    NotBuilt.refuse(input, NOT_BUILT);
    String context = input.stringOrNull("ClientContext");
    if (context != null && context.length() > MOST_CLIENT_CONTEXT) {
      // AWS: its code and words are inferred.
      throw LambdaErrors.invalidContent(
          "Client context must be at most %d bytes of Base64-encoded data."
              .formatted(MOST_CLIENT_CONTEXT));
    }
    clientContext(context);
  }

  private static byte[] payload(byte[] payload) {
    if (payload.length == 0) {
      return NO_PAYLOAD;
    }
    try {
      Json.check(payload);
    } catch (JacksonException e) {
      // AWS: source: reported by users of AWS's clients.
      throw LambdaErrors.invalidContent(
          "Could not parse request body into json: Could not parse payload into json: "
              + JsonComplaint.of(payload, e));
    }
    return payload;
  }

  private Event event(OperationCall call, FunctionReference reference, byte[] payload) {
    return new Event(
        call.requestId(),
        reference.arn(),
        payload,
        Recursion.traceId(environment, call, reference.id()),
        clientContext(call.input().stringOrNull("ClientContext")),
        "Tail".equals(call.input().stringOrNull("LogType")));
  }

  private ObjectNode answered(
      OperationCall call, FunctionReference reference, FunctionSnapshot function, byte[] payload) {
    Invoked invoked;
    try {
      invoked = environment.environments().invoke(function, event(call, reference, payload));
    } catch (ConcurrencyException e) {
      throw LambdaErrors.tooManyRequests(e);
    } catch (IOException e) {
      throw LambdaErrors.noEnvironment(e);
    }
    ObjectNode reply =
        Json.object().put("StatusCode", 200).put("ExecutedVersion", function.version());
    reply.put("Payload", invoked.payload());
    if (invoked.failed()) {
      reply.put("FunctionError", "Unhandled");
    }
    String log = logResult(invoked);
    if (log != null) {
      reply.put("LogResult", log);
    }
    return reply;
  }

  /** What refuses an invocation is known before the first event. */
  private ObjectNode streamed(FunctionSnapshot function, Event event) {
    ResponseStream stream = environment.environments().stream(function, event);
    try {
      stream.contentType();
    } catch (ConcurrencyException e) {
      throw LambdaErrors.tooManyRequests(e);
    } catch (IOException e) {
      throw LambdaErrors.noEnvironment(e);
    } catch (InterruptedException e) {
      // The caller has gone; the invocation goes on.
      stream.abandon();
      Thread.currentThread().interrupt();
      throw new ServiceException("ServiceException", 500, "The caller has gone.");
    }
    ObjectNode reply =
        Json.object().put("StatusCode", 200).put("ExecutedVersion", function.version());
    reply.putPOJO("EventStream", events(stream));
    return reply;
  }

  /** AWS: what a function returns as a whole is one chunk; source: documented, as above. */
  private static EventStream events(ResponseStream stream) {
    return events -> {
      Invoked invoked = stream.handOn(piece -> events.bytes("PayloadChunk", piece));
      if (!invoked.failed() && invoked.payload().length > 0) {
        events.bytes("PayloadChunk", invoked.payload());
      }
      ObjectNode complete = Json.object();
      if (invoked.failed()) {
        complete
            .put("ErrorCode", "Unhandled")
            .put("ErrorDetails", new String(invoked.payload(), StandardCharsets.UTF_8));
      }
      String log = logResult(invoked);
      if (log != null) {
        complete.put("LogResult", log);
      }
      events.json("InvokeComplete", complete);
    };
  }

  private static @Nullable String logResult(Invoked invoked) {
    String tail = invoked.tail();
    return tail == null
        ? null
        : Base64.getEncoder().encodeToString(tail.getBytes(StandardCharsets.UTF_8));
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
}

package io.portico.lambda.control;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.json.Json;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import io.portico.lambda.model.EventInvokeRecord;
import io.portico.lambda.model.LambdaRecords;
import io.portico.lambda.snapshot.FunctionId;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** How functions, versions and aliases are invoked asynchronously. */
final class EventInvokeConfigs {
  private static final Pattern DESTINATION =
      Pattern.compile("arn:aws[a-zA-Z0-9-]*:(?:sqs|sns|lambda|events):.+");

  /** AWS: a bucket is for failures only; source: documented, PutFunctionEventInvokeConfig. */
  private static final Pattern BUCKET = Pattern.compile("arn:aws[a-zA-Z0-9-]*:s3:::.+");

  private final LambdaEnvironment environment;

  EventInvokeConfigs(LambdaEnvironment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("PutFunctionEventInvokeConfig", this::putFunctionEventInvokeConfig)
        .add("UpdateFunctionEventInvokeConfig", this::updateFunctionEventInvokeConfig)
        .add("GetFunctionEventInvokeConfig", this::getFunctionEventInvokeConfig)
        .add("DeleteFunctionEventInvokeConfig", this::deleteFunctionEventInvokeConfig)
        .add("ListFunctionEventInvokeConfigs", this::listFunctionEventInvokeConfigs);
  }

  /** AWS: "If you exclude any settings, they are removed"; source: documented. */
  ObjectNode putFunctionEventInvokeConfig(OperationCall call) {
    FunctionReference reference = FunctionReference.own(call);
    EventInvokeRecord none =
        new EventInvokeRecord(Qualified.key(reference), null, null, null, null, 0);
    return environment
        .records()
        .write(records -> put(records, reference, changed(call.input(), reference.id(), none)));
  }

  /** What a call does not name stays, each destination for itself. */
  ObjectNode updateFunctionEventInvokeConfig(OperationCall call) {
    FunctionReference reference = FunctionReference.own(call);
    return environment
        .records()
        .write(
            records ->
                put(
                    records,
                    reference,
                    changed(call.input(), reference.id(), existing(records, reference))));
  }

  private ObjectNode put(
      RecordWriter records, FunctionReference reference, EventInvokeRecord config) {
    Qualified.find(records, reference);
    records.put(LambdaRecords.EVENT_INVOKE, parent(reference.id()), config.qualifier(), config);
    return reply(reference.id(), config);
  }

  private EventInvokeRecord changed(Input input, FunctionId id, EventInvokeRecord config) {
    Integer retries = input.integerOrNull("MaximumRetryAttempts");
    Integer age = input.integerOrNull("MaximumEventAgeInSeconds");
    Input destinations = input.structureOrNull("DestinationConfig");
    if (retries == null && age == null && destinations == null) {
      // AWS: its words are inferred.
      throw LambdaErrors.invalidParameter(
          "You must specify at least one of error handling or destination setting.");
    }
    String onSuccess = destination(destinations, "OnSuccess", config.onSuccess());
    String onFailure = destination(destinations, "OnFailure", config.onFailure());
    checkDestination(id, onSuccess, false);
    checkDestination(id, onFailure, true);
    return new EventInvokeRecord(
        config.qualifier(),
        retries == null ? config.maximumRetryAttempts() : retries,
        age == null ? config.maximumEventAgeInSeconds() : age,
        onSuccess,
        onFailure,
        environment.clock().millis());
  }

  /** The destination that a call gives; an empty one is none. */
  private static @Nullable String destination(
      @Nullable Input destinations, String event, @Nullable String otherwise) {
    Input given = destinations == null ? null : destinations.structureOrNull(event);
    if (given == null) {
      return otherwise;
    }
    String arn = given.stringOrNull("Destination");
    return arn == null || arn.isEmpty() ? null : arn;
  }

  private static void checkDestination(FunctionId id, @Nullable String arn, boolean bucket) {
    if (arn == null) {
      return;
    }
    if (!DESTINATION.matcher(arn).matches() && !(bucket && BUCKET.matcher(arn).matches())) {
      // AWS: source: reported by users of AWS's clients.
      throw LambdaErrors.invalidParameter("The destination ARN " + arn + " is invalid.");
    }
    if (arn.equals(id.arn()) || arn.startsWith(id.arn() + ":")) {
      // AWS: its words are inferred.
      throw LambdaErrors.invalidParameter(
          "You can't specify the function as a destination for itself.");
    }
  }

  ObjectNode getFunctionEventInvokeConfig(OperationCall call) {
    FunctionReference reference = FunctionReference.own(call);
    return environment
        .records()
        .read(records -> reply(reference.id(), existing(records, reference)));
  }

  ObjectNode deleteFunctionEventInvokeConfig(OperationCall call) {
    FunctionReference reference = FunctionReference.own(call);
    return environment
        .records()
        .write(
            records -> {
              EventInvokeRecord config = existing(records, reference);
              records.delete(
                  LambdaRecords.EVENT_INVOKE, parent(reference.id()), config.qualifier());
              return Json.object();
            });
  }

  ObjectNode listFunctionEventInvokeConfigs(OperationCall call) {
    FunctionId id = FunctionReference.own(call).id();
    return environment
        .records()
        .read(
            records -> {
              FunctionFinder.function(records, new FunctionReference(id, null));
              return Marked.of(call.input())
                  .answer(
                      "FunctionEventInvokeConfigs",
                      (after, limit) ->
                          records.list(LambdaRecords.EVENT_INVOKE, parent(id), after, limit),
                      EventInvokeRecord::qualifier,
                      config -> reply(id, config));
            });
  }

  private static EventInvokeRecord existing(RecordReader records, FunctionReference reference) {
    FunctionFinder.function(records, reference);
    Optional<EventInvokeRecord> config =
        records.find(LambdaRecords.EVENT_INVOKE, parent(reference.id()), Qualified.key(reference));
    return config.orElseThrow(() -> notFound(reference));
  }

  /** AWS: its words are inferred. */
  private static ServiceException notFound(FunctionReference reference) {
    return LambdaErrors.notFound(
        "The function %s doesn't have an EventInvokeConfig"
            .formatted(reference.id().arn(Qualified.key(reference))));
  }

  private static String parent(FunctionId id) {
    return LambdaRecords.parent(id.scope(), id.name());
  }

  /**
   * AWS: the ARN always has a qualifier, and both destinations are there though empty; source:
   * documented, the AWS CLI's examples of put-function-event-invoke-config.
   */
  private static ObjectNode reply(FunctionId id, EventInvokeRecord config) {
    ObjectNode reply =
        Json.object()
            .put("LastModified", BigDecimal.valueOf(config.lastModified(), 3))
            .put("FunctionArn", id.arn(config.qualifier()));
    Integer retries = config.maximumRetryAttempts();
    if (retries != null) {
      reply.put("MaximumRetryAttempts", retries);
    }
    Integer age = config.maximumEventAgeInSeconds();
    if (age != null) {
      reply.put("MaximumEventAgeInSeconds", age);
    }
    ObjectNode destinations = reply.putObject("DestinationConfig");
    destination(destinations.putObject("OnSuccess"), config.onSuccess());
    destination(destinations.putObject("OnFailure"), config.onFailure());
    return reply;
  }

  private static void destination(ObjectNode event, @Nullable String arn) {
    if (arn != null) {
      event.put("Destination", arn);
    }
  }
}

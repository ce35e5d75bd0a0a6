package io.portico.lambda.control;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.json.Json;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import io.portico.lambda.model.FunctionUrlRecord;
import io.portico.lambda.model.LambdaRecords;
import io.portico.lambda.model.VersionRecord;
import io.portico.lambda.snapshot.FunctionId;
import io.portico.lambda.snapshot.FunctionUrl;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The URLs of functions and aliases. AWS: source: recorded, facts LAM-23, URL-08, URL-09.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html">Creating and
 *     managing Lambda function URLs</a>
 */
final class FunctionUrlConfigs {
  private static final String BUFFERED = "BUFFERED";
  private static final String INVOKE_MODE = "InvokeMode";

  /** AWS: that it has six digits of a second is inferred. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final LambdaEnvironment environment;
  private final CatalogUpdates catalog;

  FunctionUrlConfigs(LambdaEnvironment environment) {
    this.environment = environment;
    this.catalog = new CatalogUpdates(environment);
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateFunctionUrlConfig", this::createFunctionUrlConfig)
        .add("GetFunctionUrlConfig", this::getFunctionUrlConfig)
        .add("UpdateFunctionUrlConfig", this::updateFunctionUrlConfig)
        .add("DeleteFunctionUrlConfig", this::deleteFunctionUrlConfig)
        .add("ListFunctionUrlConfigs", this::listFunctionUrlConfigs);
  }

  /** AWS: shows the invoke mode only if it was given; source: recorded, facts LAM-23. */
  ObjectNode createFunctionUrlConfig(OperationCall call) {
    FunctionReference reference = FunctionReference.own(call);
    Input input = call.input();
    String mode = input.stringOrNull(INVOKE_MODE);
    String now = TIME.format(Instant.now(environment.clock()));
    FunctionUrlRecord url =
        new FunctionUrlRecord(
            Qualified.key(reference),
            input.string("AuthType"),
            cors(input),
            mode == null ? BUFFERED : mode,
            now,
            now);
    return environment
        .records()
        .write(
            records -> {
              Qualified.find(records, reference);
              if (records
                  .find(LambdaRecords.FUNCTION_URL, parent(reference.id()), url.qualifier())
                  .isPresent()) {
                throw LambdaErrors.conflict(
                    ("Failed to create function url config for [functionArn = %s]. Error message: "
                            + " FunctionUrlConfig exists for this Lambda function")
                        .formatted(reference.arn()));
              }
              put(records, reference.id(), url);
              ObjectNode reply = reply(call, reference.id(), url);
              reply.remove("LastModifiedTime");
              if (mode == null) {
                reply.remove(INVOKE_MODE);
              }
              return reply;
            });
  }

  ObjectNode getFunctionUrlConfig(OperationCall call) {
    FunctionReference reference = FunctionReference.own(call);
    return environment
        .records()
        .read(records -> reply(call, reference.id(), existing(records, reference)));
  }

  /** What a call does not name stays; a {@code Cors} without members ends it. */
  ObjectNode updateFunctionUrlConfig(OperationCall call) {
    FunctionReference reference = FunctionReference.own(call);
    Input input = call.input();
    String authType = input.stringOrNull("AuthType");
    String mode = input.stringOrNull(INVOKE_MODE);
    return environment
        .records()
        .write(
            records -> {
              FunctionUrlRecord url = existing(records, reference);
              FunctionUrlRecord changed =
                  new FunctionUrlRecord(
                      url.qualifier(),
                      authType == null ? url.authType() : authType,
                      input.has("Cors") ? cors(input) : url.cors(),
                      mode == null ? url.invokeMode() : mode,
                      url.creationTime(),
                      TIME.format(Instant.now(environment.clock())));
              put(records, reference.id(), changed);
              return reply(call, reference.id(), changed);
            });
  }

  ObjectNode deleteFunctionUrlConfig(OperationCall call) {
    FunctionReference reference = FunctionReference.own(call);
    FunctionId id = reference.id();
    return environment
        .records()
        .write(
            records -> {
              FunctionUrlRecord url = existing(records, reference);
              records.delete(LambdaRecords.FUNCTION_URL, parent(id), url.qualifier());
              catalog.urlDeleted(records, id, url.qualifier());
              return Json.object();
            });
  }

  ObjectNode listFunctionUrlConfigs(OperationCall call) {
    FunctionId id = FunctionReference.own(call).id();
    return environment
        .records()
        .read(
            records -> {
              FunctionFinder.function(records, new FunctionReference(id, null));
              return Marked.of(call.input())
                  .answer(
                      "FunctionUrlConfigs",
                      (after, limit) ->
                          records.list(LambdaRecords.FUNCTION_URL, parent(id), after, limit),
                      FunctionUrlRecord::qualifier,
                      url -> reply(call, id, url));
            });
  }

  private void put(RecordWriter records, FunctionId id, FunctionUrlRecord url) {
    records.put(LambdaRecords.FUNCTION_URL, parent(id), url.qualifier(), url);
    catalog.url(records, id, url);
  }

  /** AWS: source: recorded, facts LAM-23. */
  private static FunctionUrlRecord existing(RecordReader records, FunctionReference reference) {
    return records
        .find(LambdaRecords.FUNCTION_URL, parent(reference.id()), Qualified.key(reference))
        .orElseThrow(LambdaErrors::noSuchResource);
  }

  private static @Nullable ObjectNode cors(Input input) {
    Input cors = input.structureOrNull("Cors");
    return cors == null || cors.json().isEmpty() ? null : cors.json().deepCopy();
  }

  private static String parent(FunctionId id) {
    return LambdaRecords.parent(id.scope(), id.name());
  }

  private static ObjectNode reply(OperationCall call, FunctionId id, FunctionUrlRecord url) {
    String alias = url.qualifier().equals(VersionRecord.LATEST) ? null : url.qualifier();
    ObjectNode reply =
        Json.object()
            .put("FunctionUrl", url(call.endpoint(), id, FunctionUrl.urlId(id, alias)))
            .put("FunctionArn", alias == null ? id.arn() : id.arn(alias))
            .put("AuthType", url.authType())
            .put(INVOKE_MODE, url.invokeMode())
            .put("CreationTime", url.creationTime())
            .put("LastModifiedTime", url.lastModifiedTime());
    ObjectNode cors = url.cors();
    if (cors != null) {
      reply.set("Cors", cors.deepCopy());
    }
    return reply;
  }

  /**
   * The URL by which the caller reaches the function, by scheme and port as it reaches this
   * operation. AWS: {@code https://<id>.lambda-url.<region>.on.aws/}, a name that leads to AWS;
   * those below {@code localhost} lead to this machine without DNS.
   */
  private static String url(String endpoint, FunctionId id, String urlId) {
    String address = endpoint.isEmpty() ? "http://localhost" : endpoint;
    int host = address.indexOf("://") + 3;
    int colon = address.lastIndexOf(':');
    String port = colon > address.lastIndexOf(']') && colon >= host ? address.substring(colon) : "";
    return address.substring(0, host)
        + urlId
        + ".lambda-url."
        + id.region()
        + ".localhost"
        + port
        + "/";
  }
}

package io.portico.lambda.control;

import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.json.Json;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import io.portico.lambda.code.Kept;
import io.portico.lambda.model.CodeRecord;
import io.portico.lambda.model.LambdaRecords;
import io.portico.lambda.model.LayerRecord;
import io.portico.lambda.model.LayerVersionRecord;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Layers and their versions. */
final class Layers {
  private final LambdaEnvironment environment;
  private final FunctionCode code;

  Layers(LambdaEnvironment environment) {
    this.environment = environment;
    this.code = new FunctionCode(environment);
  }

  void register(Operations.Builder operations) {
    operations
        .add("PublishLayerVersion", this::publishLayerVersion)
        .add("ListLayers", this::listLayers)
        .add("ListLayerVersions", this::listLayerVersions)
        .add("GetLayerVersion", this::getLayerVersion)
        .add("GetLayerVersionByArn", this::getLayerVersionByArn)
        .add("DeleteLayerVersion", this::deleteLayerVersion);
  }

  ObjectNode publishLayerVersion(OperationCall call) {
    Input input = call.input();
    LayerId layer = LayerId.own(call);
    Input content = input.structureOrNull("Content");
    try (Kept kept =
        code.keep(content == null ? new Input(Json.object()) : content, layer.region())) {
      return environment.records().write(records -> publish(records, call, layer, kept.code()));
    }
  }

  private ObjectNode publish(
      RecordWriter records, OperationCall call, LayerId layer, CodeRecord kept) {
    Input input = call.input();
    // AWS: numbers are not used again; source: documented, Lambda Developer Guide, "Deleting a
    // layer version".
    int number =
        records
                .find(LambdaRecords.LAYER, layer.scope(), layer.name())
                .map(LayerRecord::published)
                .orElse(0)
            + 1;
    LayerVersionRecord version =
        new LayerVersionRecord(
            number,
            orEmpty(input.stringOrNull("Description")),
            orEmpty(input.stringsOrNull("CompatibleRuntimes")),
            orEmpty(input.stringsOrNull("CompatibleArchitectures")),
            orEmpty(input.stringOrNull("LicenseInfo")),
            kept,
            environment.now());
    records.put(
        LambdaRecords.LAYER, layer.scope(), layer.name(), new LayerRecord(layer.name(), number));
    records.put(
        LambdaRecords.LAYER_VERSION, layer.parent(), LambdaRecords.layerVersionId(number), version);
    return whole(call, layer, version);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static List<String> orEmpty(@Nullable List<String> texts) {
    return texts == null ? List.of() : texts;
  }

  private ObjectNode whole(OperationCall call, LayerId layer, LayerVersionRecord version) {
    return LayerReply.whole(
        layer, version, environment.links().of(version.code(), call.endpoint()));
  }

  /** A layer and the newest of its versions that was asked for. */
  private record Listed(LayerId layer, LayerVersionRecord version) {}

  ObjectNode listLayers(OperationCall call) {
    Caller caller = call.caller();
    return environment
        .records()
        .read(
            records ->
                Marked.of(call.input())
                    .answer(
                        "Layers",
                        (after, limit) ->
                            records
                                .list(LambdaRecords.LAYER, caller.scope(), after, Integer.MAX_VALUE)
                                .stream()
                                .map(
                                    layer ->
                                        new LayerId(
                                            caller.accountId(), caller.region(), layer.name()))
                                .flatMap(layer -> newest(records, layer, call.input()).stream())
                                .limit(limit)
                                .toList(),
                        listed -> listed.layer.name(),
                        Layers::reply));
  }

  private static Optional<Listed> newest(RecordReader records, LayerId layer, Input wanted) {
    return records.list(LambdaRecords.LAYER_VERSION, layer.parent()).stream()
        .filter(version -> isFor(version, wanted))
        .findFirst()
        .map(version -> new Listed(layer, version));
  }

  private static ObjectNode reply(Listed listed) {
    ObjectNode reply =
        Json.object().put("LayerName", listed.layer.name()).put("LayerArn", listed.layer.arn());
    reply.set("LatestMatchingVersion", LayerReply.listed(listed.layer, listed.version));
    return reply;
  }

  /** AWS: only those that say so are for a runtime; source: documented, ListLayers. */
  private static boolean isFor(LayerVersionRecord version, Input wanted) {
    String runtime = wanted.stringOrNull("CompatibleRuntime");
    String architecture = wanted.stringOrNull("CompatibleArchitecture");
    return (runtime == null || version.runtimes().contains(runtime))
        && (architecture == null || version.architectures().contains(architecture));
  }

  /** AWS: the newest comes first; source: inferred from the AWS CLI's example. */
  ObjectNode listLayerVersions(OperationCall call) {
    LayerId layer = LayerId.own(call);
    return environment
        .records()
        .read(
            records ->
                Marked.of(call.input())
                    .answer(
                        "LayerVersions",
                        (after, limit) ->
                            records
                                .list(
                                    LambdaRecords.LAYER_VERSION,
                                    layer.parent(),
                                    after,
                                    Integer.MAX_VALUE)
                                .stream()
                                .filter(version -> isFor(version, call.input()))
                                .limit(limit)
                                .toList(),
                        version -> LambdaRecords.layerVersionId(version.number()),
                        version -> LayerReply.listed(layer, version)));
  }

  ObjectNode getLayerVersion(OperationCall call) {
    return get(call, LayerId.of(call).version(call));
  }

  ObjectNode getLayerVersionByArn(OperationCall call) {
    LayerId.Version version = LayerId.ofArn(call.input().string("Arn"));
    if (version == null || !version.layer().region().equals(call.caller().region())) {
      throw LambdaErrors.noSuchResource();
    }
    return get(call, version);
  }

  private ObjectNode get(OperationCall call, LayerId.Version version) {
    return environment
        .records()
        .read(
            records -> {
              LayerFinder.checkShared(records, version, call.caller().accountId());
              return whole(
                  call,
                  version.layer(),
                  LayerFinder.find(records, version).orElseThrow(LambdaErrors::noSuchResource));
            });
  }

  /** AWS: one that is not there can be deleted; source: reported by users of AWS's clients. */
  ObjectNode deleteLayerVersion(OperationCall call) {
    LayerId.Version version = LayerId.own(call).version(call);
    String parent = version.layer().parent();
    String id = LambdaRecords.layerVersionId(version.number());
    return environment
        .records()
        .write(
            records -> {
              records.delete(LambdaRecords.LAYER_VERSION, parent, id);
              records.delete(LambdaRecords.LAYER_POLICY, parent, id);
              records.afterCommit(environment.preparations()::deleteUnusedSoon);
              return Json.object();
            });
  }
}

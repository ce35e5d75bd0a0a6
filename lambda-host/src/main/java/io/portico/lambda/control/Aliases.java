package io.portico.lambda.control;

import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.json.Json;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import io.portico.lambda.model.AliasRecord;
import io.portico.lambda.model.LambdaRecords;
import io.portico.lambda.model.VersionConfiguration;
import io.portico.lambda.model.VersionRecord;
import io.portico.lambda.snapshot.FunctionId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Aliases: names for versions. AWS: source: recorded, facts LAM-22. */
final class Aliases {
  private final LambdaEnvironment environment;
  private final CatalogUpdates catalog;
  private final FunctionBelongings belongings;

  Aliases(LambdaEnvironment environment) {
    this.environment = environment;
    this.catalog = new CatalogUpdates(environment);
    this.belongings = new FunctionBelongings(catalog);
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateAlias", this::createAlias)
        .add("GetAlias", this::getAlias)
        .add("ListAliases", this::listAliases)
        .add("UpdateAlias", this::updateAlias)
        .add("DeleteAlias", this::deleteAlias);
  }

  ObjectNode createAlias(OperationCall call) {
    Input input = call.input();
    FunctionId id = FunctionReference.own(call).id();
    Map<String, Double> weights = weights(input);
    String description = input.stringOrNull("Description");
    AliasRecord alias =
        new AliasRecord(
            input.string("Name"),
            input.string("FunctionVersion"),
            description == null ? "" : description,
            weights == null ? Map.of() : weights,
            LambdaEnvironment.newRevision());
    return environment
        .records()
        .write(
            records -> {
              if (FunctionFinder.alias(records, id, alias.name()).isPresent()) {
                // AWS: source: reported by users of AWS's clients.
                throw LambdaErrors.conflict("Alias already exists: " + id.arn(alias.name()));
              }
              return put(records, id, alias);
            });
  }

  /** AWS: whether there is the function is not told from whether there is the alias; inferred. */
  ObjectNode getAlias(OperationCall call) {
    FunctionId id = FunctionReference.own(call).id();
    String name = call.input().string("Name");
    return environment
        .records()
        .read(
            records ->
                FunctionFinder.alias(records, id, name)
                    .map(alias -> reply(id, alias))
                    .orElseThrow(() -> LambdaErrors.aliasNotFound(id.arn(name))));
  }

  /**
   * AWS: {@code FunctionVersion} leaves "aliases that invoke that version"; source: documented.
   * That it finds the additional version of a weighted alias too is inferred.
   */
  ObjectNode listAliases(OperationCall call) {
    Input input = call.input();
    FunctionId id = FunctionReference.own(call).id();
    String version = input.stringOrNull("FunctionVersion");
    return environment
        .records()
        .read(
            records -> {
              FunctionFinder.function(records, new FunctionReference(id, null));
              return Marked.of(input)
                  .answer(
                      "Aliases",
                      (after, limit) -> after(records, id, version, after, limit),
                      AliasRecord::name,
                      alias -> reply(id, alias));
            });
  }

  private static List<AliasRecord> after(
      RecordReader records, FunctionId id, @Nullable String version, String after, int limit) {
    String parent = LambdaRecords.parent(id.scope(), id.name());
    if (version == null) {
      return records.list(LambdaRecords.ALIAS, parent, after, limit);
    }
    return records.list(LambdaRecords.ALIAS, parent, after, Integer.MAX_VALUE).stream()
        .filter(alias -> alias.invokes(version))
        .limit(limit)
        .toList();
  }

  /** What a call does not name stays; routing without weights ends the routing. */
  ObjectNode updateAlias(OperationCall call) {
    Input input = call.input();
    FunctionId id = FunctionReference.own(call).id();
    String name = input.string("Name");
    Map<String, Double> weights = weights(input);
    return environment
        .records()
        .write(
            records -> {
              // AWS: other words than GetAlias has; source: reported by users of AWS's clients.
              AliasRecord alias =
                  FunctionFinder.alias(records, id, name)
                      .orElseThrow(() -> LambdaErrors.notFound("Alias not found: " + id.arn(name)));
              String wanted = input.stringOrNull("RevisionId");
              if (wanted != null && !wanted.equals(alias.revisionId())) {
                throw LambdaErrors.wrongRevision();
              }
              String version = input.stringOrNull("FunctionVersion");
              String description = input.stringOrNull("Description");
              return put(
                  records,
                  id,
                  new AliasRecord(
                      name,
                      version == null ? alias.version() : version,
                      description == null ? alias.description() : description,
                      weights == null ? alias.additionalWeights() : weights,
                      LambdaEnvironment.newRevision()));
            });
  }

  /** AWS: an alias that is not there can be deleted; source: reported by users of AWS's clients. */
  ObjectNode deleteAlias(OperationCall call) {
    FunctionId id = FunctionReference.own(call).id();
    String name = call.input().string("Name");
    return environment
        .records()
        .write(
            records -> {
              FunctionFinder.function(records, new FunctionReference(id, null));
              if (FunctionFinder.alias(records, id, name).isPresent()) {
                belongings.deleteAlias(records, id, name);
              }
              return Json.object();
            });
  }

  /** The weights that a call gives, or null where it says nothing of routing. */
  private static @Nullable Map<String, Double> weights(Input input) {
    Input routing = input.structureOrNull("RoutingConfig");
    if (routing == null) {
      return null;
    }
    Map<String, Double> weights = new LinkedHashMap<>();
    if (routing.json().get("AdditionalVersionWeights") instanceof ObjectNode given) {
      for (Map.Entry<String, JsonNode> entry : given.properties()) {
        if (entry.getValue().isNumber()) {
          weights.put(entry.getKey(), entry.getValue().doubleValue());
        }
      }
    }
    if (weights.size() > 1) {
      // AWS: an alias points to two versions at most; source: documented, "Implement Lambda canary
      // deployments using a weighted alias"; its words are inferred.
      throw LambdaErrors.invalidParameter(
          "Number of items in AdditionalVersionWeights cannot be greater than 1");
    }
    return weights;
  }

  private ObjectNode put(RecordWriter records, FunctionId id, AliasRecord alias) {
    check(records, id, alias);
    records.put(
        LambdaRecords.ALIAS, LambdaRecords.parent(id.scope(), id.name()), alias.name(), alias);
    catalog.alias(records, id, alias);
    return reply(id, alias);
  }

  private static void check(RecordReader records, FunctionId id, AliasRecord alias) {
    version(records, id, alias.version());
    for (String additional : alias.additionalWeights().keySet()) {
      if (alias.version().equals(VersionRecord.LATEST)) {
        // AWS: both versions must be published; source: documented, as above; its words are
        // inferred.
        throw LambdaErrors.invalidParameter(
            "$LATEST is not supported for an alias pointing to more than 1 version");
      }
      if (alias.version().equals(additional)) {
        // AWS: source: reported by users of AWS's clients.
        throw LambdaErrors.invalidParameter(
            ("Invalid function version %s. Function version %s is already included in routing"
                    + " configuration.")
                .formatted(additional, additional));
      }
      checkAlike(
          version(records, id, alias.version()).configuration(),
          version(records, id, additional).configuration());
    }
  }

  /**
   * AWS: versions that share an alias have one role and one dead-letter queue, or none; source:
   * documented, "Implement Lambda canary deployments using a weighted alias".
   */
  private static void checkAlike(VersionConfiguration first, VersionConfiguration second) {
    if (!first.role().equals(second.role())) {
      // AWS: source: reported by users,
      // https://github.com/serverless-heaven/serverless-aws-alias/issues/64.
      throw LambdaErrors.invalidParameter(
          "Specified versions must be associated with the same execution role");
    }
    if (!deadLetters(first).equals(deadLetters(second))) {
      // AWS: its words are inferred from those above.
      throw LambdaErrors.invalidParameter(
          "Specified versions must be associated with the same dead-letter configuration");
    }
  }

  private static String deadLetters(VersionConfiguration configuration) {
    return configuration.others().path("DeadLetterConfig").path("TargetArn").asString("");
  }

  /** AWS: names a missing version by its ARN; source: reported by users of AWS's clients. */
  private static VersionRecord version(RecordReader records, FunctionId id, String version) {
    FunctionReference reference = new FunctionReference(id, version);
    return FunctionFinder.version(records, reference, FunctionFinder.function(records, reference));
  }

  private static ObjectNode reply(FunctionId id, AliasRecord alias) {
    ObjectNode reply =
        Json.object()
            .put("AliasArn", id.arn(alias.name()))
            .put("Name", alias.name())
            .put("FunctionVersion", alias.version())
            .put("Description", alias.description())
            .put("RevisionId", alias.revisionId());
    if (!alias.additionalWeights().isEmpty()) {
      ObjectNode weights = reply.putObject("RoutingConfig").putObject("AdditionalVersionWeights");
      alias.additionalWeights().forEach(weights::put);
    }
    return reply;
  }
}

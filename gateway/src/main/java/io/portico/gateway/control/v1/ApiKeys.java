package io.portico.gateway.control.v1;

import static io.portico.gateway.control.patch.PatchEdits.text;
import static io.portico.gateway.control.patch.PatchEdits.truth;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.patch.PatchChange;
import io.portico.gateway.control.patch.PatchEdits;
import io.portico.gateway.control.patch.PatchOperation;
import io.portico.gateway.control.patch.PatchRefusal;
import io.portico.gateway.control.patch.PatchTable;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.InputMaps;
import io.portico.gateway.control.protocol.Matching;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.Page;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.rules.TagRules;
import io.portico.gateway.model.ApiKeyRecord;
import io.portico.gateway.model.ApiKeyValueRecord;
import io.portico.gateway.model.UsagePlanKeyRecord;
import io.portico.gateway.store.RecordCodec;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** API keys. */
public final class ApiKeys {
  private static final int ID_LENGTH = 10;
  private static final int LONGEST_DESCRIPTION = 125_000;

  // AWS: the order of the paths; source: KEY-05. /stages: documented, patch operations; its labels
  // are in no reply.
  static final PatchTable TABLE =
      PatchTable.refusing(PatchRefusal.NAMING_PATHS)
          .row("replace", "/description", "any text; empty unsets", text("description"))
          .row("replace", "/enabled", "true; else false", truth("enabled"))
          .row("replace", "/name", "any text; empty unsets", text("name"))
          .row("replace", "/customerId", "any text; empty unsets", text("customerId"))
          .row(
              "add remove",
              "/stages",
              "{api}/{stage}; shown only, usage plans are what opens stages",
              ApiKeys::stageKey)
          // AWS: in its table of patch operations, but no API key has them; source: documented,
          // ApiKey.
          .row("add remove", "/labels", "any text, which nothing shows", change -> {})
          .build();

  private final V1Environment environment;

  ApiKeys(V1Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateApiKey", this::createApiKey)
        .add("GetApiKey", this::getApiKey)
        .add("GetApiKeys", this::getApiKeys)
        .add("UpdateApiKey", this::updateApiKey)
        .add("DeleteApiKey", this::deleteApiKey);
  }

  // AWS: an empty value is as good as none; source: KEY-03.
  public ObjectNode createApiKey(OperationCall call) {
    Input input = call.input();
    checkDescription(input.stringOrNull("description"));
    String given = input.stringOrNull("value");
    String value = given == null || given.isEmpty() ? ApiKeyValues.random() : given;
    ApiKeyValues.check(value);
    Map<String, String> tags = TagRules.sent(call, environment.apiQuotas());
    return environment.records().write(records -> create(records, call, value, tags));
  }

  private ObjectNode create(
      RecordWriter records, OperationCall call, String value, @Nullable Map<String, String> tags) {
    Input input = call.input();
    String scope = call.caller().scope();
    String digest = TextDigest.of(value);
    if (records.find(RecordTypes.API_KEY_VALUE, scope, digest).isPresent()) {
      // AWS: source: reported by users of AWS's clients.
      throw ServiceException.conflict("API Key already exists");
    }
    Instant now = environment.now();
    ApiKeyRecord key =
        new ApiKeyRecord(
            newId(environment, records, scope),
            value,
            emptyAsNull(input.stringOrNull("name")),
            emptyAsNull(input.stringOrNull("customerId")),
            emptyAsNull(input.stringOrNull("description")),
            input.bool("enabled"),
            now,
            now,
            stageKeys(records, call),
            InputMaps.orNull(tags));
    records.put(RecordTypes.API_KEY, scope, key.id(), key);
    environment
        .quotas()
        .check(Quota.API_KEYS, scope, () -> records.count(RecordTypes.API_KEY, scope));
    records.put(RecordTypes.API_KEY_VALUE, scope, digest, new ApiKeyValueRecord(key.id()));
    return UsageReply.apiKey(key, true);
  }

  /** An id for a new API key. */
  static String newId(V1Environment environment, RecordReader records, String scope) {
    return environment.newId(records, RecordTypes.API_KEY, scope, ID_LENGTH);
  }

  private static @Nullable String emptyAsNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  // AWS: source: KEY-04.
  static void checkDescription(@Nullable String description) {
    if (description != null && description.length() > LONGEST_DESCRIPTION) {
      throw ServiceException.badRequest("Invalid API Key description specified.");
    }
  }

  private static List<String> stageKeys(RecordReader records, OperationCall call) {
    Set<String> keys = new LinkedHashSet<>();
    JsonNode sent = call.input().json().get("stageKeys");
    if (sent instanceof ArrayNode stages) {
      for (JsonNode stage : stages) {
        keys.add(stage.path("restApiId").asString("") + "/" + stage.path("stageName").asString(""));
      }
    }
    checkStages(records, call, keys);
    return List.copyOf(keys);
  }

  // AWS: the text is assumed, after that of stages elsewhere.
  private static void checkStages(
      RecordReader records, OperationCall call, Collection<String> keys) {
    for (String key : keys) {
      int slash = key.indexOf('/');
      String apiId = slash < 0 ? key : key.substring(0, slash);
      if (slash < 0
          || records.find(RecordTypes.REST_API, call.caller().scope(), apiId).isEmpty()
          || records.find(RecordTypes.STAGE, apiId, key.substring(slash + 1)).isEmpty()) {
        throw ServiceException.badRequest("Invalid stage identifier specified");
      }
    }
  }

  private static void stageKey(PatchChange change) {
    ArrayNode keys = PatchEdits.array(change.record(), "stageKeys");
    PatchEdits.removeFrom(keys, change.text());
    if (change.adds()) {
      keys.add(change.text());
    }
  }

  static ApiKeyRecord find(RecordReader records, OperationCall call, String id) {
    // AWS: source: reported by users of AWS's clients.
    return records
        .find(RecordTypes.API_KEY, call.caller().scope(), id)
        .orElseThrow(() -> ServiceException.notFound("Invalid API Key identifier specified"));
  }

  private static ApiKeyRecord find(RecordReader records, OperationCall call) {
    return find(records, call, call.input().string("apiKey"));
  }

  public ObjectNode getApiKey(OperationCall call) {
    boolean withValue = call.input().bool("includeValue");
    return environment
        .records()
        .read(records -> UsageReply.apiKeyWithTags(find(records, call), withValue));
  }

  // AWS: that a name is looked for by its beginning is assumed.
  public ObjectNode getApiKeys(OperationCall call) {
    Input input = call.input();
    Page page = Page.v1(input);
    boolean withValues = input.bool("includeValues");
    String name = input.stringOrNull("nameQuery");
    String customerId = input.stringOrNull("customerId");
    Predicate<ApiKeyRecord> wanted =
        key ->
            (name == null || (key.name() != null && key.name().startsWith(name)))
                && (customerId == null || customerId.equals(key.customerId()));
    return environment
        .records()
        .read(
            records ->
                page.answer(
                    (after, limit) ->
                        Matching.list(
                            batch ->
                                records.list(
                                    RecordTypes.API_KEY,
                                    call.caller().scope(),
                                    batch.after(),
                                    batch.limit()),
                            ApiKeyRecord::id,
                            wanted,
                            new Matching.Batch(after, limit)),
                    ApiKeyRecord::id,
                    key -> UsageReply.apiKey(key, withValues)));
  }

  public ObjectNode updateApiKey(OperationCall call) {
    List<PatchOperation> changes = PatchOperation.of(call);
    return environment
        .records()
        .write(
            records -> {
              String scope = call.caller().scope();
              ApiKeyRecord before = find(records, call);
              ObjectNode tree = TABLE.apply(RecordCodec.tree(before), changes);
              tree.put("lastUpdatedDate", environment.now().toString());
              ApiKeyRecord key = RecordCodec.record(tree, ApiKeyRecord.class);
              checkDescription(key.description());
              if (!key.stageKeys().equals(before.stageKeys())) {
                checkStages(records, call, key.stageKeys());
              }
              records.put(RecordTypes.API_KEY, scope, key.id(), key);
              environment.publisher().apiKeysChanged(records, scope, List.of(key.id()));
              return UsageReply.apiKeyWithTags(key, false);
            });
  }

  // AWS: a key that is gone is in no plan any more: assumed.
  public ObjectNode deleteApiKey(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              String scope = call.caller().scope();
              ApiKeyRecord key = find(records, call);
              String plans = scope + "/" + key.id();
              for (UsagePlanKeyRecord plan : records.list(RecordTypes.API_KEY_PLAN, plans)) {
                records.delete(
                    RecordTypes.USAGE_PLAN_KEY, scope + "/" + plan.usagePlanId(), key.id());
              }
              records.deleteAll(RecordTypes.API_KEY_PLAN, plans);
              records.delete(RecordTypes.API_KEY_VALUE, scope, TextDigest.of(key.value()));
              records.delete(RecordTypes.API_KEY, scope, key.id());
              environment.publisher().apiKeyDeleted(records, scope, key);
              return Reply.empty();
            });
  }
}

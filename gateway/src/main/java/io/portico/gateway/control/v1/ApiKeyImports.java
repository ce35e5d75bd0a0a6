package io.portico.gateway.control.v1;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.rules.UsagePlanStages;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.ApiKeyRecord;
import io.portico.gateway.model.ApiKeyValueRecord;
import io.portico.gateway.model.UsagePlanKeyRecord;
import io.portico.gateway.model.UsagePlanRecord;
import io.portico.gateway.store.RecordWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Imports of API keys from comma-separated values.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-key-file-format.html">API
 *     key file format</a>
 */
public final class ApiKeyImports {
  private static final String KEY = "Key";
  private static final String NAME = "Name";
  private static final int MOST_WARNINGS = 1_000;

  private final V1Environment environment;

  ApiKeyImports(V1Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations.add("ImportApiKeys", this::importApiKeys);
  }

  public ObjectNode importApiKeys(OperationCall call) {
    CsvTable table = CsvTable.parse(new String(call.input().bytes("body"), StandardCharsets.UTF_8));
    checkColumns(table);
    return environment
        .records()
        .write(
            records -> {
              Import imported = new Import(records, call.caller().scope(), table);
              table.rows().forEach(imported::row);
              imported.checkCount();
              if (call.input().bool("failOnWarnings")) {
                imported.refuseWarnings();
              }
              environment.publisher().apiKeysChanged(records, call.caller().scope(), imported.ids);
              return imported.reply();
            });
  }

  // AWS: the text and that the key comes first; source: issue 1280 of boto3.
  private static void checkColumns(CsvTable table) {
    for (String column : List.of(KEY, NAME)) {
      if (!table.has(column)) {
        throw ServiceException.badRequest("Missing required column '" + column + "'");
      }
    }
  }

  /** One import: what it has made, and what it could not. */
  // AWS: that a row which cannot be imported is left out with a warning is documented
  // (failonwarnings: "whether to rollback or not when error is encountered"); the texts are
  // assumed.
  private final class Import {
    private final RecordWriter records;
    private final String scope;
    private final CsvTable table;
    private final Instant now = environment.now();
    private final Set<String> ids = new LinkedHashSet<>();
    private final List<String> warnings = new ArrayList<>();
    private boolean addsKeys;

    Import(RecordWriter records, String scope, CsvTable table) {
      this.records = records;
      this.scope = scope;
      this.table = table;
    }

    void row(CsvTable.Row row) {
      String value = table.field(row, KEY);
      try {
        ApiKeyValues.check(value);
        ApiKeys.checkDescription(table.field(row, "Description"));
      } catch (ServiceException e) {
        warn(row, e.text());
        return;
      }
      String digest = TextDigest.of(value);
      ApiKeyRecord key = key(row, value, digest);
      records.put(RecordTypes.API_KEY, scope, key.id(), key);
      records.put(RecordTypes.API_KEY_VALUE, scope, digest, new ApiKeyValueRecord(key.id()));
      ids.add(key.id());
      for (String planId : table.field(row, "UsagePlanIds").split(",", -1)) {
        if (!planId.isBlank()) {
          addTo(planId.strip(), key.id(), row);
        }
      }
    }

    // AWS: a value that is there already is imported over; source: documented. What the file has no
    // column for is a default then, too: assumed.
    private ApiKeyRecord key(CsvTable.Row row, String value, String digest) {
      Optional<ApiKeyRecord> known =
          records
              .find(RecordTypes.API_KEY_VALUE, scope, digest)
              .flatMap(found -> records.find(RecordTypes.API_KEY, scope, found.keyId()));
      addsKeys |= known.isEmpty();
      return new ApiKeyRecord(
          known.map(ApiKeyRecord::id).orElseGet(() -> ApiKeys.newId(environment, records, scope)),
          value,
          emptyAsNull(table.field(row, NAME)),
          known.map(ApiKeyRecord::customerId).orElse(null),
          emptyAsNull(table.field(row, "Description")),
          enabled(table.field(row, "Enabled")),
          known.map(ApiKeyRecord::createdDate).orElse(now),
          now,
          known.map(ApiKeyRecord::stageKeys).orElse(List.of()),
          known.map(ApiKeyRecord::tags).orElse(null));
    }

    private static @Nullable String emptyAsNull(String text) {
      return text.isEmpty() ? null : text;
    }

    // AWS: true where nothing is said; source: documented. That anything else is false is assumed,
    // after GEN-24.
    private static boolean enabled(String text) {
      return text.isEmpty() || text.equalsIgnoreCase("true");
    }

    private void addTo(String planId, String keyId, CsvTable.Row row) {
      Optional<UsagePlanRecord> plan = records.find(RecordTypes.USAGE_PLAN, scope, planId);
      if (plan.isEmpty()) {
        warn(row, "Invalid Usage Plan ID specified: " + planId);
        return;
      }
      String parent = scope + "/" + planId;
      if (records.find(RecordTypes.USAGE_PLAN_KEY, parent, keyId).isPresent()) {
        return;
      }
      try {
        UsagePlanStages.checkKey(records, scope, plan.get(), keyId);
      } catch (ServiceException e) {
        warn(row, e.text());
        return;
      }
      UsagePlanKeyRecord added = new UsagePlanKeyRecord(planId, keyId);
      records.put(RecordTypes.USAGE_PLAN_KEY, parent, keyId, added);
      String plansOfKey = scope + "/" + keyId;
      records.put(RecordTypes.API_KEY_PLAN, plansOfKey, planId, added);
      environment
          .quotas()
          .check(
              Quota.USAGE_PLANS_OF_KEY,
              "API key " + keyId,
              () -> records.count(RecordTypes.API_KEY_PLAN, plansOfKey));
    }

    void checkCount() {
      if (addsKeys) {
        environment
            .quotas()
            .check(Quota.API_KEYS, scope, () -> records.count(RecordTypes.API_KEY, scope));
      }
    }

    private void warn(CsvTable.Row row, String text) {
      if (warnings.size() < MOST_WARNINGS) {
        warnings.add("Line " + row.line() + ": " + text);
      }
    }

    // AWS: the text is assumed, after that of imported APIs.
    void refuseWarnings() {
      if (!warnings.isEmpty()) {
        throw ServiceException.badRequest(
            "Warnings found during import:\n\t" + String.join("\n\t", warnings));
      }
    }

    ObjectNode reply() {
      ObjectNode reply = Json.object();
      ArrayNode list = reply.putArray("ids");
      ids.forEach(list::add);
      if (!warnings.isEmpty()) {
        ArrayNode told = reply.putArray("warnings");
        warnings.forEach(told::add);
      }
      return reply;
    }
  }
}

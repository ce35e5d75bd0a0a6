package io.portico.gateway.control.iam;

import io.portico.gateway.json.Json;
import io.portico.gateway.model.iam.ManagedPolicyRecord;
import io.portico.gateway.model.iam.PolicyVersionRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * AWS's own managed policies, as far as they are known here: those that functions and APIs use. Of
 * each only the default version. AWS: source: documented,
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
final class AwsPolicies {
  /** Stands in ARNs where an account does. */
  static final String OWNER = "aws";

  private static final String TABLE = "aws-policies.json";

  private final Map<String, ManagedPolicyRecord> byArn = new TreeMap<>();

  /** ARNs of all whose names are known, by the name in lower case. */
  private final Map<String, String> arns = new HashMap<>();

  private AwsPolicies(JsonNode table) {
    for (JsonNode policy : table.path("policies")) {
      ManagedPolicyRecord record = record(policy);
      String arn = IamReply.arn(OWNER, record);
      byArn.put(arn, record);
      arns.put(IamRecords.id(record.name()), arn);
    }
    table
        .path("withoutDocument")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .forEach(
                        name ->
                            arns.put(
                                IamRecords.id(name.asString()),
                                "arn:aws:iam::"
                                    + OWNER
                                    + ":policy"
                                    + path.getKey()
                                    + name.asString())));
  }

  private static ManagedPolicyRecord record(JsonNode policy) {
    Instant updated = Instant.parse(policy.path("UpdateDate").asString());
    PolicyVersionRecord version =
        new PolicyVersionRecord(
            policy.path("Version").intValue(), Json.text(policy.path("Document")), updated);
    return new ManagedPolicyRecord(
        policy.path("Name").asString(),
        "",
        policy.path("Path").asString(),
        policy.path("Description").asString(),
        Instant.parse(policy.path("CreateDate").asString()),
        updated,
        new ManagedPolicyRecord.Versions(version.number(), version.versionId(), List.of(version)),
        Map.of());
  }

  /** Read once, when the first of them is asked for. */
  private static final class Loaded {
    static final AwsPolicies POLICIES = read();
  }

  private static AwsPolicies read() {
    try (InputStream table = AwsPolicies.class.getResourceAsStream(TABLE)) {
      if (table == null) {
        throw new IllegalStateException("the table of AWS's policies is missing");
      }
      return new AwsPolicies(Json.parse(table.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All that are known, without those of which only the name is. */
  static Collection<ManagedPolicyRecord> all() {
    return Loaded.POLICIES.byArn.values();
  }

  /** The policy, or null where it is not known, or only its name. */
  static @Nullable ManagedPolicyRecord find(PolicyArn arn) {
    return Loaded.POLICIES.byArn.get(arn.text());
  }

  /**
   * Whether AWS may have a policy of that ARN: it has more than are known here, and none with the
   * name of a known one elsewhere.
   */
  static boolean mayBe(PolicyArn arn) {
    String known = Loaded.POLICIES.arns.get(IamRecords.id(arn.name()));
    return known == null || known.equals(arn.text());
  }
}

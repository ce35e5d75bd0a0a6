package io.portico.gateway.control.iam;

import io.portico.gateway.model.iam.ManagedPolicyRecord;
import io.portico.gateway.model.iam.RoleRecord;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordType;
import io.portico.gateway.store.RecordWriter;
import java.util.Locale;
import java.util.Optional;

/** The kinds of IAM's records and where they stand. */
public final class IamRecords {
  /** Parent: the account; id: the name in lower case. */
  static final RecordType<RoleRecord> ROLE = new RecordType<>("iam-role", RoleRecord.class);

  /** Parent: the account; id: the name in lower case. */
  static final RecordType<ManagedPolicyRecord> POLICY =
      new RecordType<>("iam-policy", ManagedPolicyRecord.class);

  private IamRecords() {}

  // AWS: names are not told apart by casing; source: documented,
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html.
  static String id(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The role of exactly that name. */
  public static Optional<RoleRecord> role(RecordReader records, String account, String name) {
    return records.find(ROLE, account, id(name)).filter(role -> role.name().equals(name));
  }

  static void put(RecordWriter records, String account, RoleRecord role) {
    records.put(ROLE, account, id(role.name()), role);
  }

  static void put(RecordWriter records, String account, ManagedPolicyRecord policy) {
    records.put(POLICY, account, id(policy.name()), policy);
  }
}

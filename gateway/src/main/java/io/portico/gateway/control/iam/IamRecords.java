package io.portico.gateway.control.iam;

import io.portico.gateway.model.iam.AccessKeyRecord;
import io.portico.gateway.model.iam.InstanceProfileRecord;
import io.portico.gateway.model.iam.ManagedPolicyRecord;
import io.portico.gateway.model.iam.RoleDeletionRecord;
import io.portico.gateway.model.iam.RoleRecord;
import io.portico.gateway.model.iam.UserRecord;
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

  /** Parent: the account; id: the name in lower case. */
  static final RecordType<UserRecord> USER = new RecordType<>("iam-user", UserRecord.class);

  /** Parent: the account; id: the name in lower case. */
  static final RecordType<InstanceProfileRecord> INSTANCE_PROFILE =
      new RecordType<>("iam-instance-profile", InstanceProfileRecord.class);

  /** Parent: empty; id: the access key id. */
  static final RecordType<AccessKeyRecord> ACCESS_KEY =
      new RecordType<>("iam-access-key", AccessKeyRecord.class);

  /** The same by whose it is, without secrets. Parent: the owner's id; id: the access key id. */
  static final RecordType<String> KEY_OF_OWNER = new RecordType<>("iam-key-of-owner", String.class);

  /** Parent: the account; id: the task's. */
  static final RecordType<RoleDeletionRecord> ROLE_DELETION =
      new RecordType<>("iam-role-deletion", RoleDeletionRecord.class);

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

  /** The user of exactly that name. */
  static Optional<UserRecord> user(RecordReader records, String account, String name) {
    return records.find(USER, account, id(name)).filter(user -> user.name().equals(name));
  }

  static void put(RecordWriter records, String account, UserRecord user) {
    records.put(USER, account, id(user.name()), user);
  }

  static void put(RecordWriter records, String account, InstanceProfileRecord profile) {
    records.put(INSTANCE_PROFILE, account, id(profile.name()), profile);
  }

  static void put(RecordWriter records, String account, RoleRecord role) {
    records.put(ROLE, account, id(role.name()), role);
  }

  static void put(RecordWriter records, String account, ManagedPolicyRecord policy) {
    records.put(POLICY, account, id(policy.name()), policy);
  }
}

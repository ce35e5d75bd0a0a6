package io.portico.gateway.control.iam;

import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.model.iam.IdentityPolicies;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.util.function.UnaryOperator;

/** What permissions policies belong to. */
enum PolicyHolder {
  ROLE("Role", 10_240) {
    @Override
    IdentityPolicies policies(RecordReader records, OperationCall call) {
      return Roles.find(records, call).policies();
    }

    @Override
    void change(RecordWriter records, OperationCall call, UnaryOperator<IdentityPolicies> change) {
      Roles.changeOwn(records, call, role -> role.with(change.apply(role.policies())));
    }
  },
  USER("User", 2_048) {
    @Override
    IdentityPolicies policies(RecordReader records, OperationCall call) {
      return Users.find(records, call).policies();
    }

    @Override
    void change(RecordWriter records, OperationCall call, UnaryOperator<IdentityPolicies> change) {
      Users.change(records, call, user -> user.with(change.apply(user.policies())));
    }
  };

  private final String noun;
  private final int mostCharacters;

  /**
   * @param noun as operations name it
   * @param mostCharacters AWS: of all inline documents together, white space aside; source:
   *     documented, IAM and STS quotas
   */
  PolicyHolder(String noun, int mostCharacters) {
    this.noun = noun;
    this.mostCharacters = mostCharacters;
  }

  /** The policies of the one that a call names. */
  abstract IdentityPolicies policies(RecordReader records, OperationCall call);

  /** Changes them. */
  abstract void change(
      RecordWriter records, OperationCall call, UnaryOperator<IdentityPolicies> change);

  /** Such as {@code Role}: what stands in the names of operations. */
  String noun() {
    return noun;
  }

  /** The member of an input that names one. */
  String member() {
    return noun + "Name";
  }

  int mostCharacters() {
    return mostCharacters;
  }
}

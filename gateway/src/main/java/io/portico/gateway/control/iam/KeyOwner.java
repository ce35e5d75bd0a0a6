package io.portico.gateway.control.iam;

import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.model.iam.AccessKeyRecord;
import io.portico.gateway.model.iam.UserRecord;
import io.portico.gateway.store.RecordReader;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose access keys are: a user or an account's root.
 *
 * @param id the user's, or the account's number
 * @param user null for the root
 */
public record KeyOwner(String account, String id, String arn, @Nullable UserRecord user) {
  private static final String TEMPORARY = UniqueId.TEMPORARY_ACCESS_KEY;

  static KeyOwner of(String account, UserRecord user) {
    return new KeyOwner(account, user.id(), IamReply.arn(account, user), user);
  }

  static KeyOwner root(String account) {
    return new KeyOwner(account, account, "arn:aws:iam::" + account + ":root", null);
  }

  /** Whose a key is; nothing where it is nobody's any more. */
  public static Optional<KeyOwner> of(RecordReader records, AccessKeyRecord key) {
    String name = key.userName();
    if (name == null) {
      return Optional.of(root(key.accountId()));
    }
    return IamRecords.user(records, key.accountId(), name)
        .filter(user -> user.id().equals(key.ownerId()))
        .map(user -> of(key.accountId(), user));
  }

  /** The user of an ARN, if it is still the one of that id. */
  public static Optional<KeyOwner> ofUser(
      RecordReader records, String account, String arn, String id) {
    return IamRecords.user(records, account, arn.substring(arn.lastIndexOf('/') + 1))
        .filter(user -> user.id().equals(id))
        .map(user -> of(account, user));
  }

  /** The user whom a call names, else whoever has signed it. */
  static KeyOwner named(RecordReader records, OperationCall call) {
    return call.input().has("UserName")
        ? of(call.caller().accountId(), Users.find(records, call))
        : ofCaller(records, call);
  }

  /**
   * Whoever has signed a call.
   *
   * @throws io.portico.gateway.control.protocol.ServiceException where temporary credentials have
   */
  static KeyOwner ofCaller(RecordReader records, OperationCall call) {
    Caller caller = call.caller();
    String key = caller.accessKeyId();
    if (key != null && key.startsWith(TEMPORARY)) {
      // AWS: source: reported by users of AWS's clients.
      throw IamErrors.invalid("Must specify userName when calling with non-User credentials");
    }
    return ofKey(records, caller);
  }

  /**
   * Whose a caller's key is: its user's or root's, and the root's of his account where it was not
   * given out here.
   *
   * @throws io.portico.gateway.control.protocol.ServiceException {@code InvalidClientTokenId} where
   *     the key has ceased to be good, or its user to be there, since the call was admitted: nobody
   *     becomes root by that
   */
  public static KeyOwner ofKey(RecordReader records, Caller caller) {
    String key = caller.accessKeyId();
    AccessKeyRecord found = key == null ? null : KeyStore.find(records, key).orElse(null);
    if (found == null) {
      return root(caller.accountId());
    }
    return Optional.of(found)
        .filter(AccessKeyRecord::isActive)
        .flatMap(active -> of(records, active))
        .orElseThrow(IamErrors::invalidKey);
  }
}

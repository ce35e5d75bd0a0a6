package io.portico.gateway.control.sts;

import io.portico.gateway.aws.AccessKey;
import io.portico.gateway.aws.AwsPrincipal;
import io.portico.gateway.aws.Credentials;
import io.portico.gateway.aws.policy.IamIdentity;
import io.portico.gateway.aws.policy.Identities;
import io.portico.gateway.aws.policy.PermissionLimit;
import io.portico.gateway.aws.policy.PermissionLimit.Kind;
import io.portico.gateway.aws.policy.Policy;
import io.portico.gateway.aws.policy.Requester;
import io.portico.gateway.compute.Carrier;
import io.portico.gateway.control.iam.KeyOwner;
import io.portico.gateway.control.iam.KeyStore;
import io.portico.gateway.control.iam.RolePermissions;
import io.portico.gateway.control.iam.UserPermissions;
import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.model.iam.AccessKeyRecord;
import io.portico.gateway.model.iam.RoleRecord;
import io.portico.gateway.model.iam.SessionRecord;
import io.portico.gateway.model.iam.SessionRecord.SessionPolicies;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.Records;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Those who can sign: whoever has temporary credentials, and users and roots by their access keys.
 * Their policies are read whenever they are asked for, so that a change is in force at once.
 */
public final class SessionIdentities implements Identities {
  private final Records records;
  private final ServiceSessions services;
  private final Carrier carrier;

  /**
   * @param carrier of the threads that ask: an event loop does not wait for the store
   */
  public SessionIdentities(Records records, ServiceSessions services, Carrier carrier) {
    this.records = records;
    this.services = services;
    this.carrier = carrier;
  }

  /** The account for which a key was given out, or null where it was not. */
  public @Nullable String accountOf(String accessKeyId) {
    return session(accessKeyId).map(SessionRecord::accountId).orElse(null);
  }

  /**
   * Whom a caller stands for.
   *
   * @throws io.portico.gateway.control.protocol.ServiceException {@code ExpiredToken}
   */
  public AwsPrincipal principal(Caller caller, Instant now) {
    return records.read(reader -> Identity.of(services, reader, caller, now)).principal();
  }

  /** A service's without the store: calls of functions may be answered on an event loop. */
  private Optional<SessionRecord> session(String accessKeyId) {
    Optional<SessionRecord> service = services.find(accessKeyId);
    if (service.isPresent()) {
      return service;
    }
    carrier.computingForLong();
    return records.read(reader -> Sessions.find(reader, services, accessKeyId));
  }

  @Override
  public @Nullable AccessKey find(String accessKeyId) {
    SessionRecord session = session(accessKeyId).orElse(null);
    if (session == null) {
      return records.read(reader -> ofOwner(reader, accessKeyId)).orElse(null);
    }
    String secret = session.secretAccessKey();
    return secret == null
        ? null
        : new AccessKey(
            new Credentials(accessKeyId, secret, session.sessionToken()),
            new AwsPrincipal(session.accountId(), session.arn(), session.userId()),
            session.expiration());
  }

  /** The key of a user or a root, if it is active. */
  private static Optional<AccessKey> ofOwner(RecordReader reader, String accessKeyId) {
    return active(reader, accessKeyId)
        .flatMap(
            key ->
                KeyOwner.of(reader, key)
                    .map(
                        owner ->
                            new AccessKey(
                                new Credentials(accessKeyId, key.secretAccessKey(), null),
                                new AwsPrincipal(owner.account(), owner.arn(), owner.id()),
                                Instant.MAX)));
  }

  private static Optional<AccessKeyRecord> active(RecordReader reader, String accessKeyId) {
    return KeyStore.find(reader, accessKeyId).filter(AccessKeyRecord::isActive);
  }

  @Override
  public IamIdentity identify(AccessKey key) {
    carrier.computingForLong();
    return records.read(
        reader ->
            Sessions.find(reader, services, key.credentials().accessKeyId())
                .map(session -> identity(reader, session))
                .or(
                    () ->
                        active(reader, key.credentials().accessKeyId())
                            .flatMap(found -> KeyOwner.of(reader, found))
                            .map(owner -> UserPermissions.of(reader, owner)))
                .orElseGet(
                    () ->
                        IamIdentity.powerless(key.principal().accountId(), key.principal().arn())));
  }

  private static IamIdentity identity(RecordReader reader, SessionRecord session) {
    String roleArn = session.roleArn();
    if (roleArn == null) {
      return ofAccount(reader, session);
    }
    AssumedRole assumed = AssumedRole.of(roleArn);
    // A role of another account that a function names is not its own.
    if (assumed == null || !assumed.account().equals(session.accountId())) {
      return IamIdentity.powerless(session.accountId(), session.arn());
    }
    RoleRecord role = assumed.find(reader).orElse(null);
    if (role == null) {
      return new IamIdentity(
          requester(session, roleArn), roleArn, List.of(), limits(reader, session, null));
    }
    // AWS: who was a role that is deleted is nobody, though another one has its name; source:
    // documented, IAM User Guide, "IAM identifiers": unique IDs.
    if (!session.userId().startsWith(role.id() + ":")) {
      return IamIdentity.powerless(session.accountId(), session.arn());
    }
    String arn = RolePermissions.arn(session.accountId(), role);
    return new IamIdentity(
        requester(session, arn),
        arn,
        RolePermissions.of(reader, session.accountId(), role),
        limits(reader, session, role));
  }

  /** A session of GetSessionToken: its user's, or the root's. */
  private static IamIdentity ofAccount(RecordReader reader, SessionRecord session) {
    if (session.userId().equals(session.accountId())) {
      return IamIdentity.root(session.accountId());
    }
    return KeyOwner.ofUser(reader, session.accountId(), session.arn(), session.userId())
        .map(owner -> UserPermissions.of(reader, owner))
        .orElseGet(() -> IamIdentity.powerless(session.accountId(), session.arn()));
  }

  private static Requester.Signed requester(SessionRecord session, String roleArn) {
    return new Requester.Signed(session.accountId(), false, Set.of(session.arn(), roleArn));
  }

  private static List<PermissionLimit> limits(
      RecordReader reader, SessionRecord session, @Nullable RoleRecord role) {
    List<PermissionLimit> limits = new ArrayList<>();
    String boundary = role == null ? null : role.settings().permissionsBoundary();
    if (boundary != null) {
      limits.add(
          PermissionLimit.boundary(RolePermissions.managed(reader, session.accountId(), boundary)));
    }
    SessionPolicies policies = session.policies();
    if (policies != null) {
      List<Policy> ofSession = new ArrayList<>();
      if (policies.document() != null) {
        ofSession.add(Policy.ofIdentity(policies.document()));
      }
      policies
          .arns()
          .forEach(arn -> ofSession.add(RolePermissions.managed(reader, session.accountId(), arn)));
      limits.add(new PermissionLimit(Kind.SESSION, ofSession));
    }
    return limits;
  }
}

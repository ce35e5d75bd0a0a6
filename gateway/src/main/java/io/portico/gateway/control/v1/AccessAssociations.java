package io.portico.gateway.control.v1;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.domains.DomainNameArn;
import io.portico.gateway.control.domains.DomainNameRules;
import io.portico.gateway.control.protocol.Caller;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.InputMaps;
import io.portico.gateway.control.protocol.Matching;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.Page;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.quota.Quota;
import io.portico.gateway.control.rules.TagRules;
import io.portico.gateway.model.DomainNameAccessAssociationRecord;
import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Domain name access associations: which VPC endpoints reach private domain names. */
// AWS: the texts of refusals are assumed.
public final class AccessAssociations {
  private static final Pattern VPC_ENDPOINT = Pattern.compile("vpce-[a-z0-9]+");
  private static final String OTHER_ACCOUNTS = "OTHER_ACCOUNTS";

  private final V1Environment environment;

  AccessAssociations(V1Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateDomainNameAccessAssociation", this::createDomainNameAccessAssociation)
        .add("GetDomainNameAccessAssociations", this::getDomainNameAccessAssociations)
        .add("DeleteDomainNameAccessAssociation", this::deleteDomainNameAccessAssociation)
        .add("RejectDomainNameAccessAssociation", this::rejectDomainNameAccessAssociation);
  }

  public ObjectNode createDomainNameAccessAssociation(OperationCall call) {
    Input input = call.input();
    String source = input.string("accessAssociationSource");
    if (!VPC_ENDPOINT.matcher(source).matches()) {
      throw ServiceException.badRequest("Invalid access association source specified: " + source);
    }
    Map<String, String> tags = TagRules.sent(call, environment.apiQuotas());
    return environment
        .records()
        .write(
            records -> {
              // Who may not associate it learns nothing of it. AWS: this operation has no
              // NotFoundException; source: documented, its errors.
              DomainNameRecord domain =
                  privateDomain(records, call)
                      .filter(each -> ManagementPolicies.allows(each, call.caller()))
                      .orElseThrow(() -> ServiceException.badRequest(DomainNameRules.UNKNOWN));
              DomainNameAccessAssociationRecord association =
                  new DomainNameAccessAssociationRecord(
                      call.caller().accountId(),
                      call.caller().region(),
                      domain.accountId(),
                      domain.key(),
                      source,
                      input.string("accessAssociationSourceType"),
                      InputMaps.orNull(tags));
              if (records
                  .find(RecordTypes.ACCESS_ASSOCIATION, association.scope(), association.key())
                  .isPresent()) {
                throw ServiceException.conflict(
                    "A domain name access association with %s already exists for %s"
                        .formatted(source, DomainNameArn.of(domain)));
              }
              put(records, association);
              environment
                  .quotas()
                  .check(
                      Quota.ACCESS_ASSOCIATIONS,
                      association.scope(),
                      () -> records.count(RecordTypes.ACCESS_ASSOCIATION, association.scope()));
              return DomainNameReply.accessAssociation(association);
            });
  }

  private static Optional<DomainNameRecord> privateDomain(
      RecordReader records, OperationCall call) {
    DomainNameArn arn = DomainNameArn.ofDomainName(call.input().string("domainNameArn"));
    if (arn == null || !arn.region().equals(call.caller().region())) {
      throw ServiceException.badRequest("Invalid domain name ARN specified");
    }
    return records
        .find(RecordTypes.DOMAIN_NAME, arn.scope(call.caller().accountId()), arn.key())
        .filter(DomainNameRecord::privateOnly);
  }

  /** Stores an association under its own account and under that of the domain name. */
  static void put(RecordWriter records, DomainNameAccessAssociationRecord association) {
    records.put(
        RecordTypes.ACCESS_ASSOCIATION, association.scope(), association.key(), association);
    records.put(
        RecordTypes.DOMAIN_NAME_ACCESS, provider(association), position(association), association);
  }

  private static void delete(RecordWriter records, DomainNameAccessAssociationRecord association) {
    records.delete(RecordTypes.ACCESS_ASSOCIATION, association.scope(), association.key());
    records.delete(RecordTypes.DOMAIN_NAME_ACCESS, provider(association), position(association));
  }

  private static String provider(DomainNameAccessAssociationRecord association) {
    return association.domainNameAccount() + "/" + association.region();
  }

  private static String position(DomainNameAccessAssociationRecord association) {
    return association.accountId() + "/" + association.key();
  }

  /** Whether a domain name has any. */
  static boolean has(RecordReader records, DomainNameRecord domain) {
    return domain.privateOnly()
        && records.list(RecordTypes.DOMAIN_NAME_ACCESS, domain.scope()).stream()
            .anyMatch(association -> association.domainName().equals(domain.key()));
  }

  // AWS: that a list without an owner is that of one's own is assumed.
  public ObjectNode getDomainNameAccessAssociations(OperationCall call) {
    Page page = Page.v1(call.input());
    Caller caller = call.caller();
    return environment
        .records()
        .read(
            records ->
                OTHER_ACCOUNTS.equals(call.input().stringOrNull("resourceOwner"))
                    ? page.answer(
                        (after, limit) ->
                            Matching.list(
                                batch ->
                                    records.list(
                                        RecordTypes.DOMAIN_NAME_ACCESS,
                                        caller.scope(),
                                        batch.after(),
                                        batch.limit()),
                                AccessAssociations::position,
                                each -> !each.accountId().equals(caller.accountId()),
                                new Matching.Batch(after, limit)),
                        AccessAssociations::position,
                        DomainNameReply::accessAssociation)
                    : page.answer(
                        (after, limit) ->
                            records.list(
                                RecordTypes.ACCESS_ASSOCIATION, caller.scope(), after, limit),
                        DomainNameAccessAssociationRecord::key,
                        DomainNameReply::accessAssociation));
  }

  // AWS: only the account that has created it can delete it; source: documented,
  // DeleteDomainNameAccessAssociation.
  public ObjectNode deleteDomainNameAccessAssociation(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              DomainNameAccessAssociationRecord association =
                  find(records, call, call.caller().accountId());
              delete(records, association);
              return Reply.empty();
            });
  }

  // AWS: only the account of the domain name, and only those of others; source: documented,
  // RejectDomainNameAccessAssociation. That it is gone then is assumed.
  public ObjectNode rejectDomainNameAccessAssociation(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              DomainNameRecord domain =
                  privateDomain(records, call)
                      .filter(each -> each.accountId().equals(call.caller().accountId()))
                      .orElseThrow(DomainNameRules::unknown);
              DomainNameArn arn = arn(call);
              DomainNameAccessAssociationRecord association = find(records, call, arn.accountId());
              if (!association.domainName().equals(domain.key())
                  || !association.domainNameAccount().equals(domain.accountId())) {
                throw unknown();
              }
              if (association.accountId().equals(domain.accountId())) {
                throw ServiceException.badRequest(
                    "A domain name access association of your own account cannot be rejected. Delete"
                        + " it instead.");
              }
              delete(records, association);
              return Reply.empty();
            });
  }

  private static DomainNameArn arn(OperationCall call) {
    DomainNameArn arn =
        DomainNameArn.ofAssociation(call.input().string("domainNameAccessAssociationArn"));
    if (arn == null || !arn.region().equals(call.caller().region())) {
      throw ServiceException.badRequest("Invalid domain name access association ARN specified");
    }
    return arn;
  }

  /** The association that a call names, which must be of an account. */
  private static DomainNameAccessAssociationRecord find(
      RecordReader records, OperationCall call, String accountId) {
    DomainNameArn arn = arn(call);
    return records
        .find(RecordTypes.ACCESS_ASSOCIATION, arn.scope(accountId), arn.key())
        .filter(association -> association.accountId().equals(accountId))
        .orElseThrow(AccessAssociations::unknown);
  }

  static ServiceException unknown() {
    return ServiceException.notFound("Invalid domain name access association identifier specified");
  }
}

package io.portico.gateway.control.v1;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.domains.CertificateRules;
import io.portico.gateway.control.domains.DomainNameEndpoints;
import io.portico.gateway.control.domains.DomainNameRules;
import io.portico.gateway.control.domains.MappingTargets;
import io.portico.gateway.control.domains.StoredDomainNames;
import io.portico.gateway.control.patch.PatchEdits;
import io.portico.gateway.control.patch.PatchOperation;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.InputMaps;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.Page;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.EndpointRules;
import io.portico.gateway.control.rules.ResourcePolicy;
import io.portico.gateway.control.rules.TagRules;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.model.DomainNameRecord.UploadedCertificate;
import io.portico.gateway.model.RestApiRecord.EndpointConfiguration;
import io.portico.gateway.store.RecordCodec;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Custom domain names. */
public final class DomainNames {
  private static final int ID_LENGTH = 10;
  private static final String OTHER_ACCOUNTS = "OTHER_ACCOUNTS";

  private static final List<String> TEXTS =
      List.of(
          "certificateName",
          "certificateArn",
          "regionalCertificateName",
          "regionalCertificateArn",
          "ownershipVerificationCertificateArn",
          "securityPolicy",
          "endpointAccessMode",
          "routingMode",
          "policy");

  private final V1Environment environment;

  DomainNames(V1Environment environment) {
    this.environment = environment;
  }

  void register(Operations.Builder operations) {
    operations
        .add("CreateDomainName", this::createDomainName)
        .add("GetDomainName", this::getDomainName)
        .add("GetDomainNames", this::getDomainNames)
        .add("UpdateDomainName", this::updateDomainName)
        .add("DeleteDomainName", this::deleteDomainName);
  }

  public ObjectNode createDomainName(OperationCall call) {
    Input input = call.input();
    DomainNameRules.checkName(input.string("domainName"), environment.controlHosts());
    EndpointConfiguration endpoint =
        EndpointRules.of(input.structureOrNull("endpointConfiguration"));
    UploadedCertificate uploaded =
        CertificateUploads.of(input, endpoint, environment.clock().instant());
    Map<String, String> tags = TagRules.sent(call, environment.apiQuotas());
    return environment.records().write(records -> create(records, call, endpoint, uploaded, tags));
  }

  private ObjectNode create(
      RecordWriter records,
      OperationCall call,
      EndpointConfiguration endpoint,
      @Nullable UploadedCertificate uploaded,
      @Nullable Map<String, String> tags) {
    ObjectNode tree = sent(records, call, endpoint);
    if (uploaded != null) {
      tree.set("uploadedCertificate", RecordCodec.tree(uploaded));
    }
    InputMaps.set(tree, "tags", tags);
    DomainNameRecord domain = finished(tree, call);
    check(records, call, domain, null);
    StoredDomainNames.add(records, environment.publisher(), domain, environment.clock().instant());
    StoredDomainNames.checkQuota(records, environment.quotas(), domain);
    return DomainNameReply.domainName(domain);
  }

  private ObjectNode sent(
      RecordReader records, OperationCall call, EndpointConfiguration endpoint) {
    Input input = call.input();
    String name = input.string("domainName");
    ObjectNode tree = Json.object();
    tree.put("domainName", name);
    if (endpoint.types().contains(EndpointRules.PRIVATE)) {
      tree.put("domainNameId", newId(records, call.caller().scope(), name));
    }
    tree.put("accountId", call.caller().accountId());
    tree.put("region", call.caller().region());
    tree.put("certificateUploadDate", environment.now().toString());
    tree.set("endpointConfiguration", RecordCodec.tree(endpoint));
    tree.put("domainNameStatus", "AVAILABLE");
    // AWS: source: documented, the examples of create-domain-name of the AWS CLI.
    tree.put("securityPolicy", DomainNameRules.DEFAULT_SECURITY_POLICY);
    // AWS: source: documented,
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-routing-mode.html.
    tree.put("routingMode", DomainNameRules.DEFAULT_ROUTING_MODE);
    for (String member : TEXTS) {
      String text = input.stringOrNull(member);
      if (text != null && !text.isEmpty()) {
        tree.put(member, text);
      }
    }
    Input mutualTls = input.structureOrNull("mutualTlsAuthentication");
    if (mutualTls != null) {
      ObjectNode mutual = Json.object();
      PatchEdits.set(mutual, "truststoreUri", mutualTls.stringOrNull("truststoreUri"));
      PatchEdits.set(mutual, "truststoreVersion", mutualTls.stringOrNull("truststoreVersion"));
      if (!mutual.isEmpty()) {
        tree.set("mutualTlsAuthentication", mutual);
      }
    }
    return tree;
  }

  private String newId(RecordReader records, String scope, String name) {
    String id = environment.ids().next(ID_LENGTH);
    while (records.find(RecordTypes.DOMAIN_NAME, scope, name + "+" + id).isPresent()) {
      id = environment.ids().next(ID_LENGTH);
    }
    return id;
  }

  /** The domain name of a tree that has everything but what follows from the rest. */
  private DomainNameRecord finished(ObjectNode tree, OperationCall call) {
    DomainNameRecord domain = RecordCodec.record(tree, DomainNameRecord.class);
    DomainNameEndpoints.set(
        tree, domain.endpointConfiguration().types(), domain.region(), environment.ids());
    for (String member : List.of("policy", "managementPolicy")) {
      String policy = tree.path(member).asString("");
      PatchEdits.set(
          tree, member, ResourcePolicy.acceptedOfDomainName(policy, call.caller(), domain.key()));
    }
    return RecordCodec.record(tree, DomainNameRecord.class);
  }

  private void check(
      RecordReader records,
      OperationCall call,
      DomainNameRecord domain,
      @Nullable DomainNameRecord before) {
    DomainNameRules.check(domain, before);
    if (before != null) {
      MappingTargets.checkMappings(records, domain, before);
    }
    new CertificateRules(records, call.caller(), environment.certificates()).check(domain, before);
  }

  /** The domain name that a call names, by its id as well where it is private. */
  static DomainNameRecord find(RecordReader records, OperationCall call) {
    return StoredDomainNames.find(
        records,
        call.caller(),
        call.input().string("domainName"),
        call.input().stringOrNull("domainNameId"));
  }

  public ObjectNode getDomainName(OperationCall call) {
    return environment
        .records()
        .read(records -> DomainNameReply.domainNameWithTags(find(records, call)));
  }

  // AWS: that a list without an owner is that of one's own is assumed.
  public ObjectNode getDomainNames(OperationCall call) {
    Page page = Page.v1(call.input());
    return environment
        .records()
        .read(
            records ->
                OTHER_ACCOUNTS.equals(call.input().stringOrNull("resourceOwner"))
                    ? page.answer(
                        (after, limit) -> ManagementPolicies.shared(records, call, after, limit),
                        ManagementPolicies::position,
                        DomainNameReply::foreignDomainName)
                    : page.answer(
                        (after, limit) ->
                            records.list(
                                RecordTypes.DOMAIN_NAME, call.caller().scope(), after, limit),
                        DomainNameRecord::key,
                        DomainNameReply::domainName));
  }

  public ObjectNode updateDomainName(OperationCall call) {
    List<PatchOperation> changes = PatchOperation.of(call);
    return environment
        .records()
        .write(
            records -> {
              DomainNameRecord before = find(records, call);
              ObjectNode tree = DomainNamePatch.TABLE.apply(RecordCodec.tree(before), changes);
              DomainNamePatch.checkTogether(changes);
              DomainNameRecord domain = finished(tree, call);
              check(records, call, domain, before);
              domain = CertificateRules.renewed(domain, before, environment.now());
              StoredDomainNames.put(records, environment.publisher(), domain);
              return DomainNameReply.domainNameWithTags(domain);
            });
  }

  // AWS: its mappings go with it, but not access associations; source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-custom-domains-tutorial.html.
  // The text is assumed.
  public ObjectNode deleteDomainName(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              DomainNameRecord domain = find(records, call);
              if (AccessAssociations.has(records, domain)) {
                throw ServiceException.badRequest(
                    "Deleting domain name %s failed. Please remove all domain name access"
                            .formatted(domain.domainName())
                        + " associations with it.");
              }
              StoredDomainNames.delete(records, environment.publisher(), domain);
              return Reply.empty();
            });
  }
}

package io.portico.gateway.control.v2;

import static io.portico.gateway.control.patch.PatchEdits.object;
import static io.portico.gateway.control.patch.PatchEdits.set;

import io.portico.gateway.control.RecordTypes;
import io.portico.gateway.control.domains.CertificateRules;
import io.portico.gateway.control.domains.DomainNameArn;
import io.portico.gateway.control.domains.DomainNameEndpoints;
import io.portico.gateway.control.domains.DomainNameRules;
import io.portico.gateway.control.domains.MappingTargets;
import io.portico.gateway.control.domains.StoredDomainNames;
import io.portico.gateway.control.protocol.Input;
import io.portico.gateway.control.protocol.InputMaps;
import io.portico.gateway.control.protocol.Matching;
import io.portico.gateway.control.protocol.OperationCall;
import io.portico.gateway.control.protocol.Operations;
import io.portico.gateway.control.protocol.Page;
import io.portico.gateway.control.protocol.ServiceException;
import io.portico.gateway.control.rules.EndpointRules;
import io.portico.gateway.control.rules.TagRules;
import io.portico.gateway.json.Json;
import io.portico.gateway.model.DomainNameRecord;
import io.portico.gateway.store.RecordCodec;
import io.portico.gateway.store.RecordReader;
import io.portico.gateway.store.RecordWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Custom domain names, those that v1 has made among them; private ones are v1's alone. */
public final class DomainNames {
  private static final String MUTUAL_TLS = "mutualTlsAuthentication";
  private static final String CONFIGURATIONS = "domainNameConfigurations";

  private final V2Environment environment;

  DomainNames(V2Environment environment) {
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
    Map<String, String> tags = TagRules.sent(call, environment.apiQuotas());
    ObjectNode tree = Json.object();
    tree.put("domainName", input.string("domainName"));
    tree.put("accountId", call.caller().accountId());
    tree.put("region", call.caller().region());
    tree.put("certificateUploadDate", environment.now().toString());
    tree.put("domainNameStatus", "AVAILABLE");
    tree.put("securityPolicy", DomainNameRules.DEFAULT_SECURITY_POLICY);
    tree.put("routingMode", DomainNameRules.DEFAULT_ROUTING_MODE);
    object(tree, "endpointConfiguration")
        .put("ipAddressType", EndpointRules.defaultIpAddressType("REGIONAL"))
        .putArray("types")
        .add("REGIONAL");
    InputMaps.set(tree, "tags", tags);
    apply(input, tree, List.of());
    return environment.records().write(records -> create(records, call, tree));
  }

  private ObjectNode create(RecordWriter records, OperationCall call, ObjectNode tree) {
    DomainNameRecord domain = checked(records, call, tree, null);
    StoredDomainNames.add(records, environment.publisher(), domain, environment.clock().instant());
    StoredDomainNames.checkQuota(records, environment.quotas(), domain);
    return reply(domain);
  }

  /** Puts what a call sends into a domain name's tree. */
  private static void apply(Input input, ObjectNode tree, List<String> types) {
    List<Input> configurations = input.structures(CONFIGURATIONS);
    if (!configurations.isEmpty()) {
      DomainNameConfigurations.apply(configurations, tree, types);
    }
    Input mutualTls = input.structureOrNull(MUTUAL_TLS);
    if (mutualTls != null) {
      applyMutualTls(mutualTls, tree);
    }
    String mode = input.stringOrNull("routingMode");
    if (mode != null) {
      tree.put("routingMode", RoutingMode.stored(mode));
    }
  }

  // AWS: an empty truststoreUri ends mutual TLS; source: documented,
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mutual-tls.html.
  private static void applyMutualTls(Input sent, ObjectNode tree) {
    String uri = sent.stringOrNull("truststoreUri");
    if (uri != null && uri.isEmpty()) {
      tree.remove(MUTUAL_TLS);
      return;
    }
    ObjectNode mutualTls = object(tree, MUTUAL_TLS);
    for (String member : List.of("truststoreUri", "truststoreVersion")) {
      if (sent.has(member)) {
        set(mutualTls, member, sent.stringOrNull(member));
      }
    }
    if (mutualTls.isEmpty()) {
      tree.remove(MUTUAL_TLS);
    }
  }

  /** The domain name of a tree that has everything but what follows from the rest. */
  private DomainNameRecord checked(
      RecordReader records,
      OperationCall call,
      ObjectNode tree,
      @Nullable DomainNameRecord before) {
    DomainNameRecord sent = RecordCodec.record(tree, DomainNameRecord.class);
    DomainNameEndpoints.set(
        tree, sent.endpointConfiguration().types(), sent.region(), environment.ids());
    DomainNameRecord domain = RecordCodec.record(tree, DomainNameRecord.class);
    DomainNameRules.check(domain, before);
    if (before != null) {
      MappingTargets.checkMappings(records, domain, before);
    }
    new CertificateRules(records, call.caller(), environment.certificates()).check(domain, before);
    return domain;
  }

  /** The domain name that a call names, by its id as well where the call has one. */
  static DomainNameRecord find(RecordReader records, OperationCall call) {
    return StoredDomainNames.find(
        records,
        call.caller(),
        call.input().string("DomainName"),
        call.input().stringOrNull("DomainNameId"));
  }

  public ObjectNode getDomainName(OperationCall call) {
    return environment.records().read(records -> reply(find(records, call)));
  }

  // AWS: that private ones are left out is assumed: v2's endpoint types have none such.
  public ObjectNode getDomainNames(OperationCall call) {
    Page page = Page.v2(call.input());
    String scope = call.caller().scope();
    return environment
        .records()
        .read(
            records ->
                page.answer(
                    (after, limit) ->
                        Matching.list(
                            batch ->
                                records.list(
                                    RecordTypes.DOMAIN_NAME, scope, batch.after(), batch.limit()),
                            DomainNameRecord::key,
                            domain -> !domain.privateOnly(),
                            new Matching.Batch(after, limit)),
                    DomainNameRecord::key,
                    DomainNames::reply));
  }

  public ObjectNode updateDomainName(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              DomainNameRecord before = find(records, call);
              checkComplete(call.input());
              ObjectNode tree = RecordCodec.tree(before);
              apply(call.input(), tree, before.endpointConfiguration().types());
              DomainNameRecord domain =
                  CertificateRules.renewed(
                      checked(records, call, tree, before), before, environment.now());
              StoredDomainNames.put(records, environment.publisher(), domain);
              return reply(domain);
            });
  }

  // AWS: source: reported, issue 18312 of Terraform's AWS provider. That others can be changed
  // without is assumed.
  private static void checkComplete(Input input) {
    if (input.structureOrNull(MUTUAL_TLS) != null && input.structures(CONFIGURATIONS).isEmpty()) {
      throw ServiceException.badRequest("Invalid input. Expected one domain name configuration");
    }
  }

  public ObjectNode deleteDomainName(OperationCall call) {
    return environment
        .records()
        .write(
            records -> {
              StoredDomainNames.delete(records, environment.publisher(), find(records, call));
              return Json.object();
            });
  }

  // AWS: tags even where there are none; source: documented, the example of update-domain-name in
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-custom-domain-names-ip-address-type.html.
  private static ObjectNode reply(DomainNameRecord domain) {
    ObjectNode reply = Json.object();
    reply.put("domainName", domain.domainName());
    reply.put("domainNameArn", DomainNameArn.of(domain));
    // AWS: the only one; source: documented, the examples of get-domain-name of the AWS CLI.
    reply.put("apiMappingSelectionExpression", "$request.basepath");
    reply.set(CONFIGURATIONS, DomainNameConfigurations.of(domain));
    reply.put("routingMode", RoutingMode.replied(domain.routingMode()));
    if (domain.mutualTlsAuthentication() != null) {
      reply.set(MUTUAL_TLS, RecordCodec.tree(domain.mutualTlsAuthentication()));
    }
    ObjectNode tags = reply.putObject("tags");
    if (domain.tags() != null) {
      domain.tags().forEach(tags::put);
    }
    return reply;
  }
}
